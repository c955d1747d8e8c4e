// Works out what 取代 does: the effective last day of each policy and benefit that another puts an end to.

import { addDays, formatDate } from '../policy/calendar.ts';
import type { Benefit, NamedPolicy, Policy } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import type { BenefitSource } from './read-benefit.ts';
import type { City } from './read-city.ts';
import type { PolicySource, SupersessionSource } from './read-policy.ts';

/** The end that a policy or a benefit finds: its last day, and the policy that takes its place. */
interface End {
  readonly to: number;
  readonly supersededBy: string;
}

/** Ends by policy, and by `policy/benefit`. */
type Ends = ReadonlyMap<string, End>;

/** A jurisdiction with its policies as they were read. */
interface Read {
  readonly city: City;
  readonly policies: readonly PolicySource[];
}

/**
 * The same jurisdiction with every end in place: of policies, of benefits and of documents known by name only.
 * @param homes the id of the jurisdiction of every policy there is, for messages
 */
export function settleSupersessions({ city, policies }: Read, homes: ReadonlyMap<string, string>, diagnostics: Diagnostics): Read {
  const ends = new Map<string, End>();
  const put = (key: string, end: End): void => {
    const known = ends.get(key);
    // Of several that supersede the same the earliest counts.
    if (known === undefined || end.to < known.to) ends.set(key, end);
  };
  for (const source of policies) {
    const end: End = { to: addDays(source.policy.from, -1), supersededBy: source.policy.id };
    for (const entry of source.supersessions) for (const key of keysOf(entry, source, { city, policies }, homes, diagnostics)) put(key, end);
  }
  const named = city.named.map(({ policy, place }) => ({ policy: endNamed(policy, ends.get(policy.id)), place }));
  return { city: { ...city, named }, policies: policies.map((source) => endPolicy(source, ends)) };
}

/** What one entry of 取代 puts an end to; what cannot be superseded is reported. */
function keysOf(entry: SupersessionSource, source: PolicySource, { city, policies }: Read, homes: ReadonlyMap<string, string>, diagnostics: Diagnostics): string[] {
  const { policy: id, place, benefits } = entry;
  const refuse = (at: Place, what: string, why: string, whyEn: string): string[] => {
    diagnostics.add('bad-supersession', at, { id: what, why, whyEn });
    return [];
  };
  const { from } = source.policy;
  if (id === source.policy.id) return refuse(place, id, '政策不能取代自己', 'a policy does not supersede itself');
  const named = city.named.find(({ policy }) => policy.id === id)?.policy;
  if (named !== undefined) {
    if (benefits !== undefined) return refuse(place, id, '只知道它的名称，请写“全部”', 'only its name is known; write 全部');
    return named.from !== undefined && named.from >= from ? refuse(place, id, ...tooLate(named.from)) : [id];
  }
  const target = policies.find(({ policy }) => policy.id === id);
  if (target === undefined) {
    // A file of this city that cannot be read was reported.
    if (city.policies.some((own) => own.id === id)) return [];
    const home = homes.get(id);
    if (home !== undefined) return refuse(place, id, `它是 ${home} 的政策，只有同一个地方的政策能取代`, `it is a policy of ${home}, and only policies of the same jurisdiction can be`);
    diagnostics.add('unknown-policy', place, { id, near: nearest(id, [...city.policies.map((own) => own.id), ...city.named.map(({ policy }) => policy.id)]) ?? '' });
    return [];
  }
  if (target.policy.from >= from) return refuse(place, id, ...tooLate(target.policy.from));
  if (benefits === undefined) return [id];
  const seen = new Map<string, Place>();
  return benefits.flatMap((item) => {
    const found = target.benefits.find(({ benefit }) => benefit.id === item.id)?.benefit;
    const first = seen.get(item.id);
    seen.set(item.id, item.place);
    if (first !== undefined) diagnostics.add('duplicate-id', item.place, { id: item.id, first: `${first.line}:${first.column}` });
    else if (found === undefined) diagnostics.add('unknown-benefit', item.place, { id: item.id, near: nearest(item.id, target.benefits.map(({ benefit }) => benefit.id)) ?? '' });
    else if (found.from !== undefined && found.from >= from) return refuse(item.place, `${id}/${item.id}`, ...tooLate(found.from));
    else return [`${id}/${item.id}`];
    return [];
  });
}

function tooLate(from: number): [string, string] {
  return [`它 ${formatDate(from)} 才施行，不早于这个政策`, `it takes force on ${formatDate(from)}, not before this policy`];
}

/** A last day that is not later than the end. */
function endBy(to: number | undefined, end: End | undefined): { readonly to?: number } {
  const last = end === undefined ? to : Math.min(end.to, to ?? end.to);
  return last === undefined ? {} : { to: last };
}

function endNamed(policy: NamedPolicy, end: End | undefined): NamedPolicy {
  return end === undefined ? policy : { ...policy, ...endBy(policy.to, end), supersededBy: end.supersededBy };
}

function endPolicy(source: PolicySource, ends: Ends): PolicySource {
  const end = ends.get(source.policy.id);
  const policy: Policy = end === undefined ? source.policy : { ...source.policy, ...endBy(source.policy.to, end), supersededBy: end.supersededBy };
  const endOne = (benefit: Benefit): Benefit => endBenefit(benefit, policy, ends.get(`${policy.id}/${benefit.id}`));
  const benefits: BenefitSource[] = source.benefits.map((each) => ({ ...each, benefit: endOne(each.benefit) }));
  return { ...source, benefits, policy: { ...policy, benefits: policy.benefits.map(endOne) } };
}

/** A benefit ends with its policy, on its own last day or where an item of another policy takes its place, whichever is first. */
function endBenefit({ to: own, ...benefit }: Benefit, policy: Policy, end: End | undefined): Benefit {
  const { to = Infinity } = policy;
  const last = Math.min(own ?? Infinity, end?.to ?? Infinity);
  // What ended of itself before was superseded by nobody; and the policy's superseder is the one to name where it was there first.
  const isEnded = own !== undefined && end !== undefined && own < end.to;
  const supersededBy = end !== undefined && !isEnded && (policy.supersededBy === undefined || end.to < to) ? { supersededBy: end.supersededBy } : {};
  return { ...benefit, ...(last < to ? { to: last } : {}), ...supersededBy };
}
