// What the lists of feeds, deliveries and disagreements look like as sheets: everything that the conditions leave, batch by batch.
import type { Tx } from '../../storage/database.ts';
import { type TableColumn, type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Scope } from '../permissions/index.ts';
import { listDeliveries } from './deliveries-store.ts';
import { type Disagreement, type DisagreementQuestion, listDisagreements } from './disagreements-store.ts';
import type { Delivery, Feed } from './feed.ts';
import { type FeedQuestion, listFeeds, readDepartmentNames } from './feeds-store.ts';
import { namePartiesOf } from './name-parties.ts';

type Language = 'zh' | 'en';
type Conditions<Question> = Omit<Question, 'after' | 'limit'>;

const BATCH = 1000;

/** Heading in both languages, and how a cell is made. */
interface Column<Row> {
  readonly zh: string;
  readonly en: string;
  readonly type?: TableColumn<Row>['type'];
  readonly value: (row: Row) => string | number | null;
}

function columnsIn<Row>(columns: readonly Column<Row>[], language: Language): TableColumn<Row>[] {
  return columns.map((column) => ({ heading: column[language], type: column.type ?? 'text', value: column.value }));
}

/** The feeds that match. */
export function writeFeeds(tx: Tx, scope: Scope<'feed.read'>, conditions: Conditions<FeedQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  type Row = Feed & { readonly department: string };
  async function* rows(): AsyncGenerator<readonly Row[], void, undefined> {
    for (let after: FeedQuestion['after']; ; ) {
      const found: readonly Feed[] = await listFeeds(tx, scope, { ...conditions, after, limit: BATCH });
      const names = await readDepartmentNames(tx, scope, found.map(({ departmentId }) => departmentId));
      yield found.map((feed) => ({ ...feed, department: names.get(feed.departmentId) ?? '' }));
      const last = found.at(-1);
      if (last === undefined || found.length < BATCH) return;
      after = conditions.sort === 'newest' ? [last.feedId] : [last.lastAsOf, last.feedId];
    }
  }
  const columns: readonly Column<Row>[] = [
    { zh: '名称', en: 'Name', value: ({ name }) => name },
    { zh: '部门', en: 'Department', value: ({ department }) => department },
    { zh: '事实', en: 'Facts', value: ({ facts }) => facts.join('、') },
    { zh: '依据', en: 'Legal basis', value: ({ legalBasis }) => legalBasis },
    { zh: '几天一次', en: 'Every (days)', type: 'number', value: ({ everyDays }) => everyDays },
    { zh: '最近截至日期', en: 'Last as of', type: 'date', value: ({ lastAsOf }) => lastAsOf },
    { zh: '状态', en: 'Status', value: ({ status }) => (status === 'active' ? { zh: '在用', en: 'active' } : { zh: '停用', en: 'stopped' })[language] },
    { zh: '找谁', en: 'Office', value: ({ contact }) => contact },
  ];
  return writeTable({ format, ...naming('数据来源', 'Feeds', language), columns: columnsIn(columns, language), rows: rows() });
}

/** The deliveries of a feed that match. */
export function writeDeliveries(tx: Tx, scope: Scope<'feed.read'>, conditions: { readonly feedId: string; readonly status: 'waiting' | 'done' | undefined }, format: TableFormat, language: Language): Promise<TableFile> {
  async function* rows(): AsyncGenerator<readonly Delivery[], void, undefined> {
    for (let before: string | undefined; ; ) {
      const found: readonly Delivery[] = await listDeliveries(tx, scope, { ...conditions, before, limit: BATCH });
      yield found;
      before = found.at(-1)?.deliveryId;
      if (found.length < BATCH) return;
    }
  }
  const count = (zh: string, en: string, key: 'total' | 'accepted' | 'unchanged' | 'unknown' | 'invalid' | 'matchedLater' | 'expired' | 'disagreeing'): Column<Delivery> => ({ zh, en, type: 'number', value: (row) => row[key] });
  const columns: readonly Column<Delivery>[] = [
    { zh: '批次编号', en: 'Number', value: ({ senderNumber }) => senderNumber },
    { zh: '截至日期', en: 'As of', type: 'date', value: ({ asOf }) => asOf },
    { zh: '收到', en: 'Received', value: ({ receivedAt }) => receivedAt.toISOString() },
    { zh: '办完', en: 'Ended', value: ({ endedAt }) => endedAt?.toISOString() ?? null },
    count('行数', 'Rows', 'total'),
    count('收下', 'Accepted', 'accepted'),
    count('没有新内容', 'Unchanged', 'unchanged'),
    count('没登记的人或单位', 'Unknown', 'unknown'),
    count('不对', 'Invalid', 'invalid'),
    count('后来补上', 'Matched later', 'matchedLater'),
    count('过期清除', 'Expired', 'expired'),
    count('不一致的值', 'Disagreeing values', 'disagreeing'),
  ];
  return writeTable({ format, ...naming('报送批次', 'Deliveries', language), columns: columnsIn(columns, language), rows: rows() });
}

const statusWords = {
  open: { zh: '待处理', en: 'open' },
  asked: { zh: '已问本人', en: 'asked' },
  settled: { zh: '已定', en: 'settled' },
} as const;
const answerWords = {
  held: { zh: '原有的对', en: 'held' },
  delivered: { zh: '报送的对', en: 'delivered' },
  neither: { zh: '都不对', en: 'neither' },
  both: { zh: '都对，各管一段', en: 'both' },
} as const;

/** The disagreements that match; their values stay inside. */
export function writeDisagreements(tx: Tx, scope: Scope<'disagreement.read'>, conditions: Conditions<DisagreementQuestion>, format: TableFormat, language: Language): Promise<TableFile> {
  type Row = Disagreement & { readonly party: string; readonly heldBy: string; readonly deliveredBy: string };
  async function* rows(): AsyncGenerator<readonly Row[], void, undefined> {
    for (let after: string | undefined; ; ) {
      const found: readonly Disagreement[] = await listDisagreements(tx, scope, { ...conditions, after, limit: BATCH });
      const parties = await namePartiesOf(tx, scope, found);
      const names = await readDepartmentNames(tx, scope, found.flatMap(({ held, delivered }) => [held.departmentId ?? [], delivered.departmentId].flat()));
      yield found.map((one) => ({
        ...one,
        party: parties.get(one.partyId) ?? '',
        heldBy: one.held.departmentId === null ? one.held.origin : (names.get(one.held.departmentId) ?? ''),
        deliveredBy: names.get(one.delivered.departmentId) ?? '',
      }));
      after = found.at(-1)?.disagreementId;
      if (found.length < BATCH) return;
    }
  }
  const columns: readonly Column<Row>[] = [
    { zh: '姓名或单位', en: 'Person or organisation', value: ({ party }) => party },
    { zh: '辖区', en: 'Jurisdiction', value: ({ jurisdictionCode }) => jurisdictionCode },
    { zh: '事实', en: 'Fact', value: ({ fact }) => fact },
    { zh: '状态', en: 'Status', value: ({ status }) => statusWords[status][language] },
    { zh: '原有记录来自', en: 'Held from', value: ({ heldBy }) => heldBy },
    { zh: '原有记录截至', en: 'Held as of', type: 'date', value: ({ held }) => held.asOf },
    { zh: '报送部门', en: 'Delivered by', value: ({ deliveredBy }) => deliveredBy },
    { zh: '报送截至', en: 'Delivered as of', type: 'date', value: ({ delivered }) => delivered.asOf },
    { zh: '报过几次', en: 'Times', type: 'number', value: ({ times }) => times },
    { zh: '本人答复', en: 'Answer', value: ({ answer }) => (answer === null ? null : answerWords[answer][language]) },
    { zh: '结果', en: 'Settled as', value: ({ settledAs }) => (settledAs === null ? null : answerWords[settledAs][language]) },
    { zh: '出现', en: 'Since', value: ({ createdAt }) => createdAt.toISOString() },
  ];
  return writeTable({ format, ...naming('不一致的记录', 'Disagreements', language), columns: columnsIn(columns, language), rows: rows() });
}

function naming(zh: string, en: string, language: Language): { readonly fileName: string; readonly sheetName: string } {
  const name = language === 'zh' ? zh : en;
  return { fileName: name, sheetName: name };
}
