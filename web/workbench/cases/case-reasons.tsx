// What the engine says of a case: condition by condition, each with the clause that it comes from and the facts that it looked at.
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { explainCase } from '../../../src/contract/cases-endpoints.ts';
import { type Amount as PolicyAmount, type ExplainedCondition, ExplainedTree, type Explanation, isTelling, tellAmount, tellDate } from '../../../src/policy/index.ts';
import type { Answer } from '../../client/call.ts';
import { Amount } from '../../ui/amount.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { useCaseWords } from './case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { useFactWords } from '../use-fact-words.ts';

/** What the interface answers about a case. */
export type CaseExplanation = Answer<typeof explainCase>['data'];

/** The explanation as the engine gives it; null where the benefit was not in force. */
export function explanationOf({ explanation }: CaseExplanation): Explanation | null {
  return explanation as unknown as Explanation | null;
}

/** The facts that the benefit of the case looks at, in the order of its conditions. */
export function factsOf(explained: CaseExplanation): readonly string[] {
  const explanation = explanationOf(explained);
  const benefit = explanation?.benefits[0];
  if (explanation === null || benefit === undefined) return [];
  const tree = new ExplainedTree(explanation);
  const below = (one: ExplainedCondition, seen: readonly string[]): readonly string[] => {
    if (one.definition !== undefined && seen.includes(one.definition)) return [];
    const next = one.definition === undefined ? seen : [...seen, one.definition];
    return [...tree.factsBelow(one, benefit.policy), ...tree.itemsOf(one, benefit.policy).flatMap((item) => below(item, next))];
  };
  return [...new Set([...below(benefit.condition, []), ...explained.missing])];
}

/** Names of places by their codes, which facts have. */
export const PlaceNamesContext = createContext<ReadonlyMap<string, string>>(new Map());

/** A fact's value in words. */
export function useTellValue(): (value: unknown, fact?: string) => string {
  const places = useContext(PlaceNamesContext);
  const { facts } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const { tellFigure, tellWord } = useFactWords();
  const tell = (value: unknown, fact?: string): string => {
    if (value === null || value === undefined) return facts.unknown;
    if (value === true) return facts.yes;
    if (value === false) return facts.no;
    if (typeof value === 'string') return places.get(value) ?? (/^\d{4}-\d{2}-\d{2}$/.test(value) ? tellDate(value, language) : tellWord(fact, value));
    if (typeof value === 'number') return tellFigure(fact, value);
    if (Array.isArray(value)) return value.map((one: unknown) => tell(one, fact)).join(language === 'zh' ? '、' : ', ');
    return JSON.stringify(value);
  };
  return tell;
}

/** The engine's answer; `filedAs` is what it said when the case was filed. */
export function CaseReasons({ explained, filedAs }: { explained: CaseExplanation; filedAs: string }) {
  const { reasons } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const { tellFact } = useFactWords();
  const explanation = explanationOf(explained);
  const benefit = explanation?.benefits[0];
  const { status } = explained;
  const shape = status === 'not-in-force' ? 'no' : status;
  return (
    <section class="card case-card">
      <h2>{reasons.heading}</h2>
      <p class="case-verdict">
        <StatusTag status={shape} word={reasons.status[status]} />
        {explained.amount === null ? null : <Amount told={tellAmount(explained.amount as unknown as PolicyAmount, language)} isCertain={status === 'yes'} />}
      </p>
      {status !== filedAs ? <p class="small">{reasons.changed}</p> : null}
      {explained.missing.length === 0 ? null : <p class="small"><b>{reasons.missing}</b>{language === 'zh' ? '：' : ': '}{explained.missing.map(tellFact).join(language === 'zh' ? '、' : ', ')}</p>}
      {explanation === null || benefit === undefined ? null : (
        <ul class="case-conditions" role="list">
          <Conditions of={openList(new ExplainedTree(explanation), benefit.condition, benefit.policy)} tree={new ExplainedTree(explanation)} policy={benefit.policy} values={explanation.facts} clause={benefit.clause} seen={[]} />
        </ul>
      )}
      {benefit === undefined || benefit.readings.length === 0 ? null : (
        <Disclosure label={reasons.readings} count={String(benefit.readings.length)}>
          <ul class="case-lines small">{benefit.readings.map(({ name, words }) => <li key={name}>{words}</li>)}</ul>
        </Disclosure>
      )}
      <p class="small soft">{reasons.on(tellDate(explained.on, language))}{benefit === undefined ? '' : ` · ${reasons.clause(benefit.clause)}`}</p>
    </section>
  );
}

/** A list of conditions without words of its own stands open. */
function openList(tree: ExplainedTree, condition: ExplainedCondition, policy: string): readonly ExplainedCondition[] {
  return condition.words === undefined && (condition.kind === 'all' || condition.kind === 'reading') ? tree.itemsOf(condition, policy) : [condition];
}

interface ConditionsOptions {
  readonly of: readonly ExplainedCondition[];
  readonly tree: ExplainedTree;
  readonly policy: string;
  readonly values: Explanation['facts'];
  readonly clause: string | undefined;
  readonly seen: readonly string[];
}

function Conditions({ of, ...rest }: ConditionsOptions): ComponentChildren {
  return of.filter(isTelling).map((one, at) => <Condition key={at} one={one} {...rest} />);
}

function Condition({ one, tree, policy, values, clause, seen }: Omit<ConditionsOptions, 'of'> & { one: ExplainedCondition }) {
  const { reasons } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const tellValue = useTellValue();
  const { tellFact } = useFactWords();
  const isSilent = one.words === undefined && (one.kind === 'reading' || one.kind === 'all');
  const isKnown = one.definition !== undefined && seen.includes(one.definition);
  // A negation that has words says what is needed; its inner fact stands in the sentence.
  const items = isKnown || (one.kind === 'not' && one.words !== undefined) ? [] : tree.itemsOf(one, policy).filter(isTelling);
  const own = one.clause ?? clause;
  const next = one.definition === undefined ? seen : [...seen, one.definition];
  const below = { tree, policy, values, clause: own, seen: next };
  if (isSilent) return <Conditions of={items} {...below} />;
  const facts = items.length > 0 ? [] : tree.factsBelow(one, policy);
  const words = one.words ?? one.rule ?? one.definition ?? (one.kind === 'any' ? reasons.any : one.kind === 'not' ? reasons.not : '');
  return (
    <li class={`case-condition is-${one.outcome}`}>
      <StatusTag status={one.outcome} word={reasons.outcome[one.outcome]} isWordSeen={false} />
      <div>
        <span>{words}</span>
        {facts.length === 0 ? null : <span class="case-seen">{facts.map((name) => `${tellFact(name)}${language === 'zh' ? '：' : ': '}${tellValue(values[name]?.value ?? null, name)}`).join(language === 'zh' ? '；' : '; ')}</span>}
        {own === undefined || own === clause ? null : <span class="case-clause">{reasons.clause(own)}</span>}
        {items.length === 0 ? null : <ul role="list" class="case-conditions"><Conditions of={items} {...below} /></ul>}
      </div>
    </li>
  );
}
