// The result, read like a letter: what you get, when and from whom; what you could get; what not, and why.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Addresses } from '../../src/manual/addresses.ts';
import { formatYuan } from '../../src/policy/index.ts';
import type { PageWords } from '../i18n/chinese.ts';
import { useWords } from '../i18n/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Button } from '../ui/button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Phrased } from '../ui/phrased.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { ChoiceBlock } from './choice-block.tsx';
import { LevelsContext, MarksContext, ResultItem } from './result-item.tsx';
import { byQuestion, shelve, waitsFor } from './sort-results.ts';
import type { Marks } from './use-marks.ts';
import type { AnsweredView, ChoiceView, ResultView, VisitView } from './view.ts';

export interface ResultsOptions {
  readonly view: VisitView;
  /** Which jurisdiction is shown, and the way to another. */
  readonly placeBar: ComponentChildren;
  /** The readings that decide, as soon as they are worked out. */
  readonly marks: Marks;
  /** That she does not work where the policies shown are, in words, where that is so. */
  readonly awayTold: string | undefined;
  readonly onAsk: (fact: string) => void;
  readonly onContinue: () => void;
  readonly onTake: (choice: string, benefit: string) => void;
  readonly onSheet: () => void;
  /** Leads to the choice among all jurisdictions. */
  readonly onPlace: () => void;
  readonly onClear: () => void;
}

/** How many of a list are seen before the rest is folded. */
const seen = 3;

/** The whole answer of a visit. */
export function ResultsPage(options: ResultsOptions) {
  const { view: whole, placeBar, marks, onAsk, onTake } = options;
  const words = useWords().result;
  const [level, setLevel] = useState<string>();
  const view = level === undefined ? whole : atLevel(whole, level);
  // Whoever gets nothing for certain reads why at once.
  const isNothing = view.certain.length === 0 && view.question === undefined;
  // A choice is one when something of it is certain; before that it is only a prospect.
  const ripe = view.choices.filter(isRipe);
  const undated = view.certain.filter((result) => !result.isLeft && result.payments.length === 0 && result.amountTold !== '' && result.kind !== 'loan');
  const taken = [...view.certain].sort((a, b) => Number(a.isLeft) - Number(b.isLeft));
  return (
    <MarksContext.Provider value={marks}>
      <LevelsContext.Provider value={whole.levels.length > 1}>
        <div class="letter">
          <div class="letter-top">
            {placeBar}
            <LetterHead {...options} />
            <Levels view={whole} level={level} onLevel={setLevel} />
          </div>
          <div class="letter-get">
            {taken.length === 0 ? null : (
              <Chapter title={words.youGet} count={words.many(taken.length)}>
                <ResultList results={taken} onAsk={onAsk} />
              </Chapter>
            )}
            {ripe.length === 0 ? null : (
              <Chapter title={words.choose}>
                <p class="soft">{words.chooseLead}</p>
                <ChoiceBlocks choices={ripe} onTake={onTake} />
              </Chapter>
            )}
          </div>
          {view.calendar.length === 0 && undated.length === 0 ? null : (
            <div class="letter-when">
              <Chapter title={words.when}>
                <Calendar view={view} />
                {undated.length === 0 ? null : (
                  <>
                    <h3 class="undated-title small soft">{words.undated}</h3>
                    <ul class="undated" role="list">
                      {undated.map((result) => (
                        <li key={`${result.policy} ${result.benefit}`}>
                          <span>{result.title}</span>
                          <Amount told={result.amountTold} isCertain />
                        </li>
                      ))}
                    </ul>
                  </>
                )}
              </Chapter>
            </div>
          )}
          <div class="letter-open">
            {view.possible.length === 0 ? null : <Possible {...options} view={view} />}
            {view.excluded.length === 0 ? null : (
              <Chapter title={words.notYours} count={words.many(view.excluded.length)}>
                <p class="soft">{words.notYoursLead}</p>
                <Folded results={shelve(view.excluded).flatMap(({ results }) => results)} isOpen={isNothing} onAsk={onAsk} />
              </Chapter>
            )}
          </div>
          <div class="letter-answers">
            <Answers {...options} />
            <Named view={whole} />
          </div>
        </div>
      </LevelsContext.Provider>
    </MarksContext.Provider>
  );
}

/** The result of one jurisdiction alone; sums stay those of all, since the plan is one. */
function atLevel(view: VisitView, level: string): VisitView {
  const own = (results: readonly ResultView[]): readonly ResultView[] => results.filter(({ city }) => city === level);
  return { ...view, certain: own(view.certain), possible: own(view.possible), excluded: own(view.excluded) };
}

/** Where several jurisdictions answer: all of them, or one alone. */
function Levels({ view, level, onLevel }: { view: VisitView; level: string | undefined; onLevel: (level: string | undefined) => void }) {
  const words = useWords().result;
  if (view.levels.length < 2) return null;
  const results = [...view.certain, ...view.possible, ...view.excluded];
  const option = (id: string | undefined, title: string, count: number) => (
    <li key={id ?? ''}>
      <button type="button" class="level-choice" aria-pressed={level === id} onClick={() => onLevel(id)}>
        {title}
        <span class="small soft">{count}</span>
      </button>
    </li>
  );
  return (
    <div class="levels">
      <p class="small soft" id="levels">{words.byLevel}</p>
      <ul role="list" aria-labelledby="levels">
        {option(undefined, words.allLevels, results.length)}
        {view.levels.map(({ id, title }) => option(id, title, results.filter(({ city }) => city === id).length))}
      </ul>
    </div>
  );
}

/** Documents that hold here too, of which nothing but the name is known. */
function Named({ view }: { view: VisitView }) {
  const words = useWords().result;
  if (view.named.length === 0) return null;
  const list = (
    <ul class="named" role="list">
      {view.named.map(({ id, title, words: said, by }) => (
        <li key={id}>
          <h3>{title}</h3>
          <span class="level-tag">{by}</span>
          <p class="small soft">{said}</p>
        </li>
      ))}
    </ul>
  );
  return (
    <Chapter title={words.named}>
      <p class="soft">{words.namedLead}</p>
      {view.named.length > 1 ? <Disclosure label={words.namedOnes(view.named.length)}>{list}</Disclosure> : list}
    </Chapter>
  );
}

function LetterHead({ view, awayTold, onContinue, onSheet, onPlace }: ResultsOptions) {
  const all = useWords();
  const words = all.result;
  const [before, figure, after] = words.certainTitle(formatYuan(view.certainFen));
  const hasResults = view.certain.length + view.possible.length + view.excluded.length > 0;
  const isMore = view.possibleFen > view.certainFen;
  return (
    <header class="letter-head">
      <p class="small soft">{words.asOf(view.dateTold, view.levels.length === 0 ? view.city[view.language] : view.levels.map(({ title }) => title).join(all.and))}</p>
      <h1 id="title" tabIndex={-1}>
        {view.certainFen > 0 ? (
          <>
            {before}
            <span class="headline-figure">{figure}</span>
            {after}
          </>
        ) : (
          <Phrased text={headline(view, all)} language={view.language} />
        )}
      </h1>
      <div class="lead">
        {awayTold === undefined || !hasResults ? null : <p>{awayTold}</p>}
        {isMore ? <p>{words.opening(formatYuan(view.possibleFen))}</p> : null}
        <p>{standing(view, words)}</p>
        {isMore && view.isMoreOpen ? <p class="small soft">{words.openingMore}</p> : null}
      </div>
      <div class="letter-acts">
        {view.question === undefined ? null : <Button tone="primary" iconAfter="on" onPress={onContinue}>{words.answerOn}</Button>}
        {hasResults ? <Button icon="sheet" tone="secondary" onPress={onSheet}>{words.sheet}</Button> : null}
        {hasResults && view.subject === 'person' ? (
          <a class="button quiet" href="/my/#/apply" onClick={() => sessionStorage.setItem('wutong-apply', JSON.stringify(view.certain.map(({ policy, benefit }) => `${policy}/${benefit}`)))}>{words.apply}</a>
        ) : null}
        {hasResults || !view.isInForce ? null : (
          <>
            <Button icon="place" tone="primary" onPress={onPlace}>{all.place.change}</Button>
            <a class="button secondary" href={new Addresses(view.language).menu()}>{all.menu}</a>
          </>
        )}
      </div>
      {hasResults && view.subject === 'person' ? <p class="small soft">{words.applyNote}</p> : null}
    </header>
  );
}

/** What there is without money that is certain, in one line. */
function headline(view: VisitView, { result: words, place }: PageWords): string {
  const certain = view.certain.filter(({ isLeft }) => !isLeft).length;
  const isOpen = view.question !== undefined || view.possible.some((result) => waitsFor(result) !== 'review');
  if (!view.isInForce) return words.noPolicy;
  if (view.certain.length + view.possible.length + view.excluded.length === 0) return place.noneForKind[view.subject](view.city[view.language]);
  if (certain > 0) return words.certainWithoutMoney(certain);
  if (isOpen) return words.nothingTitle;
  return view.possible.length === 0 ? words.nothingEver : words.nothingButReviews(view.possible.length);
}

/** What could still make it more exact, in one line. */
function standing(view: VisitView, words: PageWords['result']): string {
  if (!view.isInForce) return words.noPolicyHint;
  if (view.certain.length + view.possible.length + view.excluded.length === 0) return words.noneForKindHint;
  if (view.question !== undefined) return words.openingOpen(view.atMostLeft);
  if (view.skippedOpen.length > 0) return words.openingSkipped(view.skippedOpen.length);
  return view.answered.length === 0 ? words.openingUnasked : words.openingDone;
}

function Calendar({ view }: { view: VisitView }) {
  const words = useWords();
  const next = view.calendar.findIndex(({ isPast }) => !isPast);
  return (
    <Timeline
      items={view.calendar.map((payment, at) => ({
        key: `${payment.due} ${at}`,
        date: payment.due,
        dateTold: payment.dueTold,
        title: payment.title,
        amountTold: words.sum(formatYuan(payment.fen)),
        isPast: payment.isPast,
        ...(payment.isPast ? { note: words.result.paid } : at === next ? { note: words.result.next } : {}),
      }))}
    />
  );
}

function Possible({ view, onAsk, onTake }: ResultsOptions) {
  const all = useWords();
  const words = all.result;
  const waiting = (what: ReturnType<typeof waitsFor>): ResultView[] => view.possible.filter((result) => waitsFor(result) === what);
  const groups = byQuestion(waiting('answer'));
  const [skipped, reviewed] = [waiting('skipped'), waiting('review')];
  const [firstSkipped] = view.skippedOpen;
  const unripe = view.choices.filter((choice) => !isRipe(choice));
  const [first, rest] = [groups.slice(0, seen), groups.slice(seen)];
  const group = ({ fact, title, results }: (typeof groups)[number]) => (
    <li key={fact} class="ask-group">
      <div class="ask">
        <p>
          <Phrased text={title} language={view.language} />
        </p>
        <Button label={`${words.answer}${all.colon}${title}`} onPress={() => onAsk(fact)}>{words.answer}</Button>
      </div>
      <Folded results={results} onAsk={onAsk} />
    </li>
  );
  return (
    <Chapter title={words.could} count={words.many(view.possible.length)}>
      {groups.length === 0 ? null : (
        <>
          <h3 class="letter-sub">{words.byAnswer}</h3>
          <ul class="ask-groups" role="list">{first.map(group)}</ul>
          {rest.length === 0 ? null : (
            <Disclosure label={words.moreQuestions(rest.length)}>
              <ul class="ask-groups" role="list">{rest.map(group)}</ul>
            </Disclosure>
          )}
        </>
      )}
      {skipped.length === 0 ? null : (
        <>
          <h3 class="letter-sub">{words.bySkipped}</h3>
          <div class="ask">
            <p>{words.bySkippedLead}</p>
            {firstSkipped === undefined ? null : <Button onPress={() => onAsk(firstSkipped)}>{words.fillIn}</Button>}
          </div>
          <Shelves results={skipped} onAsk={onAsk} />
        </>
      )}
      {reviewed.length === 0 ? null : (
        <>
          <h3 class="letter-sub">{words.byReview}</h3>
          <p class="soft">{words.byReviewLead}</p>
          <Shelves results={reviewed} onAsk={onAsk} />
        </>
      )}
      {unripe.length === 0 ? null : (
        <Disclosure label={words.openChoices}>
          <ChoiceBlocks choices={unripe} onTake={onTake} />
        </Disclosure>
      )}
    </Chapter>
  );
}

const isRipe = (choice: ChoiceView): boolean => choice.options.some(({ isSure }) => isSure);

function ChoiceBlocks({ choices, onTake }: { choices: readonly ChoiceView[]; onTake: ResultsOptions['onTake'] }) {
  return (
    <>
      {choices.map((choice) => (
        <ChoiceBlock key={choice.id} choice={choice} onTake={(benefit) => onTake(choice.id, benefit)} />
      ))}
    </>
  );
}

/** A long list by what its benefits are, each shelf folded. */
function Shelves({ results, onAsk }: { results: readonly ResultView[]; onAsk: (fact: string) => void }) {
  const words = useWords().result;
  return (
    <ul class="shelves" role="list">
      {shelve(results).map((one) => (
        <li key={one.shelf}>
          <Disclosure label={words[one.shelf]} count={words.many(one.results.length)}>
            <ResultList results={one.results} onAsk={onAsk} />
          </Disclosure>
        </li>
      ))}
    </ul>
  );
}

/** A short list as it is; of a long one the first few, the rest behind an opener. */
function Folded({ results, isOpen = false, onAsk }: { results: readonly ResultView[]; isOpen?: boolean; onAsk: (fact: string) => void }) {
  const words = useWords().result;
  // One that would be folded alone is shown.
  const split = results.length <= seen + 1 ? results.length : seen;
  return (
    <>
      <ResultList results={results.slice(0, split)} onAsk={onAsk} />
      {split === results.length ? null : (
        <Disclosure label={words.more(results.length - split)} isOpen={isOpen}>
          <ResultList results={results.slice(split)} onAsk={onAsk} />
        </Disclosure>
      )}
    </>
  );
}

function ResultList({ results, onAsk }: { results: readonly ResultView[]; onAsk: (fact: string) => void }) {
  return (
    <ul class="results" role="list">
      {results.map((result) => (
        <ResultItem key={`${result.policy} ${result.benefit}`} result={result} onAsk={onAsk} />
      ))}
    </ul>
  );
}

function Answers({ view, onAsk, onSheet, onClear }: ResultsOptions) {
  const words = useWords().result;
  const [isAsking, setAsking] = useState(false);
  const told = view.answered.filter((answer) => answer.told !== undefined);
  const skipped = view.answered.filter((answer) => answer.told === undefined);
  return (
    <Chapter title={words.answers} count={told.length === 0 ? undefined : words.answerCount(told.length)}>
      {view.answered.length === 0 ? <EmptyState>{words.empty}</EmptyState> : (
        <>
          <AnswerList answers={told} onAsk={onAsk} />
          {skipped.length === 0 ? null : (
            <Disclosure label={words.skippedOnes(skipped.length)} isOpen={skipped.length <= seen}>
              <AnswerList answers={skipped} onAsk={onAsk} />
            </Disclosure>
          )}
        </>
      )}
      <div class="letter-acts">
        <Button icon="print" onPress={onSheet}>{words.print}</Button>
        {isAsking ? null : <Button tone="quiet" onPress={() => setAsking(true)}>{words.startOver}</Button>}
      </div>
      {isAsking ? (
        <Notice tone="clay">
          <p>{words.startOverAsk}</p>
          <div class="letter-acts">
            <Button onPress={onClear}>{words.startOverYes}</Button>
            <Button tone="quiet" onPress={() => setAsking(false)}>{words.startOverNo}</Button>
          </div>
        </Notice>
      ) : null}
      <p class="small soft">{words.office}</p>
    </Chapter>
  );
}

function AnswerList({ answers, onAsk }: { answers: readonly AnsweredView[]; onAsk: (fact: string) => void }) {
  const words = useWords().result;
  return (
    <ul class="answers" role="list">
      {answers.map(({ fact, title, told }) => (
        <li key={fact}>
          <span class={told === undefined ? undefined : 'small soft'}>{title}</span>
          {told === undefined ? null : <span>{told}</span>}
          <Button tone="quiet" label={told === undefined ? `${words.answerNow} ${title}` : words.changeOf(title)} onPress={() => onAsk(fact)}>
            {told === undefined ? words.answerNow : words.change}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Chapter({ title, count, children }: { title: string; count?: string | undefined; children: ComponentChildren }) {
  return (
    <section class="chapter">
      <h2>
        {title}
        {count === undefined ? null : <span class="small soft">{count}</span>}
      </h2>
      {children}
    </section>
  );
}
