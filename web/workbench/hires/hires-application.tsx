// One application for a list: how far it is, what became of each person, and the results as a file.
import { useContext, useEffect, useState } from 'preact/hooks';
import { exportApplicationRows, getApplication, listApplicationRows } from '../../../src/contract/intake-endpoints.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { linkTo } from '../address.ts';
import { HiresAccounts } from './hires-accounts.tsx';
import { useHiresWords } from './hires-words.ts';
import type { Me } from '../me.ts';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { RowsTable } from '../rows-table.tsx';
import { SelectField } from '../select-field.tsx';
import { useTellInstant } from '../tell-instant.ts';
import { latestOf, useAct, useAsked } from '../use-call.ts';

type Row = Answer<typeof listApplicationRows>['data']['items'][number];
type Outcome = NonNullable<Row['outcome']>;

const LOOK_MS = 1000;
const outcomes: readonly Outcome[] = ['filed', 'exists', 'unlikely', 'left', 'refused', 'checking'];
const countNames = ['filed', 'exists', 'unlikely', 'left', 'refused', 'checking', 'missing'] as const;

/** Looks again while the server works on it. */
export function HiresApplication({ applicationId, me }: { applicationId: string; me: Me }) {
  const words = useHiresWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const tellInstant = useTellInstant();
  const asked = useAsked((signal) => call(getApplication, { params: { applicationId }, signal }, language), [applicationId, language]);
  const application = latestOf(asked)?.data;
  const list = application?.list ?? undefined;
  const isUnderway = list?.state === 'waiting' || list?.state === 'running';
  useEffect(() => {
    if (!isUnderway || asked.state !== 'there') return;
    const timer = setTimeout(asked.again, LOOK_MS);
    return () => clearTimeout(timer);
  }, [asked.state, isUnderway]);
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (application === undefined) return <EmptyState>{office.loading}</EmptyState>;
  return (
    <>
      <p class="small no-print"><a href={linkTo(['hires'])}>{words.back}</a></p>
      <div>
        <h1>{words.heading}</h1>
        <p class="soft">{application.applicant.name} · {tellInstant(application.filedAt)}</p>
      </div>
      {list === undefined ? null : (
        <section class="card wide-card">
          <p class="import-state" role="status"><b>{words.states[list.state]}</b> <span class="soft">{words.progress(list.rowsDone, list.rowsTotal)}</span></p>
          {isUnderway ? <progress class="bar" aria-label={words.state} max={Math.max(1, list.rowsTotal)} value={list.rowsDone} /> : null}
          {isUnderway ? <p class="small soft">{words.rowsLead}</p> : null}
          <dl class="sums">
            {countNames.map((name) => (
              <div key={name} class={name === 'refused' && list.counts.refused > 0 ? 'sum is-wrong' : 'sum'}>
                <dt>{words.counts[name]}</dt>
                <dd>{list.counts[name].toLocaleString('en')}</dd>
              </div>
            ))}
          </dl>
          <p class="no-print"><a href={linkTo(['agent-cases'])}>{words.cases}</a></p>
          {list.state === 'done' ? <HiresAccounts me={me} /> : null}
        </section>
      )}
      <Rows applicationId={applicationId} round={list?.rowsDone ?? 0} />
    </>
  );
}

function Rows({ applicationId, round }: { applicationId: string; round: number }) {
  const words = useHiresWords();
  const language = useContext(OfficeLanguageContext);
  const [outcome, setOutcome] = useState<Outcome>();
  const [more, setMore] = useState<readonly Row[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const { isBusy, refusal, run } = useAct();
  const query = outcome === undefined ? {} : { outcome };
  const params = { applicationId };
  const asked = useAsked(async (signal) => {
    const { data } = await call(listApplicationRows, { params, query, signal }, language);
    setMore([]);
    setCursor(data.nextCursor);
    return data.items;
  }, [applicationId, outcome, round, language]);
  const first = latestOf(asked);
  const rows = [...(first ?? []), ...more];
  return (
    <section class="office">
      <div class="list-head">
        <h2>{words.rows}</h2>
        <a href={addressOf(exportApplicationRows, params)} download>{words.sheet}</a>
      </div>
      <div class="list-filters">
        <SelectField label={words.outcome} value={outcome ?? ''} options={outcomes.map((one) => [one, words.outcomes[one]] as const)} onChoose={(chosen) => setOutcome(outcomes.find((one) => one === chosen))} />
      </div>
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {first === undefined ? null : (
        <RowsTable<Row>
          label={words.rows}
          rows={rows}
          empty={words.none}
          keyOf={({ row, benefitId }) => `${row} ${benefitId}`}
          columns={[
            { key: 'who', title: words.who, cell: ({ subject }) => subject.name },
            { key: 'benefit', title: words.benefit, cell: ({ title }) => title[language] },
            { key: 'outcome', title: words.outcome, cell: ({ outcomeWords }) => outcomeWords },
            { key: 'case', title: words.case, cell: ({ caseId, caseNumber }) => (caseId === null ? '' : <a class="number" href={linkTo(['agent-cases', caseId])}>{caseNumber ?? words.case}</a>) },
            { key: 'why', title: words.why, cell: ({ reasons, missing }) => [...reasons, ...(missing.length === 0 ? [] : [words.missing(missing.join(language === 'zh' ? '、' : ', '))])].join(language === 'zh' ? '；' : '; ') },
          ]}
        />
      )}
      <RefusalNotice refusal={refusal} />
      {cursor === null ? null : (
        <p class="list-more"><Button isBusy={isBusy} onPress={() => run(async () => {
          const { data } = await call(listApplicationRows, { params, query: { ...query, cursor } }, language);
          setMore((now) => [...now, ...data.items]);
          setCursor(data.nextCursor);
        })}>{words.more}</Button></p>
      )}
    </section>
  );
}
