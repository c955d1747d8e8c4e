// Who drafted, approved or proposed: a colleague by name, or the program itself.
import type { Me } from '../me.ts';
import { usePolicyWords } from './policy-words.ts';
import { StaffName } from '../staff/staff-name.tsx';

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

/** The name of an account; what is no account came with the program. */
export function PackActor({ by, me }: { by: string; me: Me }) {
  const { pack } = usePolicyWords();
  return uuid.test(by) ? <StaffName accountId={by} me={me} withDepartment={false} /> : <>{pack.byBuild}</>;
}
