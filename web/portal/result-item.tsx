// One benefit in the result: its line, and behind it everything about it.
import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { formatYuan } from '../../src/policy/index.ts';
import { LanguageContext, useWords } from '../i18n/words.ts';
import { Amount } from '../ui/amount.tsx';
import { Button } from '../ui/button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { Icon } from '../ui/icon.tsx';
import { type Status, StatusTag } from '../ui/status-tag.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { Reasons } from './reasons.tsx';
import type { ResultView } from './view.ts';

export interface ItemOptions {
  readonly result: ResultView;
  /** Leads to the question of a fact. */
  readonly onAsk: (fact: string) => void;
}

/** A line with title, state and amount that opens to conditions, dates, offices, papers and clause. */
export function ResultItem({ result, onAsk }: ItemOptions) {
  const words = useWords().result;
  const status: Status = result.isLeft ? 'left' : result.status;
  return (
    <li class="result">
      <details>
        <summary>
          <h3>{result.title}</h3>
          <Amount told={result.amountTold} isCertain={result.status === 'yes' && !result.isLeft} />
          <span class="result-state">
            <StatusTag status={status} word={result.stateTold === '' ? words.statuses[status] : result.stateTold} />
          </span>
          <Icon name="down" />
        </summary>
        <ResultBody result={result} onAsk={onAsk} />
      </details>
    </li>
  );
}

function ResultBody({ result, onAsk }: ItemOptions) {
  const all = useWords();
  const words = all.result;
  const language = useContext(LanguageContext);
  const isNo = result.status === 'no';
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
          {result.support.length === 0 ? null : <p class="small soft">{words.support}{all.colon}{result.support.join(all.and)}</p>}
        </Part>
      )}
      {isNo || result.funds.length === 0 ? null : (
        <Part title={words.pays}>
          {result.funds.map((fund) => (
            <p key={fund}><Amount told={fund} /></p>
          ))}
        </Part>
      )}
      {isNo || result.steps.length === 0 ? null : (
        <Part title={words.steps}>
          <ol class="steps">
            {result.steps.map((step, at) => (
              <li key={at}>
                {step.name}
                <span class="small soft"> · {step.by}</span>
                {step.note === undefined ? null : <p class="small soft">{step.note}</p>}
              </li>
            ))}
          </ol>
        </Part>
      )}
      {isNo || result.evidence.length === 0 ? null : (
        <Part title={words.papers}>
          <ul class="papers">
            {result.evidence.map((paper) => (
              <li key={paper}>{paper}</li>
            ))}
          </ul>
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
      <Part title={isNo ? words.whyNot : words.why}>
        <Reasons reasons={isNo ? result.failing : result.reasons} />
      </Part>
      {result.readings.length === 0 ? null : (
        <Disclosure label={words.readings} count={words.readingCount(result.readings.length)}>
          <dl class="readings">
            {result.readings.map(({ question, inForce }) => (
              <div key={question}>
                <dt class="small soft">{question}</dt>
                <dd>{inForce}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
      {result.remark === undefined ? null : <Part title={words.remark}>{result.remark}</Part>}
      <Part title={words.clause}>
        <p lang={language === 'zh' ? undefined : 'zh'}>{result.clause}</p>
        <p class="small soft">{result.clauseTitle}</p>
        {result.also.map((also) => (
          <p key={also} class="small soft" lang={language === 'zh' ? undefined : 'zh'}>{also}</p>
        ))}
      </Part>
    </div>
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
