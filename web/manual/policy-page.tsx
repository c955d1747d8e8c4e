// The manual of one policy: its items, goals and duties in whole tables; procedures and provisions to open; its clauses.
import type { ManualPolicy, Section } from '../../src/manual/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Blocks, Dated, Fold, FoldedBlocks, LineText } from './draw-blocks.tsx';
import { manualWords, type Language } from './manual-words.ts';

const folded: readonly string[] = ['procedures', 'narratives'];

/** A policy as a page. */
export function PolicyPage({ policy, language }: { policy: ManualPolicy; language: Language }) {
  const words = manualWords(language);
  return (
    <article class="policy">
      <header class="item-head">
        <p class="eyebrow">{policy.cityTitle} · {words.manual}</p>
        <h1><Dated text={policy.short} /></h1>
        {policy.title === policy.short ? null : <p class="lead"><Dated text={policy.title} /></p>}
        {policy.source === undefined ? null : <p class="quiet"><Dated text={policy.source} /></p>}
      </header>
      <aside class="glance" aria-label={words.glance}>
        <dl class="pairs">
          <div><dt>{words.facts.validity}</dt><dd><Dated text={policy.validityTold} /></dd></div>
        </dl>
        {policy.effect === undefined ? null : <p class="small soft"><Dated text={policy.effect} /></p>}
        {policy.succession.map((line) => <p class="small"><LineText line={line} /></p>)}
        <div class="acts">
          <a class="button primary" href={policy.calculator}>{words.calculateAll}</a>
          <a class="button" href={policy.pdf}><Icon name="sheet" /><span>{words.pdf}</span></a>
        </div>
        <nav class="contents" aria-label={words.contents}>
          <ul>
            {policy.sections.map(({ id, label }) => <li><a href={`#${id}`}>{label}</a></li>)}
          </ul>
        </nav>
      </aside>
      <div class="elements">
        {policy.sections.map((section) => <SectionPart section={section} language={language} />)}
      </div>
    </article>
  );
}

/** A section with its heading. */
export function SectionPart({ section: { id, label, blocks }, language, prefix = '' }: { section: Section; language: Language; prefix?: string }) {
  const words = manualWords(language);
  return (
    <section class={`chapter-part part-${id}`} id={`${prefix}${id}`}>
      <h2>{label}</h2>
      {id === 'clauses' && prefix === '' ? (
        <Fold title={words.allClauses}>
          <Blocks blocks={blocks} words={words} id={id} />
        </Fold>
      ) : folded.includes(id) && prefix === '' ? <FoldedBlocks blocks={blocks} words={words} id={id} /> : <Blocks blocks={blocks} words={words} id={`${prefix}${id}`} />}
    </section>
  );
}
