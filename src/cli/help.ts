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
  where     一项待遇、目标、职责、流程、条款或一份文件写在哪个文件哪一行，由什么计算
  coverage  文件的每一条成了什么，有没有漏掉的
  readings  文件里要解读的地方，现在怎么取；换一种取法，名单里谁会变、钱会变多少
  goals     目标、职责和任务：谁负责、到什么时候、多少

运维（在数据库上做的事）
  account   最初的三位管理员：wutong account create-admins
  audit     核对审计记录有没有被改过：wutong audit verify
  backup    备份数据库和材料，服务器开着也能做
  restore   把备份恢复到一个空的地方
  keys      密钥：看、更换、停用、另存
  ledger    核对总账，每个余额是不是等于分录之和：wutong ledger check
  migrate   把数据库升级到这个版本的样子

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
  --city 城市            必写，例如 jilin-city、吉林市、四平；上级的政策也一起看，自己的排在前面
  --policy 政策          只看这个政策（上级的也行），可以写几次；不写就看这一天施行的全部政策
  --date 2026-06-30      按哪一天看；不写就是今天（北京时间）
  --under 2022-06-30     按那一天施行的规则看，事实还是按 --date 看：以前申请的、以前决定的，照以前的规则；不能晚于 --date
  --set 名称=值          设政策里的参数，例如 同级留成比例=40%
  --reading 名称=取法    选一种解读，例如 五年算到哪天=申请日；只管一个政策时写 政策/名称=取法
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
  where: `wutong where：一项待遇、目标、职责、流程、说明、条款，或一份文件写在哪里，网页是哪一页。

用法：wutong where 名称 [--city 城市] [--root 文件夹]
  名称可以是编号、中文名，或其中一部分；也可以是条款的编号，或者网页的地址
  （/b/城市/政策/待遇，/c/城市/条款；从浏览器里整个复制过来也行）。不写 --city 就在全部城市里找。

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
  readings: `wutong readings：文件里要解读的地方：问题、可以怎么取、现在怎么取、条款、牵涉的待遇。

用法：wutong readings --city 城市 [选项] [--people 文件]
  写了 --people，就按名单一个一个地算：每次只换一处的取法，看谁的结果变，确定能拿的钱和最多可能的钱变多少。
  “得到”是变成可享，“失去”是不再可享；“有了可能”是从不可享变成缺信息或待评审，“没了可能”反过来；“改成要评审”是从缺信息变成待评审，“改成缺信息”反过来；
  其余的变化是“数额等有变”。
  一个人有几样变化，每样都算一次。“最多可能”是封顶的拿满、评审都通过、还缺的信息都有利。

选项
  --people 文件          名单，写 - 就从标准输入读；写法和 evaluate 一样，多长都行
  --each                 改为一行一个人（NDJSON）：哪些解读决定他的结果，怎么变
  --format 格式          table、words、json、ndjson 或 csv（Excel 能开）；json 里的钱以分为单位
  --city --policy --date --under --set --reading --input --encoding --lang 和 evaluate 一样
  也列出上级的政策；--policy 只看一个政策，--reading 换掉现在的取法再比。

退出码：0 好了；2 用法不对，或名单里有的行不对（那些行没有算）。

例子
  wutong readings --city jilin-city --date 2026-06-30
  wutong readings --city jilin-city --date 2026-06-30 --people examples/people.ndjson
  wutong readings --city jilin-city --date 2026-06-30 --people examples/people.csv --each
`,
  goals: `wutong goals：政策里的目标、职责和任务，一个数一行：期限、数、谁负责、条款。

用法：wutong goals --city 城市 [选项]
  目标是要达到的数，职责是反复要办的事，任务是只办一次的事。
  编号写作 政策/项目#第几个数，一直不变，可以按它填实际的数。“完成”是已到的数除以目标；目标比起点低的，看降了多少。

选项
  --city 城市            必写，例如 jilin-city
  --levels own|all       只列本级的（不写就是这样），还是连上级的一起列
  --policy 政策          只看这个政策，可以写几次
  --department 部门      只看这个部门牵头或配合的，可以写几次
  --kind goal|duty|task  只看目标、职责或任务，可以写几次
  --date 2026-06-30      只看这一天施行的政策；不写就列全部，停止施行的也在内
  --sort 次序            document 按文件的次序（不写就是这样），deadline 按期限
  --format 格式          table、words、json、ndjson 或 csv（Excel 能开）
  --lang zh|en           说中文或英文

退出码：0 好了；2 用法不对。

例子
  wutong goals --city jilin-city
  wutong goals --city jilin-city --department 市人社局 --sort deadline
  wutong goals --city jilin-city --kind goal --format csv
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
  where     in which file and line a benefit, a goal, a duty, a procedure, a clause or a document is written, and what computes it
  coverage  what became of every clause of the document, and whether one was left out
  readings  what the documents leave open and how it is read; for a list, whom and how many yuan another reading would change
  goals     goals, duties and tasks: who, by when, how many

Operation (work on the database)
  account   the first three administrators: wutong account create-admins
  audit     whether the audit trail was tampered with: wutong audit verify
  backup    copies the database and the evidence, while the server works on
  restore   puts a backup into an empty place
  keys      the keys: look, replace, retire, copy
  ledger    whether every balance is the sum of its transfers: wutong ledger check
  migrate   brings the database to the shape of this version

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
  --city CITY               required, such as jilin-city or Siping; the policies of the levels above it answer too, its own first
  --policy POLICY           this policy only (of a level above too), may be repeated; without it all that are in force on the date
  --date 2026-06-30         the date asked about; today (Beijing time) without it
  --under 2022-06-30        by the rules in force on that day, while facts are judged at --date: for an earlier application or decision; not later than --date
  --set NAME=VALUE          sets a parameter of the pack, such as 同级留成比例=40%
  --reading NAME=ALTERNATIVE  chooses a reading, such as 五年算到哪天=申请日; of one policy only: POLICY/NAME=ALTERNATIVE
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
  where: `wutong where: where a benefit, a goal, a duty, a procedure or a narrative is written, and its page.

Usage: wutong where NAME [--city CITY] [--root FOLDER]
  NAME is an id, a title, or a part of one, the number of a clause, or the address of a page
  (/b/CITY/POLICY/BENEFIT, /c/CITY/CLAUSE; copied whole from a browser will do). Without --city all cities are searched.

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
  readings: `wutong readings: what the documents leave open: the question, how it can be read, the reading in force, the clause, the benefits.

Usage: wutong readings --city CITY [options] [--people FILE]
  With --people everybody in the list is evaluated, one reading changed at a time: whose answer changes, and by how many yuan
  what is certain and what is possible at most.
  "gained" became a yes, "lost" is no longer one; "now possible" went from no to unknown or review, "no longer possible" the
  other way; from unknown to review is "now waiting for a review", the other way "now lacking facts"; any other change is
  "other amount or the like". Somebody with several sorts of changes counts under each.
  "At most" supposes that caps are reached, reviews pass and what is unknown turns out well.

Options
  --people FILE             the list, - for standard input; as for evaluate, of any length
  --each                    writes a line for each subject instead (NDJSON): which readings decide, and how
  --format FORMAT           table, words, json, ndjson or csv (opens in Excel); money in json is in fen
  --city --policy --date --under --set --reading --input --encoding --lang as for evaluate
  Policies of the levels above are listed too; --policy takes one, --reading compares with another reading in force.

Exit status: 0 done; 2 wrong usage, or a line of the list is not valid (it was not counted).

Examples
  wutong readings --city jilin-city --date 2026-06-30 --lang en
  wutong readings --city jilin-city --date 2026-06-30 --people examples/people.ndjson --lang en
`,
  goals: `wutong goals: the goals, duties and tasks of policies, a row for each number: deadline, number, department, clause.

Usage: wutong goals --city CITY [options]
  A goal is a number to be reached, a duty is done again and again, a task once.
  Ids are written policy/item#n and stay, so that actual figures can be kept under them. The share reached is the figure reached
  divided by the target; where a number is to fall, how far it has fallen.

Options
  --city CITY               required, such as jilin-city
  --levels own|all          those of this level only (also without it), or those of the levels above as well
  --policy POLICY           this policy only, may be repeated
  --department DEPARTMENT   those that it leads or supports, may be repeated
  --kind goal|duty|task     these only, may be repeated
  --date 2026-06-30         policies in force on that day only; without it all, also those that have ended
  --sort ORDER              document (also without it) or deadline
  --format FORMAT           table, words, json, ndjson or csv (opens in Excel)
  --lang zh|en              speak Chinese or English

Exit status: 0 done; 2 wrong usage.

Examples
  wutong goals --city jilin-city --lang en
  wutong goals --city jilin-city --kind goal --sort deadline --lang en
`,
};

/** The help of a command, or of the whole program. */
export function helpOf(command: string | undefined, language: Language): string {
  return { zh, en }[language][command ?? ''] ?? '';
}
