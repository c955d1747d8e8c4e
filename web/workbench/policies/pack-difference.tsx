// What a version changes, in words: benefit by benefit, and line by line for who wants to see.
import { useContext } from 'preact/hooks';
import { comparePacks } from '../../../src/contract/packs-endpoints.ts';
import { call } from '../../client/call.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { OfficeLanguageContext } from '../office-words.ts';
import { usePolicyWords } from './policy-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAsked } from '../use-call.ts';

/** The difference from the version in force; `round` changes with what is compared. */
export function PackDifference({ packId, from, round }: { packId: string; from: string | undefined; round: string }) {
  const { pack } = usePolicyWords();
  const language = useContext(OfficeLanguageContext);
  const asked = useAsked(async (signal) => (from === undefined || from === packId ? undefined : (await call(comparePacks, { params: { packId }, query: { from }, signal })).data), [packId, from, round]);
  const found = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  const partsOf = (parts: readonly string[]): string => parts.map((part) => pack.parts[part] ?? part).join(language === 'zh' ? '、' : ', ');
  const colon = language === 'zh' ? '：' : ': ';
  return (
    <section class="card policy-wide" aria-labelledby="pack-difference">
      <h2 id="pack-difference">{pack.difference}</h2>
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {from === undefined ? <p class="soft">{pack.noBase}</p> : null}
      {from === packId || (found !== undefined && found.files.length === 0) ? <p class="soft">{pack.same}</p> : null}
      {found === undefined || found.files.length === 0 ? null : found.policy === null ? <p class="soft">{pack.unread}</p> : found.policy.parts.length + found.policy.benefits.length === 0 ? <p>{pack.onlyText}</p> : (
        <ul class="case-lines">
          {found.policy.parts.length === 0 ? null : <li>{pack.whole}{colon}{partsOf(found.policy.parts)}</li>}
          {found.policy.benefits.map(({ benefit, title, change, parts }) => <li key={benefit}><b>{title[language]}</b>{colon}{pack.changes[change]}{parts.length === 0 ? '' : ` ${partsOf(parts)}`}</li>)}
        </ul>
      )}
      {found?.files.map(({ file, change, lines }) => (
        <Disclosure key={file} label={lines.length === 0 ? `${file} ${pack.changes[change]}` : pack.lines(file)} count={String(lines.length)}>
          {lines.map(({ oldLine, newLine, removed, added }) => (
            <div key={`${oldLine}-${newLine}`} class="policy-change">
              <span class="small soft">{pack.line(newLine)}</span>
              {removed.map((text, at) => <pre key={`old-${at}`} class="is-old">- {text}</pre>)}
              {added.map((text, at) => <pre key={`new-${at}`} class="is-new">+ {text}</pre>)}
            </div>
          ))}
        </Disclosure>
      ))}
    </section>
  );
}
