// The last look before filing: what is asked for, what is said, which papers go along.
import { useContext, useState } from 'preact/hooks';
import { tellDate } from '../../../src/policy/index.ts';
import { Button } from '../../ui/button.tsx';
import { ToldFacts } from './apply-known.tsx';
import type { Outlook } from './apply-outlook.ts';
import type { PapersGiven } from './apply-papers.tsx';
import type { ApplyQuestions } from './apply-questions.ts';
import { useApplyWords } from './apply-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';

/** Everything once more, with the way back to each part. */
export function ApplySummary({ outlook, questions, chosen, calculated, papers, isBusy, onGo, onFile }: {
  outlook: Outlook;
  questions: ApplyQuestions;
  chosen: readonly string[];
  calculated: readonly string[];
  papers: PapersGiven;
  isBusy: boolean;
  onGo: (stage: 'choose' | 'known' | 'papers') => void;
  onFile: () => void;
}) {
  const { summary: words, choose } = useApplyWords();
  const language = useContext(OfficeLanguageContext);
  const [isTrue, setTrue] = useState(false);
  const benefits = outlook.benefits.filter(({ policyId, benefitId }) => chosen.includes(`${policyId}/${benefitId}`));
  const here = [...outlook.papers.flatMap(({ kind, en, there }) => (there === null ? [] : [language === 'zh' ? kind : en])), ...papers.own.map(({ kind, fileName }) => `${kind} · ${fileName}`)];
  return (
    <>
      <h1 id="title" tabIndex={-1}>{words.heading}</h1>
      <section class="card apply-card">
        <Heading title={words.benefits} onChange={() => onGo('choose')} />
        <ul class="apply-lines" role="list">
          {benefits.map(({ policyId, benefitId, title, policyTitle, status, amountWords, reasons }) => (
            <li key={`${policyId}/${benefitId}`}>
              <span>
                <b>{title[language]}</b> <span class="small soft">{policyTitle[language]}</span>
                {status === 'no' ? <span class="apply-tag small is-no">{choose.unlikely}</span> : <span class="small"> {amountWords}</span>}
                {reasons.length === 0 ? null : <span class="apply-reason small soft">{reasons.join(language === 'zh' ? '；' : '; ')}</span>}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {outlook.told.length === 0 ? null : (
        <section class="card apply-card">
          <Heading title={words.own} onChange={() => onGo('known')} />
          <ToldFacts outlook={outlook} questions={questions} calculated={calculated} />
        </section>
      )}
      <section class="card apply-card">
        <Heading title={words.papers} onChange={() => onGo('papers')} />
        {here.length === 0 ? <p class="soft">{words.noPapers}</p> : <ul class="apply-lines" role="list">{here.map((one) => <li key={one}>{one}</li>)}</ul>}
        {papers.promises.length === 0 ? null : (
          <p>{words.promises}{language === 'zh' ? '：' : ': '}{papers.promises.map(({ paper, dueOn }) => `${paper} (${tellDate(dueOn, language)})`).join(language === 'zh' ? '、' : ', ')}</p>
        )}
      </section>
      <label class="tick">
        <input type="checkbox" checked={isTrue} onChange={(event) => setTrue(event.currentTarget.checked)} />
        <span>{words.true}</span>
      </label>
      <div><Button tone="primary" isBusy={isBusy} isDisabled={!isTrue} onPress={onFile}>{words.file(benefits.length)}</Button></div>
    </>
  );
}

function Heading({ title, onChange }: { title: string; onChange: () => void }) {
  const { summary: words } = useApplyWords();
  return (
    <div class="apply-heading">
      <h2>{title}</h2>
      <Button tone="quiet" label={words.changeOf(title)} onPress={onChange}>{words.change}</Button>
    </div>
  );
}
