// Names the fund of an instalment for which no document names one: of those that have a budget in its year.
import { useState } from 'preact/hooks';
import { listFundStates } from '../../../src/contract/ledger-endpoints.ts';
import { nameFundEndpoint } from '../../../src/contract/payments-endpoints.ts';
import { call } from '../../client/call.ts';
import { FieldProblem } from '../../ui/field.tsx';
import { linkTo } from '../address.ts';
import { useTellMoney } from '../funds/fund-figures.ts';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { ActNotice } from './payment-act-notice.tsx';
import { AskOnce } from './payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

const MOST_FUNDS = 200;

/** The form; `year` is that of the day on which the instalment is due, `missingFen` what no fund pays yet. */
export function NameFund({ instalmentId, year, missingFen, onDone }: { instalmentId: string; year: number; missingFen: number; onDone: () => void }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum } = useTellMoney();
  const { nameFund } = words;
  const asked = useAsked((signal) => call(listFundStates, { query: { unit: 'fen', fromYear: year, toYear: year, limit: MOST_FUNDS }, signal }), [year]);
  const [chosen, setChosen] = useState('');
  const [paper, setPaper] = useState('');
  const [andLater, setAndLater] = useState(true);
  const [isLooked, setLooked] = useState(false);
  const { isBusy, refusal, run, forget } = useAct();
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading' && asked.before === undefined) return <p class="soft">{office.loading}</p>;
  const states = (asked.state === 'there' ? asked.value : asked.before)?.data.items ?? [];
  const open = states.filter(({ isOpen }) => isOpen);
  const keyOf = (state: (typeof open)[number]): string => `${state.jurisdictionCode} ${state.fund}`;
  const one = open.find((state) => keyOf(state) === chosen);
  if (open.length === 0) return <p>{nameFund.none(year)} <a href={linkTo(['funds', 'budgets'], { new: '1', year: String(year) })}>{nameFund.toBudget}</a></p>;
  return (
    <>
      <AskOnce
        label={nameFund.go}
        tone="primary"
        warning={one === undefined ? '' : nameFund.warning(one.fund, sum(missingFen), year)}
        sure={nameFund.sure}
        isBusy={isBusy}
        mayOpen={() => {
          setLooked(true);
          return one !== undefined && paper.trim() !== '';
        }}
        onSure={() => run(async () => {
          if (one === undefined) return;
          await call(nameFundEndpoint, { params: { instalmentId }, body: { fund: one.fund, jurisdictionCode: one.jurisdictionCode, document: paper.trim(), andLater } });
          onDone();
        })}
      >
        <p class="soft">{nameFund.lead(sum(missingFen), year)}</p>
        <SelectField label={nameFund.fund} value={chosen} options={[['', nameFund.choose] as const, ...open.map((state) => [keyOf(state), nameFund.option(state.fund, state.jurisdictionName, sum(state.free))] as const)]} onChoose={setChosen} hasAll={false} />
        {/* A closed drop-down cuts off on a telephone what is left of the fund. */}
        {one === undefined ? null : <p class="small">{nameFund.option(one.fund, one.jurisdictionName, sum(one.free))}</p>}
        <FieldProblem>{isLooked && one === undefined ? nameFund.missing : undefined}</FieldProblem>
        <TextField name="document" label={words.instalment.cancelDocument} hint={nameFund.documentHint} value={paper} onInput={setPaper} problem={isLooked && paper.trim() === '' ? words.budgets.missing : undefined} maxLength={200} />
        <label class="tick">
          <input type="checkbox" checked={andLater} onChange={(event) => setAndLater(event.currentTarget.checked)} />
          <span>{nameFund.later}</span>
        </label>
      </AskOnce>
      <ActNotice refusal={refusal} onFresh={() => {
        forget();
        onDone();
      }} />
    </>
  );
}
