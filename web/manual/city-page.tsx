// The page of a jurisdiction: its documents, the levels above and below it, and what is known by name only.
import { Addresses, type ManualCity } from '../../src/manual/index.ts';
import { Dated } from './draw-blocks.tsx';
import { manualWords, type Language } from './manual-words.ts';

/** A jurisdiction as a page. */
export function CityPage({ city, language }: { city: ManualCity; language: Language }) {
  const words = manualWords(language);
  const addresses = new Addresses(language);
  const hasItems = city.policies.some(({ items }) => items.length > 0);
  return (
    <article class="place">
      <header class="item-head">
        <p class="eyebrow">{words.manual}</p>
        <h1>{city.title}</h1>
      </header>
      <section class="chapter-part">
        <h2>{words.documents}</h2>
        {city.policies.length === 0 ? <p class="quiet">{words.noDocuments}</p> : null}
        <ul class="cards">
          {city.policies.map(({ short, title, href, items, validityTold, effect }) => (
            <li class="card">
              <h3><a href={href}><Dated text={short} /></a></h3>
              {title === short ? null : <p class="small soft"><Dated text={title} /></p>}
              <p class="small"><strong>{words.items(items.length)}</strong> · <Dated text={validityTold} /></p>
              {effect === undefined ? null : <p class="small soft"><Dated text={effect} /></p>}
            </li>
          ))}
        </ul>
        {hasItems ? (
          <p class="acts">
            <a class="button primary" href={addresses.calculator(city.id)}>{words.calculateAll}</a>
            <a class="button" href={`${addresses.menu()}?city=${encodeURIComponent(city.id)}`}>{words.seeMenu}</a>
          </p>
        ) : null}
      </section>
      {city.levels.length < 2 ? null : (
        <section class="chapter-part">
          <h2>{words.levels}</h2>
          <p class="quiet">{words.levelsLead}</p>
          <ol class="level-list">
            {city.levels.map(({ id, title, href }) => <li>{id === city.id ? <strong>{title}</strong> : <a href={href}>{title}</a>}</li>)}
          </ol>
        </section>
      )}
      {city.below.length === 0 ? null : (
        <section class="chapter-part">
          <h2>{words.below}</h2>
          <ul class="lines">{city.below.map(({ title, href }) => <li><a href={href}>{title}</a></li>)}</ul>
        </section>
      )}
      {city.named.length === 0 ? null : (
        <section class="chapter-part" id="named">
          <h2>{words.named}</h2>
          <p class="quiet">{words.namedLead}</p>
          <ul class="named">
            {city.named.map(({ id, title, words: note, validityTold, successor, successorFrom }) => (
              <li id={id}>
                <h3><Dated text={title} /></h3>
                <p><Dated text={note} /></p>
                {validityTold === undefined && successor === undefined ? null : <p class="small soft">{[validityTold, successor === undefined ? undefined : words.succeededBy(successor, successorFrom)].filter((part) => part !== undefined).join(' · ')}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}
