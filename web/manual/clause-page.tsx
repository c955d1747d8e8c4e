// The page of a clause: what it is about, where it stands in its document, and everything that rests on it.
import type { ClauseInDocument, ManualClause } from '../../src/manual/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Dated } from './draw-blocks.tsx';
import { manualWords, type Language } from './manual-words.ts';
import { SectionPart } from './policy-page.tsx';

/** A clause as a page. */
export function ClausePage({ clause, language }: { clause: ManualClause; language: Language }) {
  const [first] = clause.documents;
  return (
    <article class="clause-page">
      <header class="item-head">
        <p class="eyebrow clause-id"><Dated text={clause.id} /></p>
        <h1><Dated text={first?.title ?? clause.id} /></h1>
      </header>
      {clause.documents.map((document, index) => <DocumentPart document={document} language={language} isFirst={index === 0} />)}
    </article>
  );
}

function DocumentPart({ document, language, isFirst }: { document: ClauseInDocument; language: Language; isFirst: boolean }) {
  const words = manualWords(language);
  const { sections, below, above, before, after } = document;
  const isEmpty = sections.length === 0;
  return (
    <div class="in-document">
      {isFirst ? null : <h2 class="other-title"><Dated text={document.title} /></h2>}
      <dl class="pairs">
        <div><dt>{words.document}</dt><dd><a href={document.policyHref}>{document.policyTitle}</a></dd></div>
        {above.map(({ id, title, href }) => <div><dt><a href={href}><Dated text={id} /></a></dt><dd><Dated text={title} /></dd></div>)}
      </dl>
      {document.words === undefined ? null : <p class="clause-words"><Dated text={document.words} /></p>}
      {document.source === undefined ? null : <p class="quiet"><Dated text={document.source} /></p>}
      {isEmpty ? <p class="quiet">{below.length > 0 ? words.headingOnly : words.nothingRests}</p> : null}
      {sections.map((section) => <SectionPart section={section} language={language} prefix={`${document.policy}-`} />)}
      {below.length === 0 ? null : (
        <section class="chapter-part part-clauses">
          <h2>{words.under}</h2>
          <ul class="lines">{below.map(({ id, title, href }) => <li><a href={href}><Dated text={id} /></a>　<Dated text={title} /></li>)}</ul>
        </section>
      )}
      <nav class="neighbours" aria-label={document.policyTitle}>
        {before === undefined ? <span /> : <a href={before.href} rel="prev"><Icon name="back" /><span><span class="small soft">{words.before}</span> <Dated text={before.id} /></span></a>}
        {after === undefined ? <span /> : <a href={after.href} rel="next"><span><span class="small soft">{words.after}</span> <Dated text={after.id} /></span><Icon name="on" /></a>}
      </nav>
    </div>
  );
}
