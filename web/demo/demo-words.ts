// The words of a demonstration's page in both languages: what each role sees, and what is good to try first.

/** A language of the page. */
export type DemoLanguage = 'zh' | 'en';

/** An account of the page. */
export type DemoKind =
  | 'person' | 'agent'
  | 'intake' | 'reviewer' | 'accountant' | 'approver'
  | 'finance' | 'finance-second' | 'finance-third' | 'leader'
  | 'policy' | 'policy-second' | 'steward'
  | 'system-admin' | 'security-admin' | 'audit-admin';

type GroupId = 'people' | 'desk' | 'money' | 'rules' | 'administrators';

/** In which order roles stand. */
export const kindGroups: readonly { readonly id: GroupId; readonly kinds: readonly DemoKind[] }[] = [
  { id: 'people', kinds: ['person', 'agent'] },
  { id: 'desk', kinds: ['intake', 'reviewer', 'accountant', 'approver'] },
  { id: 'money', kinds: ['finance', 'finance-second', 'finance-third', 'leader'] },
  { id: 'rules', kinds: ['policy', 'policy-second', 'steward'] },
  { id: 'administrators', kinds: ['system-admin', 'security-admin', 'audit-admin'] },
];

/** A role in words. `at`: where it signs in. */
interface RoleWords {
  readonly title: string;
  readonly sees: string;
  readonly first: string;
  readonly at: string;
}

/** Everything the page says. */
export interface DemoWords {
  readonly documentTitle: string;
  readonly product: string;
  readonly demonstration: string;
  readonly skip: string;
  readonly places: string;
  readonly office: string;
  readonly my: string;
  readonly lists: string;
  readonly title: string;
  readonly loading: string;
  readonly unreachable: string;
  readonly filling: string;
  readonly meanwhile: string;
  readonly calculator: string;
  readonly calculatorName: string;
  readonly intro: (people: number, lastOn: string) => string;
  readonly onePassword: string;
  readonly groups: Readonly<Record<GroupId, string>>;
  readonly fields: { readonly name: string; readonly login: string; readonly password: string; readonly factor: (secondsLeft: number) => string; readonly phone: string; readonly phoneCode: string; readonly number: string };
  readonly noCode: string;
  readonly byPhone: string;
  readonly tryFirst: string;
  readonly goThere: string;
  readonly roles: Readonly<Record<DemoKind, RoleWords>>;
}

const [office, my] = ['/office/', '/my/'] as const;

const zh: DemoWords = {
  documentTitle: '怎么登录 · 梧桐',
  product: '梧桐',
  demonstration: '演示',
  skip: '跳到内容',
  places: '去哪里',
  office: '工作台',
  my: '我的',
  lists: '公示名单',
  title: '怎么登录',
  loading: '请稍候',
  unreachable: '连不上服务器。请看一看它是不是还开着；连上以后，这一页会自己更新。',
  filling: '演示数据正在准备，大约要一两分钟。',
  meanwhile: '不用等：',
  calculator: '/',
  calculatorName: '计算器现在就能用',
  intro: (people, lastOn) => `这是一座演示的吉林市：${people} 位样例人员，一年的办件，到 ${lastOn} 为止。没有一个真人，可以放心改。点开一种身份，照着登录。`,
  onePassword: '工作人员的密码都是',
  groups: { people: '办事的人', desk: '窗口和审核', money: '资金', rules: '政策和数据', administrators: '三位管理员' },
  fields: { name: '姓名', login: '登录名', password: '密码', factor: (seconds) => `动态码（还有 ${seconds} 秒）`, phone: '手机号', phoneCode: '短信验证码', number: '身份证号' },
  noCode: '还没有发；要了验证码，几秒以后在这里看',
  byPhone: '选“手机验证码”登录。演示的短信不会真的发出去，都在这一页看。问到姓名和身份证号，照上面填。',
  tryFirst: '先试试：',
  goThere: '去登录',
  roles: {
    person: { title: '申请人', sees: '自己的申请、材料、决定书和每次发的钱。', first: '看一件办到哪一步了，再打开它的决定书。', at: my },
    agent: { title: '单位经办人', sees: '本单位招的人、名单申请、还没确认的导入。', first: '打开还没确认的那份名单，看填错的行，下载改好再传。登录以后先换成单位的身份。', at: my },
    intake: { title: '窗口受理', sees: '昌邑区刚提交、等受理的申请。', first: '打开最早的一件，看材料和系统的说明，受理。', at: office },
    reviewer: { title: '审核', sees: '等人社局出意见的办件、异议、举报和检查。', first: '给一件写意见；再到公示的异议里答复一条。', at: office },
    accountant: { title: '财政会审', sees: '等财政局出意见的办件。', first: '一次给几件出意见。', at: office },
    approver: { title: '审批', sees: '审核完、等决定的办件，一件申诉，一条等核准的检查结论。', first: '批准一件，再看它的决定书。', at: office },
    finance: { title: '财务：编制', sees: '到期的分期、疑点、付款批次和每项资金。', first: '看“疑点”里为什么不能发；银行那一批，把结果导进来。', at: office },
    'finance-second': { title: '财务：第一位核准', sees: '和编制的人一样；自己编的不能自己核准。', first: '核准等着的那一批，复核明年的预算。', at: office },
    'finance-third': { title: '财务：第二位核准', sees: '一批钱要两个人核准，这是第二位。', first: '在第一位之后核准同一批，再送银行。', at: office },
    leader: { title: '领导', sees: '全市的办件和资金，只看不改。', first: '打开资金，看一项还有多少、约定了多少、付了多少，点到每一笔。', at: office },
    policy: { title: '政策编制', sees: '政策的各个版本和年度设定。', first: '看“丁档提高到 400 元”那一稿和现行的差别、会影响哪些在办的件。', at: office },
    'policy-second': { title: '政策核准', sees: '别人编的版本；自己编的不能自己核准。', first: '核准那一稿。', at: office },
    steward: { title: '数据管理', sees: '人和单位的登记，疑似重复，表格导入。', first: '搜一个名字，看每个事实从哪里来。', at: office },
    'system-admin': { title: '系统管理员', sees: '部门、等确认的任职和账号。', first: '看审批和财务的任职为什么要第二位管理员确认。', at: office },
    'security-admin': { title: '安全管理员', sees: '工作人员的账号、任职和授权。', first: '设一位新的审核人员。', at: office },
    'audit-admin': { title: '审计管理员', sees: '谁看了什么、做了什么。', first: '找一件决定，看前后都有谁动过。', at: office },
  },
};

const en: DemoWords = {
  documentTitle: 'How to sign in · Wutong',
  product: 'Wutong',
  demonstration: 'demonstration',
  skip: 'Skip to the content',
  places: 'Where to',
  office: 'Workbench',
  my: 'My matters',
  lists: 'Public lists',
  title: 'How to sign in',
  loading: 'One moment',
  unreachable: 'The server cannot be reached. Look whether it still runs; once it does, this page goes on by itself.',
  filling: 'The sample data are being prepared; that takes a minute or two.',
  meanwhile: 'No need to wait:',
  calculator: '/en/',
  calculatorName: 'the calculator works already',
  intro: (people, lastOn) => `This is a demonstration of Jilin City: ${people} sample people and a year of their cases, until ${lastOn}. Nobody is real, so change what you like. Open a role and sign in as it says.`,
  onePassword: 'The password of all staff is',
  groups: { people: 'Those who apply', desk: 'Window and review', money: 'Money', rules: 'Policy and data', administrators: 'The three administrators' },
  fields: { name: 'Name', login: 'Login', password: 'Password', factor: (seconds) => `Authenticator code (${seconds} s left)`, phone: 'Telephone', phoneCode: 'Code by text message', number: 'Identity number' },
  noCode: 'none sent yet; ask for one, and a few seconds later it stands here',
  byPhone: 'Sign in by a code to the telephone. No text message of a demonstration is really sent; read it here. Where name and identity number are asked for, use those above.',
  tryFirst: 'Try first:',
  goThere: 'Sign in',
  roles: {
    person: { title: 'Applicant', sees: 'One’s own applications, papers, letters of decision and payments.', first: 'see how far a case is, then open its letter.', at: my },
    agent: { title: 'Employer’s agent', sees: 'The people that the employer hired, applications for lists, an import that waits.', first: 'open the list that nobody confirmed yet, see its wrong rows, correct and send them again. After signing in, choose to act for the employer.', at: my },
    intake: { title: 'Intake', sees: 'Applications of Changyi District that were just filed.', first: 'open the oldest, look at papers and explanation, accept it.', at: office },
    reviewer: { title: 'Reviewer', sees: 'Cases that wait for the opinion of human resources, objections, reports and inspections.', first: 'give an opinion; then answer an objection to a public list.', at: office },
    accountant: { title: 'Reviewer of finance', sees: 'Cases that wait for the opinion of the finance office.', first: 'give opinions on several at once.', at: office },
    approver: { title: 'Approver', sees: 'Reviewed cases that wait for a decision, an appeal, a finding that waits to be confirmed.', first: 'grant one and look at its letter.', at: office },
    finance: { title: 'Finance: prepares', sees: 'Instalments that are due, doubts, batches and every fund.', first: 'see under doubts why something cannot be paid; import the bank’s result of the batch that is there.', at: office },
    'finance-second': { title: 'Finance: first approval', sees: 'The same; nobody approves what they prepared.', first: 'approve the batch that waits, and confirm next year’s budget.', at: office },
    'finance-third': { title: 'Finance: second approval', sees: 'A batch takes two people’s approval; this is the second.', first: 'approve the same batch after the first, then send it.', at: office },
    leader: { title: 'Leader', sees: 'Cases and funds of the whole city, without changing any.', first: 'open the funds: what is free, committed and paid, down to each entry.', at: office },
    policy: { title: 'Policy author', sees: 'Versions of policies, and what is set for a year.', first: 'compare the draft that raises the lowest tier to 400 yuan with what is in force, and see which open cases it would change.', at: office },
    'policy-second': { title: 'Policy approval', sees: 'Versions that somebody else drafted; nobody approves their own.', first: 'approve that draft.', at: office },
    steward: { title: 'Data steward', sees: 'People and organisations, possible doubles, imports.', first: 'search for a name and see where each fact comes from.', at: office },
    'system-admin': { title: 'System administrator', sees: 'Departments, and what waits for confirmation.', first: 'see why approvers and finance need a second administrator.', at: office },
    'security-admin': { title: 'Security administrator', sees: 'Accounts of staff, appointments and roles.', first: 'make a new reviewer.', at: office },
    'audit-admin': { title: 'Audit administrator', sees: 'Who saw and did what.', first: 'look for a decision and who touched it.', at: office },
  },
};

/** The words of each language. */
export const demoWords: Readonly<Record<DemoLanguage, DemoWords>> = { zh, en };
