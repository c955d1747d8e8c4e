// The best combination of benefits where some exclude each other: exact, and the same for the same benefits every time.
// Benefits that exclude each other, directly or over others, form a component; each component is solved alone.

/** A benefit that could be taken, and the value that it counts with. */
export interface PlanItem {
  readonly id: string;
  readonly fen: number;
}

/** What to take, what to leave and because of which benefit taken. */
export interface Plan {
  readonly take: string[];
  readonly leave: { readonly benefit: string; readonly because: string }[];
  readonly totalFen: number;
}

/**
 * The largest component that is solved. Branching on the item with most conflicts, at least three of them, needs fewer
 * than 1.381^n steps: some 400,000 at this size in theory; the worst cases found take milliseconds.
 */
export const MAX_COMPONENT = 40;

/** Items whose indexes are in one group exclude each other. */
export type ConflictGroup = readonly number[];

/** For each of `count` items, the items that it excludes. */
function neighboursOf(count: number, groups: readonly ConflictGroup[]): Set<number>[] {
  const neighbours = Array.from({ length: count }, () => new Set<number>());
  for (const group of groups) {
    for (const item of group) {
      for (const other of group) if (other !== item) neighbours[item]?.add(other);
    }
  }
  return neighbours;
}

/** Items that exclude each other, directly or over others; each in ascending order, items without conflict alone. */
export function components(count: number, groups: readonly ConflictGroup[]): number[][] {
  return componentsOf(neighboursOf(count, groups));
}

function componentsOf(neighbours: readonly ReadonlySet<number>[]): number[][] {
  const seen = new Set<number>();
  const found: number[][] = [];
  for (let first = 0; first < neighbours.length; first++) {
    if (seen.has(first)) continue;
    seen.add(first);
    const members = [first];
    // The list grows while it is walked.
    for (const member of members) {
      for (const other of neighbours[member] ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        members.push(other);
      }
    }
    found.push(members.sort((a, b) => a - b));
  }
  return found;
}

/**
 * The combination with the highest total; of equal totals the one that holds the earliest item, then the next earliest,
 * and so on down the order of `items`.
 * @param keep indexes of items that are taken whatever they are worth, and that put out what excludes them; of two that
 *   exclude each other the earlier in `keep` stays
 * @throws RangeError where a component is larger than {@link MAX_COMPONENT}; the checker refuses such a pack.
 */
export function bestPlan(items: readonly PlanItem[], groups: readonly ConflictGroup[], keep: readonly number[] = []): Plan {
  const neighbours = neighboursOf(items.length, groups);
  const taken = new Set<number>();
  const isPutOut = (index: number): boolean => [...(neighbours[index] ?? [])].some((other) => taken.has(other));
  for (const index of keep) if (!isPutOut(index)) taken.add(index);
  const isOpen = items.map((_, index) => !taken.has(index) && !isPutOut(index));
  // What is settled leaves the graph, so that only the rest is solved.
  const rest = keep.length === 0 ? neighbours : neighbours.map((others, index) => (isOpen[index] === true ? new Set([...others].filter((other) => isOpen[other])) : new Set<number>()));
  for (const members of componentsOf(rest)) {
    for (const member of solve(members, items, rest)) if (isOpen[member] === true) taken.add(member);
  }
  const plan: Plan = { take: [], leave: [], totalFen: [...taken].reduce((sum, index) => sum + (items[index]?.fen ?? 0), 0) };
  items.forEach((item, index) => {
    if (taken.has(index)) plan.take.push(item.id);
    else {
      const because = Math.min(...[...(neighbours[index] ?? [])].filter((other) => taken.has(other)));
      plan.leave.push({ benefit: item.id, because: items[because]?.id ?? '' });
    }
  });
  return plan;
}

/** The value of a set of items: its total, then its order, in which the earliest item outweighs all later ones together. */
interface Worth {
  readonly fen: number;
  readonly order: number;
}

/** A set of up to 40 members: bits 0 to 19 of `low`, then of `high`. */
interface Members {
  readonly low: number;
  readonly high: number;
}

const HALF = 20;
const HALF_RANGE = 2 ** HALF;
const NOTHING: Worth = { fen: 0, order: 0 };

function solve(members: readonly number[], items: readonly PlanItem[], neighbours: readonly ReadonlySet<number>[]): number[] {
  if (members.length === 1) return [...members];
  if (members.length > MAX_COMPONENT) {
    throw new RangeError(`${members.length} benefits exclude each other in one component, more than ${MAX_COMPONENT}`);
  }
  const places = new Map(members.map((member, place) => [member, place]));
  const worths = members.map((member, place): Worth => ({ fen: items[member]?.fen ?? 0, order: 2 ** (members.length - 1 - place) }));
  const excluded = members.map((member) => setOf([...(neighbours[member] ?? [])].map((other) => places.get(other) ?? 0)));
  const best = new Solver(worths, excluded).best(setOf(members.keys()));
  // The order of the best set spells out its members.
  return members.filter((_, place) => Math.floor(best.order / 2 ** (members.length - 1 - place)) % 2 === 1);
}

function setOf(places: Iterable<number>): Members {
  let low = 0;
  let high = 0;
  for (const place of places) {
    if (place < HALF) low |= 1 << place;
    else high |= 1 << (place - HALF);
  }
  return { low, high };
}

function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Finds the best independent set by branch and bound; what is solved once is remembered, and parts that fall apart are solved apart. */
class Solver {
  private readonly worths: readonly Worth[];
  private readonly excluded: readonly Members[];
  private readonly solved = new Map<number, Worth>();

  constructor(worths: readonly Worth[], excluded: readonly Members[]) {
    this.worths = worths;
    this.excluded = excluded;
  }

  best(set: Members): Worth {
    if (set.low === 0 && set.high === 0) return NOTHING;
    const key = set.high * HALF_RANGE + set.low;
    const known = this.solved.get(key);
    if (known !== undefined) return known;
    const part = this.partOf(set);
    const rest = { low: set.low & ~part.low, high: set.high & ~part.high };
    const isWhole = rest.low === 0 && rest.high === 0;
    const found = isWhole ? this.branch(set) : plus(this.best(part), this.best(rest));
    this.solved.set(key, found);
    return found;
  }

  /** With or without the member that excludes most others of the set. */
  private branch(set: Members): Worth {
    const place = this.busiest(set);
    const without = { low: set.low, high: set.high };
    if (place < HALF) without.low &= ~(1 << place);
    else without.high &= ~(1 << (place - HALF));
    const others = this.excludedBy(place);
    const withIt = plus(this.worths[place] ?? NOTHING, this.best({ low: without.low & ~others.low, high: without.high & ~others.high }));
    // A member that excludes nobody is always taken.
    if ((others.low & set.low) === 0 && (others.high & set.high) === 0) return withIt;
    // Even all of the others together are worth less: no need to look.
    if (this.sumOf(without) < withIt.fen) return withIt;
    const withoutIt = this.best(without);
    return isBetter(withoutIt, withIt) ? withoutIt : withIt;
  }

  /** No combination of a set is worth more than all of its members. */
  private sumOf(set: Members): number {
    let sum = 0;
    for (const place of placesOf(set)) sum += this.worths[place]?.fen ?? 0;
    return sum;
  }

  private excludedBy(place: number): Members {
    return this.excluded[place] ?? { low: 0, high: 0 };
  }

  private busiest(set: Members): number {
    let busiest = 0;
    let most = -1;
    for (const place of placesOf(set)) {
      const others = this.excludedBy(place);
      const count = bitCount(others.low & set.low) + bitCount(others.high & set.high);
      if (count > most) {
        most = count;
        busiest = place;
      }
    }
    return busiest;
  }

  /** The members connected with the first of a set. */
  private partOf(set: Members): Members {
    let part = set.low !== 0 ? { low: set.low & -set.low, high: 0 } : { low: 0, high: set.high & -set.high };
    let fresh = part;
    while (fresh.low !== 0 || fresh.high !== 0) {
      let low = 0;
      let high = 0;
      for (const place of placesOf(fresh)) {
        const others = this.excludedBy(place);
        low |= others.low;
        high |= others.high;
      }
      fresh = { low: low & set.low & ~part.low, high: high & set.high & ~part.high };
      part = { low: part.low | fresh.low, high: part.high | fresh.high };
    }
    return part;
  }
}

function placesOf(set: Members): number[] {
  const places: number[] = [];
  for (let rest = set.low; rest !== 0; rest &= rest - 1) places.push(31 - Math.clz32(rest & -rest));
  for (let rest = set.high; rest !== 0; rest &= rest - 1) places.push(HALF + 31 - Math.clz32(rest & -rest));
  return places;
}

function plus(a: Worth, b: Worth): Worth {
  return { fen: a.fen + b.fen, order: a.order + b.order };
}

function isBetter(a: Worth, b: Worth): boolean {
  return a.fen > b.fen || (a.fen === b.fen && a.order > b.order);
}
