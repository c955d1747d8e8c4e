// What changed from one version of a policy to another, benefit by benefit: what its rule says, what it pays, how it is obtained. Pure.
import type { Benefit, Policy, Vocabulary, Words } from '../../policy/index.ts';
import type { Vocabularies } from './pinned-pack.ts';

/** What of a benefit can change. */
export type BenefitPart = 'title' | 'condition' | 'amount' | 'schedule' | 'funds' | 'procedure' | 'papers' | 'time' | 'departments' | 'words' | 'other';

/** A benefit that is not the same in both. */
export interface ChangedBenefit {
  readonly benefit: string;
  readonly title: Words;
  readonly change: 'added' | 'removed' | 'changed';
  readonly parts: readonly BenefitPart[];
}

/** What changed besides benefits. */
export type PolicyPart = 'parameters' | 'readings' | 'matters' | 'procedures' | 'time' | 'provisions';

/** What changed of a policy. */
export interface PolicyDifference {
  readonly benefits: readonly ChangedBenefit[];
  readonly parts: readonly PolicyPart[];
}

/** A version as it is compared. */
export interface ComparedVersion {
  readonly policy: Policy;
  readonly vocabularies: Vocabularies;
}

/** Compares two versions; where a line stands in its file is no difference. */
export function comparePolicies(before: ComparedVersion, after: ComparedVersion): PolicyDifference {
  const [old, fresh] = [benefitsOf(before), benefitsOf(after)];
  const ids = [...new Set([...old.keys(), ...fresh.keys()])];
  const benefits = ids.flatMap((benefit): ChangedBenefit[] => {
    const [was, is] = [old.get(benefit), fresh.get(benefit)];
    const title = (is ?? was)?.title ?? { zh: benefit, en: benefit };
    if (was === undefined || is === undefined) return [{ benefit, title, change: was === undefined ? 'added' : 'removed', parts: [] }];
    const parts = partNames.filter((part) => was.parts[part] !== is.parts[part]);
    return parts.length === 0 ? [] : [{ benefit, title, change: 'changed', parts }];
  });
  const [wasOf, isOf] = [partsOf(before.policy), partsOf(after.policy)];
  const parts = (Object.keys(isOf) as PolicyPart[]).filter((part) => wasOf[part] !== isOf[part]);
  return { benefits, parts };
}

const partNames: readonly BenefitPart[] = ['title', 'condition', 'amount', 'schedule', 'funds', 'procedure', 'papers', 'time', 'departments', 'words', 'other'];

/** A benefit's parts as texts that are equal where the part is the same. */
interface Told {
  readonly title: Words;
  readonly parts: Readonly<Record<BenefitPart, string>>;
}

/** Benefits by id; of one for several kinds of subject the entries are told together. */
function benefitsOf({ policy, vocabularies }: ComparedVersion): ReadonlyMap<string, Told> {
  const found = new Map<string, Told>();
  for (const benefit of policy.benefits) {
    const told = tell(benefit, policy, vocabularies[benefit.subject]);
    const known = found.get(benefit.id);
    found.set(benefit.id, known === undefined ? told : { title: known.title, parts: join(known.parts, told.parts) });
  }
  return found;
}

function join(a: Told['parts'], b: Told['parts']): Told['parts'] {
  return Object.fromEntries(partNames.map((part) => [part, `${a[part]}\n${b[part]}`])) as Told['parts'];
}

function tell(benefit: Benefit, policy: Policy, vocabulary: Vocabulary): Told {
  const { title, condition, amount, per, termMonths, schedule, funds, procedure, evidence, from, to, supersededBy, lead, support, remark, ...other } = benefit;
  const rule = (node: unknown): string => JSON.stringify(written(node, { policy, vocabulary, keepsNotes: false }));
  const { line: _line, file: _file, readings: _readings, ...rest } = { line: 0, ...other };
  return {
    title,
    parts: {
      title: JSON.stringify(title),
      condition: rule(condition),
      amount: rule([amount, per, termMonths]),
      schedule: rule(schedule),
      funds: JSON.stringify(funds),
      procedure: JSON.stringify(procedure),
      papers: JSON.stringify(evidence),
      time: JSON.stringify([from, to, supersededBy]),
      departments: JSON.stringify([lead, support]),
      words: JSON.stringify([remark, written([condition, amount], { policy, vocabulary, keepsNotes: true })]),
      other: JSON.stringify(rest),
    },
  };
}

interface Manner {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  /** Only what is said to people, or only what is computed. */
  readonly keepsNotes: boolean;
}

/** A rule with definitions written out and facts by their names, so that it can be compared with another version's. */
function written(node: unknown, manner: Manner): unknown {
  if (Array.isArray(node)) return node.map((item) => written(item, manner));
  if (typeof node !== 'object' || node === null) return manner.keepsNotes ? undefined : node;
  if ('op' in node && node.op === 'defined' && 'definition' in node) {
    const definition = manner.policy.definitions.find(({ name }) => name === node.definition);
    if (definition !== undefined) return written('condition' in definition ? { ...definition.condition, note: definition.note } : definition.value, manner);
  }
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'note') {
      if (manner.keepsNotes) found[key] = wordsOf(value);
    } else if (typeof value === 'number' && (key === 'slot' || key === 'start' || key === 'check')) {
      if (!manner.keepsNotes) found[key] = manner.vocabulary.facts[value]?.name ?? value;
    } else found[key] = written(value, manner);
  }
  // What a parameter is while nobody has set it belongs to the rule.
  if ('op' in node && node.op === 'parameter' && 'parameter' in node && !manner.keepsNotes) found['value'] = manner.policy.parameters.find(({ name }) => name === node.parameter)?.value;
  return found;
}

function wordsOf(note: unknown): unknown {
  return typeof note === 'object' && note !== null && 'words' in note ? note.words : undefined;
}

function partsOf(policy: Policy): Readonly<Record<PolicyPart, string>> {
  const plain = (items: readonly object[]): string => JSON.stringify(items.map((item) => ({ ...item, line: 0, file: '' })));
  return {
    parameters: plain(policy.parameters),
    readings: plain(policy.readings),
    matters: plain(policy.matters),
    procedures: plain(policy.procedures),
    time: JSON.stringify([policy.from, policy.to, policy.effectReading, policy.supersedes, policy.supersededBy]),
    provisions: [policy.goals, policy.duties, policy.narratives].map(plain).join('\n'),
  };
}
