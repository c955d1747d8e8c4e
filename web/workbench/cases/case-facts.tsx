// The facts that a case rests on, each with where it comes from and how far it is trusted.
import { useContext } from 'preact/hooks';
import { tellDate } from '../../../src/policy/index.ts';
import { type CaseExplanation, explanationOf, factsOf, useTellValue } from './case-reasons.tsx';
import { useCaseWords } from './case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { useFactWords } from '../use-fact-words.ts';

interface Origin {
  readonly source: 'statement' | 'register' | 'employment';
  readonly origin?: string;
  readonly trustClass?: string;
  readonly departmentId?: string | null;
  readonly asOf?: string;
}

/** What the benefit looks at; `nameOf` names departments. */
export function CaseFacts({ explained, nameOf }: { explained: CaseExplanation; nameOf: (departmentId: string) => string }) {
  const { facts } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const tellValue = useTellValue();
  const { tellFact } = useFactWords();
  const seen = explanationOf(explained)?.facts ?? {};
  const names = factsOf(explained);
  const others = Object.keys(explained.origins).filter((name) => !names.includes(name)).length;
  return (
    <section class="card case-card">
      <div>
        <h2>{facts.heading}</h2>
        <p class="small soft">{facts.lead}</p>
      </div>
      {names.length === 0 ? null : (
        <div class="table-frame">
          <table class="table case-facts">
            <caption class="unseen">{facts.heading}</caption>
            <thead>
              <tr><th scope="col">{facts.name}</th><th scope="col">{facts.value}</th><th scope="col">{facts.origin}</th></tr>
            </thead>
            <tbody>
              {names.map((name) => (
                <tr key={name}>
                  <th scope="row">{tellFact(name)}</th>
                  <td class={seen[name]?.value === null || seen[name] === undefined ? 'soft' : undefined}>{tellValue(seen[name]?.value, name)}</td>
                  <td><From origin={explained.origins[name] as Origin | undefined} isDerived={seen[name]?.derived === true} nameOf={nameOf} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {explained.withheld.length === 0 ? null : <p class="small">{facts.withheld(explained.withheld.map(tellFact).join(language === 'zh' ? '、' : ', '))}</p>}
      {others === 0 ? null : <p class="small soft">{facts.others(others)}</p>}
    </section>
  );
}

function From({ origin, isDerived, nameOf }: { origin: Origin | undefined; isDerived: boolean; nameOf: (departmentId: string) => string }) {
  const { facts } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  if (origin === undefined) return <span class="soft">{isDerived ? facts.derived : '—'}</span>;
  // Only a statement and an employment say how far they are trusted.
  if (origin.source === 'register') return <span>{facts.register}</span>;
  const department = typeof origin.departmentId === 'string' ? nameOf(origin.departmentId) : '';
  const told = origin.source === 'employment' ? facts.employment : (facts.origins[origin.origin ?? ''] ?? origin.origin ?? '');
  return (
    <span>
      {[told, department].filter((part) => part !== '').join(' · ')}
      {' · '}<span class="case-trust">{facts.trust[origin.trustClass ?? ''] ?? ''}</span>
      {origin.asOf === undefined ? null : <span class="soft case-as-of"> {facts.asOf(tellDate(origin.asOf, language))}</span>}
    </span>
  );
}
