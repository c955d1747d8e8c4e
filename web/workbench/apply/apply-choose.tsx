// Which benefits somebody applies for: what looks right, what is to be seen, what looks wrong and can be asked for all the same.
import { useContext, useState } from 'preact/hooks';
import { Amount } from '../../ui/amount.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { linkTo } from '../address.ts';
import type { Outlook } from './apply-outlook.ts';
import { useApplyWords } from './apply-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';

type Offered = Outlook['benefits'][number];

const MOST = 20;
const keyOf = ({ policyId, benefitId }: Offered): string => `${policyId}/${benefitId}`;

/** Benefits to tick; `onOn` gets those that can be asked for. */
export function ApplyChoose({ outlook, chosen, isBusy, onOn }: { outlook: Outlook; chosen: readonly string[]; isBusy: boolean; onOn: (benefits: readonly string[]) => void }) {
  const { choose: words, on } = useApplyWords();
  const language = useContext(OfficeLanguageContext);
  const offered = outlook.benefits;
  const [ticked, setTicked] = useState<readonly string[]>(() => offered.filter((one) => one.underWay === null && chosen.includes(keyOf(one))).map(keyOf));
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const found = offered.filter(({ title }) => title[language].toLowerCase().includes(text.trim().toLowerCase()));
  const groups = {
    yes: found.filter(({ status, underWay }) => status === 'yes' && underWay === null),
    open: found.filter(({ status, underWay }) => (status === 'unknown' || status === 'review') && underWay === null),
    no: found.filter(({ status, underWay }) => status === 'no' && underWay === null),
    underWay: found.filter(({ underWay }) => underWay !== null),
  };
  const tick = (key: string): void => {
    setProblem(undefined);
    setTicked((now) => (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]));
  };
  /** What is chosen or under way already and of which only one is given. */
  const besideOf = ({ sameMatter }: Offered): readonly Offered[] =>
    offered.filter((other) => (ticked.includes(keyOf(other)) || other.underWay !== null) && sameMatter.some(({ policyId, benefitId }) => policyId === other.policyId && benefitId === other.benefitId));
  const list = (items: readonly Offered[]) => (
    <ul class="choices" role="list">
      {items.map((one) => <li key={keyOf(one)}><Choice one={one} isTicked={ticked.includes(keyOf(one))} beside={ticked.includes(keyOf(one)) ? besideOf(one) : []} onTick={() => tick(keyOf(one))} /></li>)}
    </ul>
  );
  const isSearching = text.trim() !== '';
  return (
    <>
      <div>
        <h1 id="title" tabIndex={-1}>{words.heading}</h1>
        <p class="soft">{words.lead}</p>
      </div>
      {offered.length === 0 ? <EmptyState>{words.nothing}</EmptyState> : (
        <label class="search-field apply-find">
          <span class="unseen">{words.find}</span>
          <input class="input" type="search" value={text} placeholder={words.find} aria-label={words.find} maxLength={60} autocomplete="off" onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      )}
      {found.length === 0 && offered.length > 0 ? <p class="soft" role="status">{words.none}</p> : null}
      {groups.yes.length === 0 ? null : (
        <section class="apply-group">
          <h2>{words.groups.yes} <span class="small soft">{words.counts(groups.yes.length)}</span></h2>
          {list(groups.yes)}
        </section>
      )}
      {groups.open.length === 0 ? null : (
        <Disclosure key={`open ${String(isSearching)}`} label={words.groups.open} count={words.counts(groups.open.length)} isOpen={isSearching || groups.yes.length === 0 || groups.open.some((one) => ticked.includes(keyOf(one)))}>
          <p class="small soft">{words.openLead}</p>
          {list(groups.open)}
        </Disclosure>
      )}
      {groups.no.length === 0 ? null : (
        <Disclosure key={`no ${String(isSearching)}`} label={words.groups.no} count={words.counts(groups.no.length)} isOpen={isSearching}>
          <p class="small soft">{words.noLead}</p>
          {list(groups.no)}
        </Disclosure>
      )}
      {groups.underWay.length === 0 ? null : (
        <Disclosure key={`under-way ${String(isSearching)}`} label={words.groups.underWay} count={words.counts(groups.underWay.length)} isOpen={isSearching}>
          <ul class="apply-lines" role="list">
            {groups.underWay.map((one) => (
              <li key={keyOf(one)}>{one.title[language]} {one.underWay === null ? null : <a href={linkTo(['my-cases', one.underWay.caseId])}>{words.toCase(one.underWay.caseNumber)}</a>}</li>
            ))}
          </ul>
        </Disclosure>
      )}
      <div class="apply-bar">
        <span role="status">{words.picked(ticked.length)}</span>
        <FieldProblem>{problem}</FieldProblem>
        <Button tone="primary" iconAfter="on" isBusy={isBusy} onPress={() => (ticked.length === 0 ? setProblem(words.pick) : ticked.length > MOST ? setProblem(words.most) : onOn(ticked))}>{on}</Button>
      </div>
    </>
  );
}

function Choice({ one, isTicked, beside, onTick }: { one: Offered; isTicked: boolean; beside: readonly Offered[]; onTick: () => void }) {
  const { choose: words } = useApplyWords();
  const language = useContext(OfficeLanguageContext);
  return (
    <>
      <label class={`choice${isTicked ? ' is-taken' : ''}`}>
        <input type="checkbox" checked={isTicked} onChange={onTick} />
        <span class="choice-words">
          <span>{one.title[language]}</span>
          <span class="choice-hint">{one.policyTitle[language]}{one.period === 'once' ? '' : ` · ${one.period}`}</span>
        </span>
        <Amount told={one.status === 'no' ? '' : one.amountWords} isCertain={one.status === 'yes'} />
      </label>
      {beside.length === 0 ? null : <p class="apply-beside small" role="status">{words.oneOf(beside.map(({ title }) => title[language]))}</p>}
      {one.reasons.length === 0 ? null : <ul class="apply-reasons small">{one.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>}
    </>
  );
}
