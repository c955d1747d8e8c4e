// What an organisation applies for, for everybody of a list: the benefits, papers of its own, and filing.
import { useContext, useRef, useState } from 'preact/hooks';
import { getImportEndpoint } from '../../../src/contract/imports-endpoints.ts';
import { fileFromImport } from '../../../src/contract/intake-endpoints.ts';
import { listPolicies } from '../../../src/contract/packs-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { linkTo } from '../address.ts';
import { PaperField } from '../apply/apply-paper-field.tsx';
import { useHiresWords } from './hires-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAct, useAsked } from '../use-call.ts';
import { useEvidenceKind } from '../apply/use-evidence-kind.ts';

/** The choice for the list of an import. */
export function HiresChoose({ importId, organisationId }: { importId: string; organisationId: string }) {
  const words = useHiresWords();
  const language = useContext(OfficeLanguageContext);
  const list = useAsked((signal) => call(getImportEndpoint, { params: { importId }, signal }), [importId]);
  const policies = useAsked((signal) => call(listPolicies, { signal }), []);
  const kindOf = useEvidenceKind();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [text, setText] = useState('');
  const [filesUnlikely, setFilesUnlikely] = useState(false);
  const [papers, setPapers] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string>();
  const { isBusy, refusal, run } = useAct();
  // The same list sent again is the same application.
  const key = useRef(crypto.randomUUID());
  const offered = policies.state !== 'there' ? [] : policies.value.data.items.flatMap(({ policyId, short, benefits }) => benefits.filter(({ subjects }) => subjects.includes('person')).map(({ benefitId, title }) => ({ key: `${policyId}/${benefitId}`, policyId, benefitId, title, policy: short })));
  const found = offered.filter(({ title }) => title[language].toLowerCase().includes(text.trim().toLowerCase()));
  const send = (): void => {
    if (ticked.length === 0) return setProblem(words.pick);
    run(async () => {
      const benefits = offered.filter((one) => ticked.includes(one.key)).map(({ policyId, benefitId }) => ({ policyId, benefitId }));
      const { data } = await call(fileFromImport, { body: { importId, benefits, evidenceIds: [...papers], filesUnlikely }, key: key.current }, language);
      location.hash = linkTo(['hires', data.applicationId]);
    });
  };
  const one = list.state === 'there' ? list.value.data : undefined;
  return (
    <div class="apply">
      <p class="small"><a href={linkTo(['hires'])}>{words.back}</a></p>
      <div>
        <h1 id="title" tabIndex={-1}>{words.choose}</h1>
        {one === undefined ? null : <p><b>{one.fileName}</b> · {words.people} {(one.rowsTotal ?? one.rowsRead).toLocaleString('en')}</p>}
        <p class="soft">{words.chooseLead}</p>
      </div>
      {list.state === 'refused' ? <RefusalNotice refusal={list.refusal} onRetry={list.again} /> : null}
      {policies.state === 'refused' ? <RefusalNotice refusal={policies.refusal} onRetry={policies.again} /> : null}
      <label class="search-field apply-find">
        <span class="unseen">{words.findBenefit}</span>
        <input class="input" type="search" value={text} placeholder={words.findBenefit} aria-label={words.findBenefit} maxLength={60} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <ul class="choices hires-benefits" role="list">
        {found.map((benefit) => (
          <li key={benefit.key}>
            <label class={`choice${ticked.includes(benefit.key) ? ' is-taken' : ''}`}>
              <input
                type="checkbox"
                checked={ticked.includes(benefit.key)}
                onChange={() => {
                  setProblem(undefined);
                  setTicked((now) => (now.includes(benefit.key) ? now.filter((other) => other !== benefit.key) : [...now, benefit.key]));
                }}
              />
              <span class="choice-words">
                <span>{benefit.title[language]}</span>
                <span class="choice-hint">{benefit.policy[language]}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <Disclosure label={words.papers}>
        <div class="apply-more">
          <p class="small soft">{words.papersHint}</p>
          <PaperField partyId={organisationId} kind={kindOf('')} onReady={({ evidenceId }) => setPapers((now) => [...new Set([...now, evidenceId])])} />
        </div>
      </Disclosure>
      <label class="tick">
        <input type="checkbox" checked={filesUnlikely} onChange={(event) => setFilesUnlikely(event.currentTarget.checked)} />
        <span>{words.unlikely} <span class="small soft">{words.unlikelyHint}</span></span>
      </label>
      <FieldProblem>{problem}</FieldProblem>
      <RefusalNotice refusal={refusal} />
      <div><Button tone="primary" isBusy={isBusy} onPress={send}>{words.send(ticked.length)}</Button></div>
    </div>
  );
}
