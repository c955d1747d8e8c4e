// The name of a colleague wherever a page knows only an account: asked for in one call a page, and remembered while the capacity is the same.
import { useEffect, useState } from 'preact/hooks';
import { listColleagues } from '../../../src/contract/staff-endpoints.ts';
import { type Answer, call, CallRefused } from '../../client/call.ts';
import { may, type Me } from '../me.ts';
import { useStaffWords } from './staff-words.ts';

type Colleague = Answer<typeof listColleagues>['data']['items'][number];

const MOST_AT_ONCE = 100;
const SOON_MS = 10;
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

/** What was learnt; null for an account that is none of the reader's colleagues. */
let known = new Map<string, Colleague | null>();
let knownBy = '';
let wanted = new Set<string>();
const listeners = new Set<() => void>();

/** The colleagues of these accounts as far as they are known by now; the page is drawn again once they are. */
function useColleagues(me: Me, accountIds: readonly string[]): ReadonlyMap<string, Colleague | null> {
  const [, draw] = useState(0);
  const capacity = `${me.accountId} ${JSON.stringify(me.capacity)}`;
  const missing = accountIds.filter((id) => uuid.test(id) && (knownBy !== capacity || !known.has(id)));
  useEffect(() => {
    if (missing.length === 0 || !may(me, 'colleague.read')) return;
    const told = (): void => draw((now) => now + 1);
    listeners.add(told);
    want(capacity, missing);
    return () => void listeners.delete(told);
  }, [capacity, missing.join(' ')]);
  return knownBy === capacity ? known : new Map();
}

/** Who it is: oneself, a colleague by name with the department, or just a colleague where the reader may not know. */
export function StaffName({ accountId, me, withDepartment = true }: { accountId: string; me: Me; withDepartment?: boolean }) {
  const words = useStaffWords();
  const found = useColleagues(me, accountId === me.accountId ? [] : [accountId]).get(accountId);
  if (accountId === me.accountId) return <>{words.you}</>;
  if (found === undefined || found === null || found.name === '') return <>{words.colleague}</>;
  const [first] = found.appointments;
  if (!found.isPresent) return <>{words.left(found.name)}</>;
  return <>{withDepartment && first !== undefined ? words.at(found.name, first.departmentName) : found.name}</>;
}

function want(capacity: string, accountIds: readonly string[]): void {
  if (knownBy !== capacity) {
    known = new Map();
    knownBy = capacity;
    wanted = new Set();
  }
  const isFirst = wanted.size === 0;
  for (const id of accountIds) wanted.add(id);
  // Rows of one page ask together.
  if (isFirst) setTimeout(() => void learn(capacity), SOON_MS);
}

async function learn(capacity: string): Promise<void> {
  const ids = Array.from(wanted);
  wanted = new Set();
  for (let at = 0; at < ids.length; at += MOST_AT_ONCE) {
    const some = ids.slice(at, at + MOST_AT_ONCE);
    let items: readonly Colleague[];
    try {
      ({ items } = (await call(listColleagues, { query: { ids: some.join(','), limit: MOST_AT_ONCE } })).data);
    } catch (error) {
      // A name is beside what the page is for: it goes on without, and asks again when it is opened again.
      if (error instanceof CallRefused) return;
      throw error;
    }
    if (knownBy !== capacity) return;
    for (const id of some) known.set(id, items.find(({ accountId }) => accountId === id) ?? null);
  }
  for (const told of Array.from(listeners)) told();
}
