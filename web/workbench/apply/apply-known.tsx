// What an application rests on: what is on record with its origin, what she says herself, and what is still missing.
import { useContext } from 'preact/hooks';
import { tellDate } from '../../../src/policy/index.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import type { Outlook } from './apply-outlook.ts';
import type { ApplyQuestions } from './apply-questions.ts';
import { useApplyWords } from './apply-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';

/** The facts, each with where it comes from; `onAsk` asks one again. */
export function ApplyKnown({ outlook, questions, calculated, onAsk }: { outlook: Outlook; questions: ApplyQuestions; calculated: readonly string[]; onAsk: (name: string) => void }) {
  const { known: words } = useApplyWords();
  const leftOut = outlook.leftOut.filter(({ because }) => because !== 'unfit');
  return (
    <>
      <h1 id="title" tabIndex={-1}>{words.heading}</h1>
      {outlook.told.length === 0 ? null : (
        <section class="card apply-card">
          <h2>{words.own}</h2>
          <p class="small soft">{words.ownLead}</p>
          <ToldFacts outlook={outlook} questions={questions} calculated={calculated} onAsk={onAsk} />
        </section>
      )}
      {outlook.missing.length === 0 ? null : (
        <section class="card apply-card">
          <h2>{words.missing}</h2>
          <p class="small soft">{words.missingLead}</p>
          <ul class="apply-lines" role="list">
            {outlook.missing.map(({ name, suppliers, canDeclare }) => (
              <li key={name}>
                <span>{questions.nameOf(name)} <span class="small soft">{suppliers.filter((one) => one !== 'self' || canDeclare).map((one) => words.from[one]).join(questions.language === 'zh' ? '，或' : ', or ')}</span></span>
                {canDeclare ? <Button tone="quiet" label={words.answerOf(questions.nameOf(name))} onPress={() => onAsk(name)}>{words.answer}</Button> : null}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card apply-card">
        <h2>{words.record}</h2>
        <p class="small soft">{outlook.facts.length === 0 ? words.recordNone : words.lead}</p>
        <dl class="pairs apply-pairs">
          {outlook.facts.flatMap((fact) => [<dt key={`${fact.name}-name`}>{questions.nameOf(fact.name)}</dt>, <dd key={fact.name}>{questions.tell(fact.name, fact.value)} <From fact={fact} /></dd>])}
        </dl>
      </section>
      {leftOut.length === 0 ? null : (
        <Disclosure label={words.leftOut} count={String(leftOut.length)}>
          <ul class="apply-lines" role="list">{leftOut.map(({ name, because }) => <li key={name}><span>{questions.nameOf(name)} <span class="small soft">{because === 'unfit' ? '' : words.because[because]}</span></span></li>)}</ul>
        </Disclosure>
      )}
    </>
  );
}

function From({ fact }: { fact: Outlook['facts'][number] }) {
  const { known: words } = useApplyWords();
  const language = useContext(OfficeLanguageContext);
  const source = fact.origin === null ? (words.sources[fact.source] ?? '') : words.origins[fact.origin];
  return <span class="small soft">{[source, ...(fact.asOf === null ? [] : [words.asOf(tellDate(fact.asOf, language))])].filter((part) => part !== '').join(' · ')}</span>;
}

/** What she says herself, with what of it comes from the calculator. */
export function ToldFacts({ outlook, questions, calculated, onAsk }: { outlook: Outlook; questions: ApplyQuestions; calculated: readonly string[]; onAsk?: (name: string) => void }) {
  const { known: words } = useApplyWords();
  return (
    <ul class="apply-lines" role="list">
      {outlook.told.map(({ name, value }) => (
        <li key={name}>
          <span>
            <span class="soft">{questions.nameOf(name)}</span> {questions.tell(name, value)}
            {calculated.includes(name) ? <span class="apply-tag small">{words.calculated}</span> : null}
          </span>
          {onAsk === undefined ? null : <Button tone="quiet" label={words.changeOf(questions.nameOf(name))} onPress={() => onAsk(name)}>{words.change}</Button>}
        </li>
      ))}
    </ul>
  );
}
