#!/usr/bin/env node
// The first look at the program (`npm start`): what eight sample people are entitled to, in words and as a table.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/cli/wutong.js', import.meta.url);
const people = fileURLToPath(new URL('../examples/people.ndjson', import.meta.url));
const language = process.argv.includes('--lang=en') || (process.argv.includes('--lang') && process.argv.includes('en')) ? 'en' : 'zh';
const texts = {
  zh: {
    opening: '梧桐：八个样例，按吉林市 2021 年人才意见，看 2026年6月30日 能享受什么。\n\n',
    table: '合成一张表：\n\n',
    next: `
接着试：
  npx wutong explain --city jilin-city --date 2026-06-30 examples/people.ndjson        每个条件为什么成立或不成立
  npx wutong evaluate --city jilin-city --date 2026-06-30 --format csv examples/people.csv > 答复.csv    用 Excel 打开
  npx wutong where living-subsidy                                                     一项待遇写在哪里
  npx wutong --help                                                                   全部命令
`,
  },
  en: {
    opening: 'Wutong: what eight sample people are entitled to on 30 June 2026 under the talent opinion of Jilin City of 2021.\n\n',
    table: 'As one table:\n\n',
    next: `
Try next:
  npx wutong explain --city jilin-city --date 2026-06-30 --lang en examples/people.ndjson        why each condition holds or not
  npx wutong evaluate --city jilin-city --date 2026-06-30 --format csv --lang en examples/people.csv > answers.csv    opens in Excel
  npx wutong where living-subsidy --lang en                                                      where a benefit is written
  npx wutong --help --lang en                                                                    all commands
`,
  },
}[language];

if (existsSync(program)) {
  const { main } = await import(program.href);
  const show = (format) => main(['evaluate', '--city', 'jilin-city', '--date', '2026-06-30', '--format', format, '--lang', language, people]);
  process.stdout.write(texts.opening);
  const told = await show('words');
  if (told === 0) process.stdout.write(texts.table);
  process.exitCode = told === 0 ? await show('table') : told;
  if (process.exitCode === 0) process.stdout.write(texts.next);
} else {
  console.error('还没有构建，请先运行 npm run build\nNot built yet; run npm run build first');
  process.exitCode = 1;
}
