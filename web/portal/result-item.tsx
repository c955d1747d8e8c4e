// One benefit in the result: its line, and behind it everything about it.
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Addresses } from '../../src/manual/addresses.ts';
import { formatYuan } from '../../src/policy/index.ts';
import { LanguageContext, useWords } from '../i18n/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Button } from '../ui/button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Icon } from '../ui/icon.tsx';
import { type Status, StatusTag } from '../ui/status-tag.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { Reasons } from './reasons.tsx';
import type { ReadingMark, ResultView } from './view.ts';

/** The readings that decide, by benefit (`policy/benefit`); filled once they are worked out. */
export const MarksContext = createContext<ReadonlyMap<string, readonly ReadingMark[]>>(new Map());

/** True where several jurisdictions answer, so that each result says whose it is. */
export const LevelsContext = createContext(false);

/** What the packs remark of each benefit, and what asks for it: it comes when the first benefit is opened. */
export const RemarksContext = createContext<{ readonly remarks: Readonly<Record<string, string>>; readonly onOpen: () => void }>({ remarks: {}, onOpen: () => undefined });

export interface ItemOptions {
  readonly result: ResultView;
  /** Leads to the question of a fact. */
  readonly onAsk: (fact: string) => void;
}

/** A line with title, state and amount that opens to conditions, dates, offices, papers and clause. */
export function ResultItem({ result, onAsk }: ItemOptions) {
  const words = useWords().result;
  const marks = useContext(MarksContext).get(`${result.policy}/${result.benefit}`) ?? [];
  const isOfMany = useContext(LevelsContext);
  const { onOpen } = useContext(RemarksContext);
  const status: Status = result.isLeft ? 'left' : result.status;
  return (
    <li class="result">
      <details onToggle={onOpen}>
        <summary>
          <h3>{result.title}</h3>
          <Amount told={result.amountTold} isCertain={result.status === 'yes' && !result.isLeft} />
          <span class="result-state">
            <StatusTag status={status} word={result.stateTold === '' ? words.statuses[status] : result.stateTold} />
            {isOfMany ? <span class="level-tag">{result.levelTitle}</span> : null}
            {marks.length === 0 ? null : (
              <span class="reading-mark">
                <Icon name="reading" />
                {words.mark}
              </span>
            )}
          </span>
          <Icon name="down" />
        </summary>
        <ResultBody result={result} marks={marks} onAsk={onAsk} />
      </details>
    </li>
  );
}

function ResultBody({ result, marks, onAsk }: ItemOptions & { marks: readonly ReadingMark[] }) {
  const all = useWords();
  const words = all.result;
  const language = useContext(LanguageContext);
  const isNo = result.status === 'no';
  const remark = useContext(RemarksContext).remarks[`${result.policy}/${result.benefit}`];
  const reasons = isNo ? result.failing : result.reasons;
  const deciding = new Set(marks.map(({ question }) => question));
  // What decides is told above.
  const settled = result.readings.filter(({ question }) => !deciding.has(question));
  const next = result.payments.findIndex(({ isPast }) => !isPast);
  return (
    <div class="result-body">
      {result.asks.length === 0 || isNo ? null : (
        <Part title={words.missing}>
          <ul class="asks" role="list">
            {result.asks.map(({ fact, title }) => (
              <li key={fact}>
                <span>{title}</span>
                <Button tone="quiet" label={`${words.answer}${all.colon}${title}`} onPress={() => onAsk(fact)}>{words.answer}</Button>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {remark === undefined ? null : (
        <Part title={words.remark}>
          <p>{remark}</p>
        </Part>
      )}
      {result.payments.length === 0 ? null : (
        <Part title={words.payments}>
          <Timeline
            items={result.payments.map((payment, at) => ({
              key: `${payment.due} ${at}`,
              date: payment.due,
              dateTold: payment.dueTold,
              amountTold: all.sum(formatYuan(payment.fen)),
              isPast: payment.isPast,
              ...(payment.isPast ? { note: words.paid } : at === next ? { note: words.next } : {}),
            }))}
          />
          {result.checkTold === undefined ? null : <p class="small soft">{words.check(result.checkTold)}</p>}
        </Part>
      )}
      {result.termTold === undefined ? null : <Part title={words.term}>{result.termTold}</Part>}
      {isNo ? null : (
        <Part title={words.decides}>
          <p>{result.lead}</p>
        </Part>
      )}
      {isNo || result.funds.length === 0 ? null : (
        <Part title={words.pays}>
          {result.funds.map((fund) => (
            <p key={fund}><Amount told={fund} /></p>
          ))}
        </Part>
      )}
      {result.reviews.length === 0 || isNo ? null : (
        <Part title={words.reviews}>
          {result.reviews.map((review) => (
            <p key={review}>{review}</p>
          ))}
          {(result.recognitions ?? []).map(({ fact, title }) => (
            <Button key={fact} tone="quiet" label={`${words.recognised}${all.colon}${title}`} onPress={() => onAsk(fact)}>{words.recognised}</Button>
          ))}
        </Part>
      )}
      {reasons.length === 0 ? null : (
        <Part title={isNo ? words.whyNot : words.why}>
          <Reasons reasons={reasons} />
        </Part>
      )}
      {marks.length === 0 ? null : <Marks marks={marks} city={result.city} />}
      {settled.length === 0 ? null : (
        <Disclosure label={words.readings} count={words.readingCount(settled.length)}>
          <dl class="readings">
            {settled.map(({ question, inForce }) => (
              <div key={question}>
                <dt class="small soft">{question}</dt>
                <dd>{inForce}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
      <Part title={words.clause}>
        <p class="result-links">
          <ClauseLink city={result.city} clause={result.clause} />
          <a href={new Addresses(language).item(result.city, result.policy, result.benefit)}>{words.guide}</a>
        </p>
      </Part>
    </div>
  );
}

/** Where a reading decides: the question, how it is read now, and what every other reading would give. */
function Marks({ marks, city }: { marks: readonly ReadingMark[]; city: string }) {
  const words = useWords().result;
  return (
    <Part title={words.mark}>
      <p class="small soft">{words.markLead}</p>
      <ul class="marks" role="list">
        {marks.map(({ question, inForce, clause, others }) => (
          <li key={question}>
            <p>{question}</p>
            <dl class="readings">
              <div>
                <dt class="small soft">{words.markNow}</dt>
                <dd>{inForce}</dd>
              </div>
              {others.map((one) => (
                <div key={one.words}>
                  <dt class="small soft">{words.markElse}</dt>
                  <dd>
                    {one.words}
                    <span class="mark-told">{words.markThen(one.told)}</span>
                  </dd>
                </div>
              ))}
            </dl>
            <p class="small"><ClauseLink city={city} clause={clause} /></p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** The number of a clause, which leads to its page. */
function ClauseLink({ city, clause }: { city: string; clause: string }) {
  const language = useContext(LanguageContext);
  return (
    <a href={new Addresses(language).clause(city, clause)} lang={language === 'zh' ? undefined : 'zh'}>{clause}</a>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="part">
      <h4>{title}</h4>
      <div>{children}</div>
    </div>
  );
}
