// Writes a list of people as a city's departments send it: 12 columns, valid numbers, sample names. `node import-sample.ts FILE ROWS`
import { writeFileSync } from 'node:fs';
import { identityCheckCharacter } from '../src/contract/identity-number.ts';
import { writeTable } from '../src/spreadsheet/index.ts';

const surnames = '张王李赵刘陈杨黄周吴';
const givenNames = '一二三四五六七八九十';

/** The number of the n-th person: a valid one, and nobody's. */
function numberOf(n: number): string {
  const born = new Date(Date.UTC(1965, 0, 1 + (n % 14_000))).toISOString().slice(0, 10).replaceAll('-', '');
  const first = `220202${born}${String(Math.floor(n / 14_000) % 1000).padStart(3, '0')}`;
  return `${first}${identityCheckCharacter(first)}`;
}

const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';

/** Makes the list as xlsx. */
async function makeSample(rows: number): Promise<Buffer> {
  const batches = function* (): Generator<readonly number[]> {
    for (let at = 0; at < rows; at += 1000) yield Array.from({ length: Math.min(1000, rows - at) }, (_, place) => at + place);
  };
  const file = await writeTable<number>({
    format: 'xlsx',
    fileName: 'people',
    sheetName: '人员',
    rows: batches(),
    columns: [
      { heading: '姓名', type: 'text', value: (n) => `${surnames[n % 10] ?? ''}${givenNames[Math.floor(n / 10) % 10] ?? ''}${givenNames[Math.floor(n / 100) % 10] ?? ''}` },
      { heading: '证件号码', type: 'text', value: numberOf },
      { heading: '手机号', type: 'text', value: (n) => `138${String(10_000_000 + n)}` },
      { heading: '学历', type: 'text', value: (n) => pick(['本科', '专科', '硕士研究生', '高中'], n) },
      { heading: '全日制', type: 'text', value: (n) => pick(['是', '否', '是'], n) },
      { heading: '毕业院校', type: 'text', value: (n) => pick(['吉林大学', '北华大学', '东北电力大学', '吉大', '长春工业大学'], n) },
      { heading: '毕业日期', type: 'date', value: (n) => `20${String(10 + (n % 14))}-06-30` },
      { heading: '入职日期', type: 'date', value: (n) => `2024-0${1 + (n % 9)}-15` },
      { heading: '年薪', type: 'text', value: (n) => String(60_000 + (n % 200) * 1000) },
      { heading: '户籍地', type: 'text', value: (n) => pick(['220202', '220203', '吉林省吉林市船营区', '220211'], n) },
      { heading: '职称', type: 'text', value: (n) => pick(['无', '初级', '中级', '副高级'], n) },
      { heading: '岗位', type: 'text', value: (n) => pick(['工程师', '操作工', '会计'], n) },
    ],
  });
  return file.bytes;
}

const [file = '', rows = ''] = process.argv.slice(2);
writeFileSync(file, await makeSample(Number(rows)));
