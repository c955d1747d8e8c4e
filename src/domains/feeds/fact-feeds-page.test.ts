// The pages for departments' IT officers are true: every example is delivered to a real server as it stands, every reason is listed with its words.
import { afterEach, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi } from '../../../test/support/api.ts';
import { blocksOf, readPage, tableBelow } from '../../../test/docs/pages.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { createPeople } from '../registry/index.ts';
import { rowFaults, type RowFaultCode, tellRowFault } from './feed.ts';

let api: TestApi | undefined;
afterEach(() => api?.stop());

const pages = { zh: 'docs/fact-feeds.md', en: 'docs/fact-feeds.en.md' } as const;
const types: Readonly<Record<string, string>> = { csv: 'text/csv', ndjson: 'application/x-ndjson', json: 'application/json' };

async function startSampleCity(): Promise<{ readonly api: TestApi; readonly feedId: string }> {
  const started = await startApi();
  api = started;
  started.setNow(new Date('2026-11-21T12:00:00+08:00'));
  const created = await started.administrator('system-admin').post('/feeds', {
    departmentId: started.departments['city-hrss'], name: '样例市教育局学历', purpose: 'eligibility', legalBasis: '样例市数据共享办法第三条',
    subjectKind: 'person', facts: ['学历', '全日制', '毕业日期'], asOfRule: 'delivery',
  });
  expect(created.status).toBe(201);
  const people = [['张三一', '220202199001011015'], ['张三二', '220202199001011058'], ['张三三', '220202199001011090']] as const;
  await inTenant(started.parts.db, started.tenantId, (tx) =>
    createPeople(tx, jobScope(started.tenantId, 'test', 'person.write'), started.parts.registry, people.map(([name, number]) => ({ name, jurisdictionCode: '220202', document: { kind: 'number', number } })), new Date('2026-01-01T00:00:00Z')),
  );
  return { api: started, feedId: created.body.id };
}

test.each(['zh', 'en'] as const)('%s: every example is taken as the page says, and sent twice it is the same delivery', async (language) => {
  const { api: started, feedId } = await startSampleCity();
  const system = started.as({ kind: 'feed', departmentId: started.departments['city-hrss'], keyId: newId() });
  const blocks = blocksOf(readPage(pages[language]));
  const examples = blocks.flatMap(({ mark, text }) => {
    const match = /^(csv|ndjson|json) POST (\S+)$/.exec(mark);
    return match === null ? [] : [{ kind: match[1] ?? '', path: (match[2] ?? '').replace('{feedId}', feedId), text }];
  });
  expect(examples.map(({ kind }) => kind)).toEqual(['csv', 'ndjson', 'json']);
  const send = ({ kind, path, text }: (typeof examples)[number]): Promise<Answered> => system.call('POST', path, { bytes: Buffer.from(text), headers: { 'content-type': types[kind] ?? '' } });
  const locations: string[] = [];
  for (const example of examples) {
    const [first, again] = [await send(example), await send(example)];
    expect([first.status, again.status, again.body.id]).toEqual([202, 200, first.body.id]);
    expect(first.headers.get('location')).toBe(`/api/v1/feeds/${feedId}/deliveries/${first.body.id}`);
    locations.push(`/feeds/${feedId}/deliveries/${first.body.id}`);
  }
  const rounds = started.parts.feeds.start(async () => [started.tenantId]);
  let deliveries = [];
  do deliveries = await Promise.all(locations.map(async (path) => (await system.get(path)).body));
  while (deliveries.some(({ status }) => status !== 'done'));
  await rounds.stop();

  const promised = blocks.find(({ mark }) => mark.startsWith('json GET'))?.text ?? '';
  expect(deliveries[0]).toMatchObject(JSON.parse(promised));
  expect(deliveries[1]).toMatchObject({ total: 2, accepted: 2, format: 'ndjson' });
  expect(deliveries[2]).toMatchObject({ total: 1, unknown: 1, format: 'json' });
  const { items } = (await system.get(`${locations[0]}/rows`)).body;
  expect(items).toMatchObject([{ number: 4, status: 'invalid', faults: [{ code: 'fact-invalid', field: '学历' }] }, { number: 5, status: 'unknown', keptUntil: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) }]);
});

test.each([['zh', '证件号码'], ['en', '证件号码']] as const)('%s: every reason is listed with the words that the server says', (language, field) => {
  const rows = tableBelow(readPage(pages[language]), `row faults: ${language}`);
  const codes = Object.keys(rowFaults) as RowFaultCode[];
  expect(rows).toEqual(codes.map((code) => [`\`${code}\``, tellRowFault({ code, field, values: { until: '2027-02-19' } }, language)]));
});
