// One commitment: the money promised by a decision, where it is now, and its entries.
import { getLedgerPart } from '../../../src/contract/ledger-endpoints.ts';
import { call } from '../../client/call.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Entries } from './fund-entries.tsx';
import { useTellMoney } from './fund-figures.ts';
import { linkToAccount } from './fund-states-page.tsx';
import { useMoneyWords } from '../money-words.ts';
import { useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAsked } from '../use-call.ts';

const places = ['committed', 'paying', 'paid', 'released', 'receivable', 'recovered', 'writtenOff'] as const;

/** The page of a commitment. */
export function PartPage({ partId }: { partId: string }) {
  const words = useMoneyWords();
  const office = useOfficeWords();
  const { sum } = useTellMoney();
  const { part } = words;
  const asked = useAsked((signal) => call(getLedgerPart, { params: { partId }, signal }), [partId]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (asked.state === 'loading') return <EmptyState>{office.loading}</EmptyState>;
  const one = asked.value.data;
  return (
    <div class="money">
      <p><a href={linkToAccount(one)}>{part.back}</a></p>
      <div>
        <h1>{part.heading(sum(one.amount, one.unit))}</h1>
        <p class="soft">{words.account.of(one.fund, one.year)}<br />{part.lead}</p>
      </div>
      <dl class="sums money-sums">
        {places.filter((place) => one[place] !== 0).map((place) => (
          <div key={place} class="sum">
            <dt>{part[place]}</dt>
            <dd>{sum(one[place], one.unit)}</dd>
          </div>
        ))}
      </dl>
      <section class="money">
        <h2>{part.history}</h2>
        <Entries label={part.history} question={{ unit: one.unit, partId }} />
      </section>
    </div>
  );
}
