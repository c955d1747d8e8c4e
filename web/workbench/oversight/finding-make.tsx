// Recording a finding: which case, what was found, and who recommended; its payments are held from then on.
import { useContext, useState } from 'preact/hooks';
import { getCaseEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { recordFindingEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { listOrganisations } from '../../../src/contract/search-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import { type ChosenCase, FindingCase } from './finding-case.tsx';
import { useFindingWords } from './finding-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import type { SectionPage } from '../section-page.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

interface Recommender {
  readonly partyId: string;
  readonly name: string;
}

const isId = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f-]{36}$/.test(text);

/** The form; the address may name the case, the plan and the report. */
export function MakeFindingPage({ query }: SectionPage) {
  const words = useFindingWords();
  const { make } = words;
  const language = useContext(OfficeLanguageContext);
  const { case: caseId, plan: planId, report: reportId } = query;
  const given = useAsked(async (signal) => {
    if (!isId(caseId)) return undefined;
    const { data } = await call(getCaseEndpoint, { params: { caseId }, signal }, language);
    return { caseId, caseNumber: data.caseNumber, told: `${data.subject.name} · ${data.benefitTitle[language]} · ${data.statusWords}` };
  }, [caseId, language]);
  const [own, setOwn] = useState<ChosenCase>();
  const [text, setText] = useState('');
  const [recommenders, setRecommenders] = useState<readonly Recommender[]>([]);
  const [isLooked, setLooked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run } = useAct();
  const chosen = given.state === 'there' && given.value !== undefined ? given.value : own;
  return (
    <>
      <p><a href={linkTo(['inspections', 'findings'])}>{make.back}</a></p>
      <section class="card" aria-label={make.heading}>
        <h1>{make.heading}</h1>
        <p class="soft">{make.lead}</p>
        {given.state === 'refused' ? <RefusalNotice refusal={given.refusal} onRetry={given.again} /> : null}
        {isId(caseId) ? (chosen === undefined ? null : <p><span class="soft">{make.case}</span><br /><b>{chosen.told}</b> <span class="soft number">{chosen.caseNumber}</span></p>) : <FindingCase label={make.case} chosen={own} onChoose={setOwn} />}
        <FieldProblem>{isLooked && chosen === undefined ? words.missing : undefined}</FieldProblem>
        {isId(planId) ? <p class="small soft">{make.rests} <a href={linkTo(['inspections', 'plan', planId])}>{make.plan}</a></p> : null}
        {isId(reportId) ? <p class="small soft">{make.rests} <a href={linkTo(['reports', reportId])}>{make.report}</a></p> : null}
        <AskOnce
          label={make.go}
          tone="primary"
          warning={make.warning}
          sure={make.sure}
          isBusy={isBusy}
          mayOpen={() => {
            setLooked(true);
            return chosen !== undefined && text.trim() !== '';
          }}
          onSure={() => run(async () => {
            if (chosen === undefined) return;
            const body = { caseId: chosen.caseId, text: text.trim(), recommenderIds: recommenders.map(({ partyId }) => partyId), ...(isId(planId) ? { planId } : {}), ...(isId(reportId) ? { reportId } : {}) };
            const { data } = await call(recordFindingEndpoint, { body, key });
            location.hash = linkTo(['inspections', 'findings', data.findingId]);
          })}
        >
          <ReasonField label={make.text} hint={make.textHint} value={text} onInput={setText} rows={5} />
          <FieldProblem>{isLooked && text.trim() === '' ? words.missing : undefined}</FieldProblem>
          <Recommenders chosen={recommenders} onChoose={setRecommenders} />
          <p class="small soft">{make.liable}</p>
        </AskOnce>
        <RefusalNotice refusal={refusal} />
      </section>
    </>
  );
}

function Recommenders({ chosen, onChoose }: { chosen: readonly Recommender[]; onChoose: (chosen: readonly Recommender[]) => void }) {
  const { make } = useFindingWords();
  const [q, setQ] = useState('');
  const [found, setFound] = useState<readonly Recommender[]>();
  const { isBusy, refusal, run } = useAct();
  const rest = found?.filter(({ partyId }) => chosen.every((one) => one.partyId !== partyId));
  return (
    <div class="case-field">
      <div class="with-button">
        <TextField name="recommender" label={make.recommenders} hint={make.recommendersHint} value={q} onInput={setQ} maxLength={100} />
        <Button isBusy={isBusy} isDisabled={q.trim() === ''} onPress={() => run(async () => setFound((await call(listOrganisations, { query: { q: q.trim(), limit: '5' } })).data.items))}>{make.search}</Button>
      </div>
      <RefusalNotice refusal={refusal} />
      {found?.length === 0 ? <p class="soft" role="status">{make.noOrganisation}</p> : null}
      {rest === undefined || rest.length === 0 ? null : (
        <ul class="picked" role="list">
          {rest.map((one) => (
            <li key={one.partyId}><button type="button" class="text-act" onClick={() => {
              onChoose([...chosen, one]);
              setFound(undefined);
              setQ('');
            }}>{one.name}</button></li>
          ))}
        </ul>
      )}
      {chosen.length === 0 ? null : (
        <ul class="picked" role="list">
          {chosen.map((one) => <li key={one.partyId}><b>{one.name}</b> <button type="button" class="text-act" onClick={() => onChoose(chosen.filter(({ partyId }) => partyId !== one.partyId))}>{make.take(one.name)}</button></li>)}
        </ul>
      )}
    </div>
  );
}
