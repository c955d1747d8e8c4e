// The help pages, in both languages.

import type { Language } from '../policy/problems.ts';

const zh: Readonly<Record<string, string>> = {
  '': `梧桐：从政策条款到最后一分钱。

用法：wutong <命令> [选项]

命令
  evaluate  一份名单里每个人（单位、项目、团队）能享受什么、有多少、还缺什么
  explain   为什么：每个条件的结果、用到的事实、依据的条款
  check     检查政策包：名称、类型、缺口和重叠、用例
  format    把政策包改成规范的写法
  where     一项待遇写在哪个文件哪一行，由什么计算

选项
  --lang zh|en   说中文或英文
  --help         看用法；wutong <命令> --help 看一个命令的用法
  --version      版本

先试一试
  wutong evaluate --city jilin-city --date 2026-06-30 --format table examples/people.ndjson
`,
  evaluate: `wutong evaluate：一份名单里每个人（单位、项目、团队）能享受什么。

用法：wutong evaluate --city 城市 [选项] 文件
  文件写 - 就从标准输入读。一行一个，答复也一行一个，次序不变。

选项
  --city 城市            必写，例如 jilin-city
  --policy 政策          只看这个政策，可以写几次；不写就看这一天施行的全部政策
  --date 2026-06-30      按哪一天看；不写就是今天（北京时间）
  --set 名称=值          设政策里的参数，例如 同级留成比例=40%
  --reading 名称=取法    选一种解读，例如 五年算到哪天=申请日
  --input 格式           ndjson、json 或 csv；不写就看文件的扩展名
  --encoding 编码        utf-8 或 gb18030（GBK 也用它）
  --format 格式          ndjson、json、csv（Excel 能开）、table 或 words
  --lang zh|en           说中文或英文

退出码：0 每一行都算了；2 用法不对，或有的行不对（标准错误写明第几行、哪个事实、应当怎样）。

例子
  wutong evaluate --city jilin-city --date 2026-06-30 examples/people.ndjson
  wutong evaluate --city jilin-city --date 2026-06-30 --format csv examples/people.csv
  wutong evaluate --city jilin-city --date 2026-06-30 --set 同级留成比例=40% --format table examples/people.ndjson
`,
  explain: `wutong explain：为什么是这个答复。

用法：wutong explain --city 城市 [选项] 文件
  选项和 evaluate 一样，只有 --format 是 text（文字）、json 或 ndjson。

例子
  wutong explain --city jilin-city --date 2026-06-30 examples/people.ndjson
  wutong explain --city jilin-city --date 2026-06-30 --format ndjson examples/people.ndjson
`,
  check: `wutong check：检查政策包，一处一行写明文件、行、列和要改什么。

用法：wutong check [--city 城市] [--root 文件夹] [--format text|json]
  不写 --root，就从当前文件夹往上找有 cities 的文件夹。

退出码：0 没有问题；1 有要改的。

例子
  wutong check
  wutong check --city jilin-city
`,
  format: `wutong format：把政策包改成规范的写法，注释不动。

用法：wutong format [--check] [--root 文件夹] [文件…]
  不写文件就是全部政策包。--check 只列出要改的文件，不改。

退出码：0 好了；1 有文件读不懂，或者 --check 找到了要改的。

例子
  wutong format --check
`,
  where: `wutong where：一项待遇写在哪里。

用法：wutong where 名称 [--city 城市] [--root 文件夹]
  名称可以是编号、中文名，或其中一部分。

例子
  wutong where living-subsidy
  wutong where 生活补贴
`,
};

const en: Readonly<Record<string, string>> = {
  '': `Wutong: from the written clause of a talent policy to the last yuan.

Usage: wutong <command> [options]

Commands
  evaluate  what each person (organisation, project, team) of a list is entitled to, how much, what is missing
  explain   why: each condition with its outcome, the facts used, the clause
  check     checks packs: names, types, gaps and overlaps, cases
  format    writes packs in their canonical form
  where     in which file and line a benefit is written, and what computes it

Options
  --lang zh|en   speak Chinese or English
  --help         usage; wutong <command> --help for one command
  --version      the version

Try
  wutong evaluate --city jilin-city --date 2026-06-30 --format table --lang en examples/people.ndjson
`,
  evaluate: `wutong evaluate: what each person (organisation, project, team) of a list is entitled to.

Usage: wutong evaluate --city CITY [options] FILE
  FILE may be - for standard input. One subject a line in, one answer a line out, in order.

Options
  --city CITY               required, such as jilin-city
  --policy POLICY           this policy only, may be repeated; without it all that are in force on the date
  --date 2026-06-30         the date asked about; today (Beijing time) without it
  --set NAME=VALUE          sets a parameter of the pack, such as 同级留成比例=40%
  --reading NAME=ALTERNATIVE  chooses a reading, such as 五年算到哪天=申请日
  --input FORMAT            ndjson, json or csv; by the file's extension without it
  --encoding ENCODING       utf-8 or gb18030 (GBK too)
  --format FORMAT           ndjson, json, csv (opens in Excel), table or words
  --lang zh|en              speak Chinese or English

Exit status: 0 every line was evaluated; 2 wrong usage, or a line is not valid (standard error names the line, the fact and
what was expected).

Examples
  wutong evaluate --city jilin-city --date 2026-06-30 examples/people.ndjson
  wutong evaluate --city jilin-city --date 2026-06-30 --format csv --lang en examples/people.csv
`,
  explain: `wutong explain: why an answer is what it is.

Usage: wutong explain --city CITY [options] FILE
  Options as for evaluate, but --format is text, json or ndjson.

Examples
  wutong explain --city jilin-city --date 2026-06-30 --lang en examples/people.ndjson
`,
  check: `wutong check: checks packs; each finding is a line with file, line, column and what to mend.

Usage: wutong check [--city CITY] [--root FOLDER] [--format text|json]
  Without --root: the nearest folder from here upwards that has cities/.

Exit status: 0 nothing to mend; 1 findings.

Examples
  wutong check --lang en
`,
  format: `wutong format: writes packs in their canonical form; comments stay.

Usage: wutong format [--check] [--root FOLDER] [FILES…]
  Without files: all packs. --check only lists the files that would change.

Exit status: 0 done; 1 a file cannot be read, or --check found one that would change.

Examples
  wutong format --check --lang en
`,
  where: `wutong where: where a benefit is written.

Usage: wutong where NAME [--city CITY] [--root FOLDER]
  NAME is an id, a title, or a part of one.

Examples
  wutong where living-subsidy --lang en
`,
};

/** The help of a command, or of the whole program. */
export function helpOf(command: string | undefined, language: Language): string {
  return { zh, en }[language][command ?? ''] ?? '';
}
