// The papers of a case: a small picture of the first page, what it is and how far it is trusted, and the way to the rest.
import { useContext } from 'preact/hooks';
import type { getCaseEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { downloadPaper, getPaper, previewPaper } from '../../../src/contract/evidence-endpoints.ts';
import { tellDate } from '../../../src/policy/index.ts';
import { addressOf, type Answer, call } from '../../client/call.ts';
import { Icon } from '../../ui/icon.tsx';
import { useCaseWords } from './case-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { useAsked } from '../use-call.ts';

/** A case with everything about it. */
export type OneCase = Answer<typeof getCaseEndpoint>['data'];
type Paper = Answer<typeof getPaper>['data'];

const MOST_PAGES = 12;

/** The papers, each asked for by itself. */
export function CasePapers({ papers }: { papers: OneCase['papers'] }) {
  const words = useCaseWords().papers;
  const asked = useAsked((signal) => Promise.all(papers.map(async ({ evidenceId, occasion }) => ({ occasion, paper: (await call(getPaper, { params: { evidenceId }, signal })).data }))), [papers.map(({ evidenceId }) => evidenceId).join(' ')]);
  const found = asked.state === 'there' ? asked.value : asked.state === 'loading' ? asked.before : undefined;
  return (
    <section class="card case-card">
      <h2>{words.heading}</h2>
      {papers.length === 0 ? <p class="soft">{words.none}</p> : null}
      {asked.state === 'refused' ? <RefusalNotice refusal={asked.refusal} onRetry={asked.again} /> : null}
      {found === undefined || papers.length === 0 ? null : (
        <ul class="case-papers" role="list">
          {found.map(({ paper, occasion }) => <OnePaper key={paper.evidenceId} paper={paper} occasion={words.occasions[occasion]} />)}
        </ul>
      )}
    </section>
  );
}

function OnePaper({ paper, occasion }: { paper: Paper; occasion: string }) {
  const { papers: words, facts } = useCaseWords();
  const language = useContext(OfficeLanguageContext);
  const { evidenceId, kind, hasPreviews, pages, trustClass, isValid, expiresOn } = paper;
  const pageAddress = (page: number, width: '320' | '1920'): string => addressOf(previewPaper, { evidenceId, page }, { width });
  const others = hasPreviews && pages !== null && pages > 1 ? Array.from({ length: Math.min(pages, MOST_PAGES) - 1 }, (_, at) => at + 2) : [];
  return (
    <li>
      {hasPreviews ? (
        <a class="case-thumb" href={pageAddress(1, '1920')} target="_blank" rel="noreferrer" aria-label={words.open(kind)}>
          <img src={pageAddress(1, '320')} alt="" width="96" />
        </a>
      ) : (
        <span class="case-thumb soft"><Icon name="sheet" /><span class="tiny">{words.noPreview}</span></span>
      )}
      <div class="case-paper">
        <b>{kind}</b>
        <span class="small soft">{[occasion, ...(pages === null ? [] : [words.pages(pages)]), facts.trust[trustClass] ?? trustClass, ...(expiresOn === null ? [] : [words.expires(tellDate(expiresOn, language))])].join(' · ')}</span>
        {isValid ? null : <span class="small case-warn"><Icon name="information" /> {words.invalid}</span>}
        {paper.remarks.map(({ code, words: remark }) => <span key={code} class="small">{remark}</span>)}
        <span class="small case-paper-links">
          {others.map((page) => <a key={page} href={pageAddress(page, '1920')} target="_blank" rel="noreferrer">{words.page(page)}</a>)}
          <a href={addressOf(downloadPaper, { evidenceId })} download>{words.original}</a>
        </span>
      </div>
    </li>
  );
}
