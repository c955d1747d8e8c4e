// The HTTP adapter against a real server on this machine: answers of every kind, silence, a broken line, a redirect.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { chooseSms, SmsSettingsError } from './choose-sms.ts';
import { makeHttpSms } from './http-sms.ts';

const sms = { id: '0190aaaa-0000-7000-8000-0000000000aa', phone: '13800000001', text: '【样例市人才服务】验证码 012345，用来登录。' };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Gateway {
  readonly url: string;
  readonly requests: { readonly headers: IncomingMessage['headers']; readonly method: string | undefined; readonly body: string }[];
}

async function startGateway(answer: (response: ServerResponse, seen: number) => void): Promise<Gateway> {
  const requests: Gateway['requests'] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      requests.push({ headers: request.headers, method: request.method, body: Buffer.concat(parts).toString('utf8') });
      answer(response, requests.length);
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, requests };
}

const answering = (status: number, headers: Record<string, string> = {}) => (response: ServerResponse) => response.writeHead(status, headers).end('{"detail":"gateway words"}');

test('a message is posted as JSON with the token and its id as Idempotency-Key', async () => {
  const { url, requests } = await startGateway(answering(202));
  expect(await makeHttpSms({ url, token: 'secret-token' }).send(sms)).toEqual({ kind: 'accepted' });
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer secret-token', 'idempotency-key': sms.id, 'content-type': 'application/json; charset=utf-8' } });
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ id: sms.id, to: sms.phone, text: sms.text });
});

test.each([
  [200, { kind: 'accepted' }],
  [204, { kind: 'accepted' }],
  // The gateway has this id already: an attempt before this one got through.
  [409, { kind: 'accepted' }],
  [400, { kind: 'refused', fault: 'http-400' }],
  [401, { kind: 'refused', fault: 'http-401' }],
  [408, { kind: 'failed', fault: 'http-408' }],
  [429, { kind: 'failed', fault: 'http-429' }],
  [500, { kind: 'failed', fault: 'http-500' }],
  [503, { kind: 'failed', fault: 'http-503' }],
])('status %i', async (status, outcome) => {
  const { url } = await startGateway(answering(status));
  expect(await makeHttpSms({ url, token: 't' }).send(sms)).toEqual(outcome);
});

test('Retry-After is passed on', async () => {
  const { url } = await startGateway(answering(503, { 'retry-after': '120' }));
  expect(await makeHttpSms({ url, token: 't' }).send(sms)).toEqual({ kind: 'failed', fault: 'http-503', retryAfterMs: 120_000 });
});

test('a gateway that does not answer, one that hangs up and one that is not there: to be tried again', async () => {
  const silent = await startGateway(() => {});
  expect(await makeHttpSms({ url: silent.url, token: 't', timeoutMs: 150 }).send(sms)).toEqual({ kind: 'failed', fault: 'timeout' });
  const rude = await startGateway((response) => response.socket?.destroy());
  expect(await makeHttpSms({ url: rude.url, token: 't' }).send(sms)).toEqual({ kind: 'failed', fault: 'unreachable' });
  const gone = await startGateway(answering(200));
  await new Promise((done) => servers.pop()?.close(done));
  expect(await makeHttpSms({ url: gone.url, token: 't' }).send(sms)).toEqual({ kind: 'failed', fault: 'unreachable' });
});

test('phone and token never follow a redirect', async () => {
  const other = await startGateway(answering(200));
  const { url } = await startGateway(answering(307, { location: other.url }));
  expect(await makeHttpSms({ url, token: 't' }).send(sms)).toMatchObject({ kind: 'refused' });
  expect(other.requests).toEqual([]);
});

test('settings: a gateway needs https and a token; without one messages go to a file', () => {
  expect(chooseSms({}, 'somewhere')).toMatchObject({ kind: 'file', where: expect.stringMatching(/somewhere.messages.outbox\.ndjson$/), signature: undefined });
  expect(chooseSms({ SMS_URL: 'https://sms.example.org/v1', SMS_TOKEN: 'x', SMS_SIGNATURE: '' }, 'somewhere')).toMatchObject({ kind: 'http', where: 'sms.example.org', signature: '' });
  expect(chooseSms({ SMS_URL: 'http://127.0.0.1:9/', SMS_TOKEN: 'x' }, 'somewhere').kind).toBe('http');
  for (const wrong of [{ SMS_URL: 'sms.example.org' }, { SMS_URL: 'http://sms.example.org/', SMS_TOKEN: 'x' }, { SMS_URL: 'https://sms.example.org/' }, { SMS_URL: 'https://a.example/', SMS_TOKEN: 'x', SMS_TIMEOUT_MS: 'soon' }]) {
    expect(() => chooseSms(wrong, 'somewhere')).toThrow(SmsSettingsError);
  }
});
