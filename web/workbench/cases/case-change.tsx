// What a decision is changed to: the amount in all, and, where they are to be others, the days of what is not paid yet.
import { useContext } from 'preact/hooks';
import { listInstalmentsEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { call } from '../../client/call.ts';
import { isAmountFit, readFen } from './case-batch.tsx';
import { CaseField } from './case-fields.tsx';
import { emptyInstalment, InstalmentFields, instalmentsOf, type WrittenInstalment } from './case-instalments.tsx';
import type { OneCase } from './case-papers.tsx';
import { useCaseWords } from './case-words.ts';
import { may, type Me } from '../me.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { latestOf, useAsked } from '../use-call.ts';

/** What is written; days only where they are to be others. */
export interface WishedChange {
  readonly amount: string;
  readonly days: readonly WrittenInstalment[] | undefined;
}

/** Nothing changed yet. */
export const noChange: WishedChange = { amount: '', days: undefined };

/** Money of these has gone, or is going: a change leaves it as it is. */
const gone = ['paid', 'in-batch', 'offset'];

/** What is sent; undefined while something is missing or cannot be read. */
export function changeOf({ amount, days }: WishedChange): { readonly amountFen?: number; readonly instalments?: { readonly due: string; readonly fen: number }[] } | undefined {
  const fen = amount.trim() === '' ? undefined : readFen(amount);
  if (!isAmountFit(amount) || fen === 0 || (fen === undefined && days === undefined)) return undefined;
  const instalments = days === undefined ? undefined : instalmentsOf(days);
  if (days !== undefined && instalments === undefined) return undefined;
  return { ...(fen === undefined ? {} : { amountFen: fen }), ...(instalments === undefined ? {} : { instalments }) };
}

/** The fields. */
export function ChangeFields({ of, me, value, onChange }: { of: OneCase; me: Me; value: WishedChange; onChange: (wish: WishedChange) => void }) {
  const { change, yuan } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked(async (signal) => (may(me, 'payment.read') ? (await call(listInstalmentsEndpoint, { query: { caseId: of.caseId, limit: 200 }, signal })).data.items : []), [of.caseId]);
  const items = latestOf(asked) ?? [];
  const givenFen = items.filter(({ state }) => gone.includes(state)).reduce((sum, { amountFen }) => sum + amountFen, 0);
  const left = items.filter(({ state }) => !gone.includes(state) && state !== 'cancelled');
  const money = (fen: number): string => yuan(formatYuan(fen));
  const { amount, days } = value;
  const isFit = isAmountFit(amount) && readFen(amount) !== 0;
  const totalFen = amount.trim() === '' ? (of.grantedFen ?? 0) : (readFen(amount) ?? 0);
  return (
    <div class="case-form">
      <p>{change.now(money(of.grantedFen ?? 0), money(givenFen))}</p>
      <CaseField label={change.amount} hint={isFit ? change.amountHint : change.amountUnfit} isWrong={!isFit} inputMode="decimal" value={amount} onInput={(text) => onChange({ amount: text, days })} />
      {left.length === 0 || days !== undefined ? null : <p class="small soft">{change.kept(left.map(({ dueOn }) => tellDate(dueOn, language)).join(change.between))}</p>}
      <label class="tick">
        <input
          type="checkbox"
          checked={days !== undefined}
          // Until it is known what is not paid yet there is nothing to begin with.
          disabled={asked.state === 'loading' && latestOf(asked) === undefined}
          onChange={(event) => onChange({ amount, days: event.currentTarget.checked ? (left.length === 0 ? [emptyInstalment] : left.map(({ dueOn, amountFen, offsetFen }) => ({ due: dueOn, amount: formatYuan(amountFen - offsetFen) }))) : undefined })}
        />
        <span>{change.days}</span>
      </label>
      {days === undefined ? null : (
        <InstalmentFields heading={change.daysHeading} days={days} totalFen={isFit ? Math.max(0, totalFen - givenFen) : undefined} onChange={(written) => onChange({ amount, days: written })} />
      )}
    </div>
  );
}
