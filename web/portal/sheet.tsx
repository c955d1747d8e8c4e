// The overview on paper: one letter with everything that somebody takes to a counter. It is what printing any page gives.
import { useContext } from 'preact/hooks';
import { formatYuan } from '../../src/policy/index.ts';
import { useWords } from '../i18n/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Mark } from '../ui/mark.tsx';
import { MarksContext } from './result-item.tsx';
import { shelve } from './sort-results.ts';
import type { ResultView, VisitView } from './view.ts';

/** The sheet; `hasTitle` where it is the page itself, so that its heading takes the focus. */
export function Sheet({ view, hasTitle }: { view: VisitView; hasTitle: boolean }) {
  const all = useWords();
  const words = all.sheet;
  const certain = view.certain.filter(({ isLeft }) => !isLeft);
  const choices = view.choices.filter((choice) => choice.options.some(({ isSure }) => isSure));
  const isOfMany = view.levels.length > 1;
  const marks = useContext(MarksContext);
  const isMarked = [...certain, ...view.possible, ...view.excluded].some(({ policy, benefit }) => marks.has(`${policy}/${benefit}`));
  const told = view.answered.filter((answer) => answer.told !== undefined);
  return (
    <article class="sheet">
      <header class="sheet-head">
        <Mark size={36} />
        <div>
          {hasTitle ? <h1 id="title" tabIndex={-1}>{view.city[view.language]}{words.title}</h1> : <p class="sheet-title">{view.city[view.language]}{words.title}</p>}
          <p class="small soft">{words.made(view.dateTold)} · {view.policyTitle}</p>
        </div>
      </header>
      <section>
        <h2>{words.answers}</h2>
        {told.length === 0 ? <p>{words.nothing}</p> : (
          <dl>
            {told.map((answer) => (
              <div key={answer.fact}>
                <dt>{answer.title}</dt>
                <dd>{answer.told}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <section>
        <h2>{words.certain}</h2>
        {certain.length === 0 ? <p>{words.nothing}</p> : (
          <table>
            <thead>
              <tr>
                <th scope="col">{words.what}</th>
                <th scope="col">{words.office}</th>
                <th scope="col">{words.clause}</th>
                <th scope="col" class="figure">{words.amount}</th>
              </tr>
            </thead>
            <tbody>
              {certain.map((result) => (
                <tr key={`${result.policy} ${result.benefit}`}>
                  <th scope="row">
                    <Title result={result} isOfMany={isOfMany} />
                  </th>
                  <td>{result.lead}</td>
                  <td>{result.clause}</td>
                  <td class="figure">
                    <Amount told={result.amountTold === '' ? (result.termTold ?? '') : result.amountTold} isCertain />
                  </td>
                </tr>
              ))}
            </tbody>
            {view.certainFen === 0 ? null : (
              <tfoot>
                <tr>
                  <th scope="row" colSpan={3}>{words.total}</th>
                  <td class="figure">
                    <Amount told={all.sum(formatYuan(view.certainFen))} isCertain />
                  </td>
                </tr>
              </tfoot>
            )}
          </table>
        )}
      </section>
      {view.calendar.length === 0 ? null : (
        <section>
          <h2>{words.calendar}</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.date}</th>
                <th scope="col">{words.what}</th>
                <th scope="col" class="figure">{words.amount}</th>
              </tr>
            </thead>
            <tbody>
              {view.calendar.map((payment, at) => (
                <tr key={at}>
                  <td>
                    <time dateTime={payment.due}>{payment.dueTold}</time>
                    {payment.isPast ? <span class="soft"> · {all.result.paid}</span> : null}
                  </td>
                  <td>{payment.title}</td>
                  <td class="figure">{all.sum(formatYuan(payment.fen))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {choices.length === 0 ? null : (
        <section>
          <h2>{words.choices}</h2>
          {choices.map((choice) => (
            <div key={choice.id}>
              <p>{choice.words}</p>
              <ul class="sheet-choices">
                {choice.options.map((option) => (
                  <li key={option.benefit}>
                    {option.isTaken ? '☑' : '☐'} {option.title} · {all.result.total(formatYuan(option.totalFen))}
                    {option.isSure ? '' : ` · ${all.result.notSure}`}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      )}
      <Rows title={words.possible} last={words.state} isOfMany={isOfMany} results={view.possible} tell={(result) => result.stateTold} />
      <Rows title={words.excluded} last={words.reason} isOfMany={isOfMany} results={view.excluded} tell={(result) => result.stateTold} />
      {view.named.length === 0 ? null : (
        <section>
          <h2>{words.named}</h2>
          <ul>
            {view.named.map(({ id, title, by }) => (
              <li key={id}>{title} · {by}</li>
            ))}
          </ul>
        </section>
      )}
      {isMarked ? <p class="sheet-note">{words.marks}</p> : null}
      <footer class="small soft">{words.foot}</footer>
    </article>
  );
}

/** A benefit's title, with the jurisdiction that gives it where several do, and a mark where a reading decides. */
function Title({ result, isOfMany }: { result: ResultView; isOfMany: boolean }) {
  const isMarked = useContext(MarksContext).has(`${result.policy}/${result.benefit}`);
  const words = useWords().result;
  return (
    <>
      {result.title}
      {isOfMany ? <span class="sheet-level">{result.levelTitle}</span> : null}
      {isMarked ? <span class="sheet-mark">{words.mark}</span> : null}
    </>
  );
}

function Rows({ title, last, isOfMany, results, tell }: { title: string; last: string; isOfMany: boolean; results: readonly ResultView[]; tell: (result: ResultView) => string }) {
  const words = useWords().sheet;
  if (results.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <table class="sheet-rows">
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{last}</th>
            <th scope="col">{words.clause}</th>
            <th scope="col" class="figure">{words.amount}</th>
          </tr>
        </thead>
        <tbody>
          {shelve(results).flatMap((shelf) => shelf.results).map((result) => (
            <tr key={`${result.policy} ${result.benefit}`}>
              <th scope="row">
                <Title result={result} isOfMany={isOfMany} />
              </th>
              <td>{tell(result)}</td>
              <td>{result.clause}</td>
              <td class="figure">
                <Amount told={result.amountTold} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
