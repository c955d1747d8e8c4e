// Where to give the accounts of those who were applied for: money goes to people, and an employer can give their accounts by one sheet.
import { linkTo } from '../address.ts';
import { may, type Me } from '../me.ts';
import { useHiresWords } from './hires-words.ts';

/** One sentence and the way to the sheet of accounts; nothing for whoever may not give them. */
export function HiresAccounts({ me }: { me: Me }) {
  const words = useHiresWords();
  if (!may(me, 'import.accounts')) return null;
  return <p class="soft no-print">{words.accounts} <a href={linkTo(['imports'], { kind: 'accounts' })}>{words.toAccounts}</a></p>;
}
