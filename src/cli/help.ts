// The help pages, in both languages.

import type { Language } from '../policy/problems.ts';

const zh: Readonly<Record<string, string>> = {
  '': `梧桐：从政策条款到最后一分钱。

用法：wutong <命令> [选项]

命令
  evaluate  一份名单里每个人（单位、项目、团队）能享受什么、有多少、还缺什么
  explain   为什么：每个条件的结果、用到的事实、依据的条款
  next      接下来最该问哪一个问题
  check     检查政策包：名称、类型、缺口和重叠、用例
  format    把政策包改成规范的写法
  where     一项待遇、目标、职责或流程写在哪个文件哪一行，由什么计算
  coverage  文件的每一条成了什么，有没有漏掉的

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
  --city 城市            必写，例如 jilin-city；上级的政策也一起看，自己的排在前面
  --policy 政策          只看这个政策（上级的也行），可以写几次；不写就看这一天施行的全部政策
  --date 2026-06-30      按哪一天看；不写就是今天（北京时间）
  --under 2022-06-30     按那一天施行的规则看，事实还是按 --date 看：以前申请的、以前决定的，照以前的规则
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
  next: `wutong next：接下来最该问哪一个问题；再问什么也不会变了，就是 null。

用法：wutong next --city 城市 [选项] 文件
  一行一个答复：{"id": …, "next": {"fact": 事实, "question": 怎么问, "why": 为什么问, "serves": [等它的待遇], "atMostLeft": 最多还有几个}}。

选项
  --skip 事实            不问这个事实，可以写几次，例如 --skip 用人单位.规上
  --city --policy --date --under --set --reading --input --encoding --lang 和 evaluate 一样

退出码：0 每一行都答了；2 用法不对，或有的行不对。

例子
  wutong next --city jilin-city --date 2026-06-30 examples/people.ndjson
  wutong next --city jilin-city --date 2026-06-30 --skip 学历 --skip 用人单位.单位类型 examples/people.ndjson
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
  where: `wutong where：一项待遇、目标、职责、流程或说明写在哪里。

用法：wutong where 名称 [--city 城市] [--root 文件夹]
  名称可以是编号、中文名，或其中一部分。

例子
  wutong where living-subsidy
  wutong where 生活补贴
`,
  coverage: `wutong coverage：文件的每一条成了什么，按文件的次序。

用法：wutong coverage [--city 城市] [--policy 政策] [--root 文件夹] [--format table|words|json]
  words 一件一行，连编号和种类；json 给程序读。下面还有分条的标题，不用另写。

退出码：0 每一条都有着落；1 有漏掉的，列在最后，或者有文件读不懂。

例子
  wutong coverage --city jilin-city
  wutong coverage --city jilin-city --policy jilin-city-2021 --format words
`,
};

const en: Readonly<Record<string, string>> = {
  '': `Wutong: from the written clause of a talent policy to the last yuan.

Usage: wutong <command> [options]

Commands
  evaluate  what each person (organisation, project, team) of a list is entitled to, how much, what is missing
  explain   why: each condition with its outcome, the facts used, the clause
  next      the question that is most worth asking next
  check     checks packs: names, types, gaps and overlaps, cases
  format    writes packs in their canonical form
  where     in which file and line a benefit, a goal, a duty or a procedure is written, and what computes it
  coverage  what became of every clause of the document, and whether one was left out

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
  --city CITY               required, such as jilin-city; the policies of the levels above it answer too, its own first
  --policy POLICY           this policy only (of a level above too), may be repeated; without it all that are in force on the date
  --date 2026-06-30         the date asked about; today (Beijing time) without it
  --under 2022-06-30        by the rules in force on that day, while facts are judged at --date: for an earlier application or decision
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
  next: `wutong next: the question that is most worth asking next; null where no answer could change anything any more.

Usage: wutong next --city CITY [options] FILE
  An answer a line: {"id": …, "next": {"fact": its name, "question": as it is asked, "why": what it decides, "serves": [benefits
  that wait for it], "atMostLeft": how many there can still be}}.

Options
  --skip FACT               does not ask for this fact, may be repeated, such as --skip 用人单位.规上
  --city --policy --date --under --set --reading --input --encoding --lang as for evaluate

Exit status: 0 every line was answered; 2 wrong usage, or a line is not valid.

Examples
  wutong next --city jilin-city --date 2026-06-30 --lang en examples/people.ndjson
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
  where: `wutong where: where a benefit, a goal, a duty, a procedure or a narrative is written.

Usage: wutong where NAME [--city CITY] [--root FOLDER]
  NAME is an id, a title, or a part of one.

Examples
  wutong where living-subsidy --lang en
`,
  coverage: `wutong coverage: what became of every clause of a document, in its order.

Usage: wutong coverage [--city CITY] [--policy POLICY] [--root FOLDER] [--format table|words|json]
  words has one line for each thing, with its id and kind; json is for programs. A heading of clauses needs nothing of its own.

Exit status: 0 every clause became something; 1 some did not (listed at the end), or a file cannot be read.

Examples
  wutong coverage --city jilin-city --lang en
`,
};

/** The help of a command, or of the whole program. */
export function helpOf(command: string | undefined, language: Language): string {
  return { zh, en }[language][command ?? ''] ?? '';
}
