// The kinds of papers: those that packs ask for, and those that every city knows.

/** One kind of paper, named as packs name it under 材料. */
export interface EvidenceKind {
  readonly zh: string;
  readonly en: string;
  /** The facts that such a paper proves, by their names in the vocabulary. */
  readonly proves: readonly string[];
}

/** The kind of a paper that no other kind fits: it says by itself what it proves, so whoever looked at it decides. */
const OTHER_PAPER = '其他材料';

/** Papers that accounts, agents and families need, whatever the policies are. */
const everywhere: readonly EvidenceKind[] = [
  { zh: '身份证件', en: 'Identity document', proves: ['出生日期'] },
  { zh: '户口簿', en: 'Household register', proves: [] },
  { zh: '出生医学证明', en: 'Medical certificate of birth', proves: [] },
  { zh: '营业执照', en: 'Business licence', proves: [] },
  { zh: '授权委托书', en: 'Letter of authority', proves: [] },
  { zh: '单独同意书', en: 'Signed separate consent', proves: [] },
  { zh: '学历证书', en: 'Certificate of education', proves: ['学历'] },
  { zh: '学位证书', en: 'Degree certificate', proves: [] },
  { zh: '劳动合同', en: 'Labour contract', proves: [] },
  { zh: '社保缴费证明', en: 'Proof of social insurance', proves: [] },
  { zh: '职称证书', en: 'Certificate of professional title', proves: ['职称'] },
  { zh: '职业技能证书', en: 'Certificate of skill', proves: ['技能等级'] },
  { zh: '结婚证', en: 'Marriage certificate', proves: [] },
  { zh: '承诺书', en: 'Declaration', proves: [] },
  { zh: OTHER_PAPER, en: 'Other paper', proves: [] },
];

/** All kinds by their Chinese name. */
export type EvidenceKinds = ReadonlyMap<string, EvidenceKind>;

/** The kinds that packs name, before those that every city knows; a kind that several packs name proves what any of them says. */
export function gatherKinds(ofPacks: Iterable<EvidenceKind>): EvidenceKinds {
  const kinds = new Map<string, EvidenceKind>();
  for (const kind of [...ofPacks, ...everywhere]) {
    const before = kinds.get(kind.zh);
    kinds.set(kind.zh, before === undefined ? kind : { ...before, proves: [...new Set([...before.proves, ...kind.proves])] });
  }
  return kinds;
}

/**
 * The kinds that prove a fact; empty where no kind says that it does, and then every paper may. A paper of no certain kind always may.
 */
export function kindsProving(kinds: EvidenceKinds, fact: string): readonly string[] {
  const proving = [...kinds.values()].filter(({ proves }) => proves.includes(fact)).map(({ zh }) => zh);
  return proving.length === 0 ? [] : [...proving, OTHER_PAPER];
}
