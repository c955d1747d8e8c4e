// `npm start` as users and their browsers meet it: what it says, what it serves, with which headers, and how it ends.
import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type FailedStart, type Site, startSite, tryToStart } from '../support/site.ts';

const web = join(import.meta.dirname, '../../dist/web');
const policy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';" +
  "manifest-src 'self';worker-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'";

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(async () => {
  await site.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Asks as the path is written; `fetch` would tidy it first and undo compression. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(site.url);
    request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', fail)
      .end();
  });
}

const script = `/assets/${readdirSync(join(web, 'assets')).find((name) => /^main-.*\.js$/.test(name))}`;

describe('what it serves', () => {
  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/en/', 'text/html; charset=utf-8', 'no-cache'],
    ['/ui/', 'text/html; charset=utf-8', 'no-cache'],
    ['/service-worker.js', 'application/javascript; charset=utf-8', 'no-cache'],
    ['/manifest.webmanifest', 'application/manifest+json', 'no-cache'],
    ['/icon.svg', 'image/svg+xml', 'no-cache'],
    [script, 'application/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ])('%s: type, caching and security', async (path, type, caching) => {
    const { status, headers } = await ask(path);
    expect({ status, type: headers['content-type'], caching: headers['cache-control'] }).toEqual({ status: 200, type, caching });
    expect(headers).toMatchObject({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test('HTTPS for good is asked for only behind TLS', async () => {
    expect((await ask('/', { 'x-forwarded-proto': 'https' })).headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('compressed as the browser can read it, and the same in the end', async () => {
    const plain = readFileSync(join(web, script));
    const [identity, br, gz] = await Promise.all([ask(script), ask(script, { 'accept-encoding': 'gzip, deflate, br' }), ask(script, { 'accept-encoding': 'gzip' })]);
    expect([identity, br, gz].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
    expect([identity, br, gz].map(({ headers }) => headers['vary'])).toEqual(Array(3).fill('accept-encoding'));
    expect(identity.body.equals(plain)).toBe(true);
    expect(brotliDecompressSync(br.body).equals(plain)).toBe(true);
    expect(gunzipSync(gz.body).equals(plain)).toBe(true);
    expect(br.body.length).toBeLessThan(gz.body.length);
  });

  test('who has the page already is not sent it again', async () => {
    const { headers } = await ask('/');
    const again = await ask('/', { 'if-none-match': String(headers['etag']) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  test('HEAD tells the same as GET, without the body', async () => {
    const [head, whole] = await Promise.all([ask('/', {}, 'HEAD'), ask('/')]);
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(whole.body.length)]);
  });

  test('the name that the server is called by makes no difference', async () => {
    const [one, other] = await Promise.all([ask('/'), ask('/', { host: 'elsewhere.example' })]);
    expect([other.status, other.body.equals(one.body)]).toEqual([200, true]);
  });

  test('a folder without its slash leads to the folder', async () => {
    const { status, headers } = await ask('/ui');
    expect([status, headers['location']]).toEqual([301, '/ui/']);
  });

  test.each([
    ['/en', '/en/'],
    ['/ui?theme=dark', '/ui/?theme=dark'],
  ])('%s leads to the folder that is a page, and the question comes along', async (path, target) => {
    const { status, headers } = await ask(path);
    expect([status, headers['location']]).toEqual([301, target]);
  });

  test.each([
    ['/b', '/menu'], ['/b/', '/menu'], ['/c', '/menu'], ['/en/b', '/en/menu'], ['/b?q=x', '/menu?q=x'], ['/menu/', '/menu'], ['/b/jilin-city/?q=x', '/b/jilin-city?q=x'],
  ])('%s leads to %s, where the page is', async (path, target) => {
    const { status, headers } = await ask(path);
    expect([status, headers['location'], headers['content-security-policy'], headers['permissions-policy'] === undefined]).toEqual([301, target, policy, false]);
    expect((await ask(target)).status).toBe(200);
  });

  test.each(['/b//elsewhere.example/', '/menu//', '/en//elsewhere.example/', '/b/..//elsewhere.example/'])('%s leads to no other server', async (path) => {
    const target = (await ask(path)).headers['location'] ?? '/';
    expect(new URL(target, 'http://here.example').host).toBe('here.example');
  });

  test('two addresses with a slash more never lead to another server', async () => {
    expect((await ask('//elsewhere.example/ui')).headers['location'] ?? '').not.toMatch(/^\/\//);
  });

  test.each(['/nothing-here', '/assets', '/assets/', '/en/assets', '/%ff?q=1', '/assets/nothing.js', '/index.html.br', '/.git/config', '/%ff', '/en/nothing'])(
    '%s: a real page says that there is none, in both languages',
    async (path) => {
      const { status, headers, body } = await ask(path);
      expect([status, headers['content-type'], headers['cache-control'], headers['content-security-policy']]).toEqual([404, 'text/html; charset=utf-8', 'no-cache', policy]);
      expect(body.toString()).toMatch(/没有这一页[\s\S]*No such page/);
    },
  );

  test.each(['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/assets/../../server/start.js', '/..%5cpackage.json', '/assets/%00'])(
    '%s: no way out of the folder',
    async (path) => {
      const { status, body } = await ask(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body.toString()).not.toContain('"wutong"');
      expect(body.toString()).not.toContain('import');
    },
  );

  test.each(['POST', 'PUT', 'DELETE'])('%s: nothing is taken', async (method) => {
    const { status, headers } = await ask('/', {}, method);
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  test.each([
    ['GET', '/api/v1/nothing-here', 404],
    ['GET', '/api/v1/people/nothing/here', 404],
    ['POST', '/api/v1/nothing-here', 404],
    ['GET', `/api/v1/people/${'x'.repeat(2000)}`, 401],
    ['PUT', `/api/v1/feeds/${'x'.repeat(2000)}`, 401],
  ])('%s %s: the interface refuses in its own words, and as strictly as a page', async (method, path, status) => {
    const answer = await ask(path, {}, method);
    expect([answer.status, answer.headers['content-type'], answer.headers['cache-control'], answer.headers['content-security-policy']]).toEqual([status, 'application/json; charset=utf-8', 'no-store', policy]);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ error: { code: status === 404 ? 'not-found' : 'sign-in-required' } });
    expect(answer.body.toString()).not.toContain('xxx');
  });

  test('pages hold no inline code or style, and name only files that there are', async () => {
    for (const path of ['/', '/en/', '/ui/', '/nothing-here']) {
      const html = (await ask(path)).body.toString();
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
      const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].flatMap((match) => match[1] ?? []);
      expect(named.length).toBeGreaterThan(3);
      for (const address of named.filter((text) => !text.startsWith('#'))) expect([address, (await ask(address)).status]).toEqual([address, 200]);
    }
  });
});

describe('the menu under a question', () => {
  const question = `/menu?q=${encodeURIComponent('购房补贴')}`;

  test.each([
    ['half a character', '/menu?q=%E7'],
    ['a percent sign alone', '/menu?%'],
    ['signs that nobody sees', '/menu?q=%00%01%ff'],
    ['a character cut by the limit of length', `/menu?q=${'a'.repeat(99)}${encodeURIComponent('👍')}`],
    ['a table of the same', '/menu.csv?q=%E7%00'],
    ['in English', '/en/menu?q=%E7'],
  ])('%s: an answer, not an error', async (_, path) => {
    const { status, headers, body } = await ask(path);
    expect([status, headers['content-security-policy']]).toEqual([200, policy]);
    expect(body.toString().replace(/[\r\n]/g, '')).not.toMatch(/[\p{Cc}\uFFFD]/u);
  });

  test('what can be read of a question is searched for', async () => {
    const [whole, broken] = await Promise.all([ask(question), ask(`${question}%E7`)]);
    const linked = ({ body }: Answer): string[] => [...body.toString().matchAll(/<h3><a href="([^"]+)"/g)].map(([, href = '']) => href);
    expect(linked(whole).length).toBeGreaterThan(1);
    expect(linked(broken)).toEqual(linked(whole));
  });

  test.each([question, question.replace('/menu', '/menu.csv')])('%s is compressed as the browser can read it', async (path) => {
    const [identity, br, gz, refused] = await Promise.all([{}, { 'accept-encoding': 'gzip, deflate, br' }, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'br;q=0' }].map((headers) => ask(path, headers)));
    if (identity === undefined || br === undefined || gz === undefined || refused === undefined) throw new Error('four answers');
    expect([identity, br, gz, refused].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip', undefined]);
    expect([identity, br, gz].map(({ headers }) => headers['vary'])).toEqual(Array(3).fill('accept-encoding'));
    expect(brotliDecompressSync(br.body).equals(identity.body)).toBe(true);
    expect(gunzipSync(gz.body).equals(identity.body)).toBe(true);
    expect(br.body.length).toBeLessThan(identity.body.length / 2);
  });
});

describe('what is no request', () => {
  /** Sends bytes as they are, and gives all that comes back. */
  const say = (bytes: string): Promise<string> =>
    new Promise((done, fail) => {
      const { hostname, port } = new URL(site.url);
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('end', () => done(Buffer.concat(chunks).toString()));
      // A server that refuses before it has read everything may break off behind its answer.
      socket.on('error', (error) => (chunks.length > 0 ? done(Buffer.concat(chunks).toString()) : fail(error)));
    });

  test.each([
    ['a header that is too long', `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'a'.repeat(20_000)}\r\n\r\n`, 'HTTP/1.1 431 Request Header Fields Too Large', 'headers are too long'],
    ['no HTTP at all', 'hello\r\n\r\n', 'HTTP/1.1 400 Bad Request', 'cannot be read'],
  ])('%s: a text in both languages that may do nothing', async (_, bytes, status, words) => {
    const [head = '', body = ''] = (await say(bytes)).split('\r\n\r\n');
    expect(head.split('\r\n')[0]).toBe(status);
    expect(head).toContain("content-security-policy: default-src 'none'");
    expect(head).toContain('content-type: text/plain; charset=utf-8');
    expect(head).toContain('x-content-type-options: nosniff');
    expect(body).toMatch(/[。]\n/);
    expect(body).toContain(words);
  });
});

describe('how it starts', () => {
  test('says in both languages where it is and how to stop it', () => {
    const place = String.raw`\S+wutong-site-\S+data`;
    expect(site.greeting).toMatch(
      new RegExp(`^
梧桐：${site.url}
只有这台机器能打开；要让别的机器也能打开：HOST=0\\.0\\.0\\.0 npm start
数据：${place}（PostgreSQL [0-9.]+，新建）
停止：Ctrl\\+C

Wutong is at ${site.url}
Only this machine can open it; to let others in: HOST=0\\.0\\.0\\.0 npm start
Data: ${place} \\(PostgreSQL [0-9.]+, new\\)
To stop: Ctrl\\+C

$`),
    );
  });

  test('HOST=0.0.0.0 opens it to the network and says so', async () => {
    const open = await startSite({ HOST: '0.0.0.0' });
    onTestFinished(async () => void (await open.stop()));
    expect(open.url).toMatch(/^http:\/\/localhost:\d+$/);
    expect(open.greeting).toContain('Other machines of the network can open it too');
    const status = await new Promise((done) => get(open.url.replace('localhost', '127.0.0.1'), (response) => done(response.resume().statusCode)));
    expect(status).toBe(200);
  });

  test('a port that is taken: which, and how to choose another', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, 'localhost', done));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    expect(await tryToStart({ PORT: String(port) })).toEqual({
      code: 1,
      stdout: '',
      stderr: `端口 ${port} 已被别的程序占用。换一个：PORT=8081 npm start\nPort ${port} is taken by another program. Choose another: PORT=8081 npm start\n`,
    });
  });

  test.each(['80a', '-1', '65536', '8080.5', '0x50', '1e3'])('PORT=%s: what it should be', async (port) => {
    const { code, stdout, stderr } = (await tryToStart({ PORT: port })) as FailedStart;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `PORT 应当是 0 到 65535 的整数，这里是“${port}”。比如：PORT=8081 npm start\n` +
        `PORT should be a whole number from 0 to 65535; found "${port}". For example: PORT=8081 npm start\n`,
    );
  });

  test('a HOST that is not this machine: what to write instead', async () => {
    const { code, stderr } = (await tryToStart({ HOST: '192.0.2.1' })) as FailedStart;
    expect(code).toBe(1);
    expect(stderr).toContain('这台机器没有地址“192.0.2.1”');
    expect(stderr).toContain('This machine has no address "192.0.2.1"');
  });
});

describe('how it ends', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: quietly, even while a browser keeps its connection open', async (signal) => {
    const own = await startSite();
    await fetch(`${own.url}/`).then((response) => response.text());
    expect(await own.stop(signal)).toBe(0);
    await expect(fetch(`${own.url}/`)).rejects.toThrow('fetch failed');
  });
});
