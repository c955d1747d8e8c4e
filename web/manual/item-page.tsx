// The page of one service item: what it is worth at the top, then every element in its order.
import { isMoney, type ManualPolicy, type ServiceItem } from '../../src/manual/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Blocks, Dated } from './draw-blocks.tsx';
import { manualWords, type Language } from './manual-words.ts';

/** A service item as a page. */
export function ItemPage({ item, policy, language }: { item: ServiceItem; policy: ManualPolicy; language: Language }) {
  const words = manualWords(language);
  return (
    <article class="item">
      <header class="item-head">
        <p class="eyebrow">{policy.cityTitle} · {item.kindTold}</p>
        <h1><Dated text={item.title} /></h1>
        <p class={isMoney(item.amount) ? 'worth figure' : 'worth soft'}><Dated text={item.amountTold} /></p>
      </header>
      <aside class="glance" aria-label={words.glance}>
        <dl class="pairs">
          <div><dt>{words.facts.whom}</dt><dd>{item.subjectsTold}</dd></div>
          <div><dt>{words.facts.lead}</dt><dd>{item.lead}</dd></div>
          <div><dt>{words.facts.validity}</dt><dd><Dated text={item.validityTold} /></dd></div>
        </dl>
        {item.effect === undefined ? null : <p class="small soft"><Dated text={item.effect} /></p>}
        <div class="acts">
          <a class="button primary" href={item.calculator}>{words.calculate}</a>
          <a class="button" href={policy.pdf}><Icon name="sheet" /><span>{words.pdf}</span></a>
        </div>
        <nav class="contents" aria-label={words.contents}>
          <ul>
            {item.elements.map(({ id, label }) => <li><a href={`#${id}`}>{label}</a></li>)}
          </ul>
        </nav>
      </aside>
      <div class="elements">
        {item.elements.map(({ id, label, blocks }) => (
          <section class={`element element-${id}`} id={id}>
            <h2>{label}</h2>
            <div class="element-body">
              <Blocks blocks={blocks} words={words} id={id} />
            </div>
          </section>
        ))}
      </div>
    </article>
  );
}
