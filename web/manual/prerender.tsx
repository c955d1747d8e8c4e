// Draws every page of the manual at build, in both languages.
import { renderToString } from 'preact-render-to-string';
import type { VNode } from 'preact';
import { Addresses, type Manual, type ManualCity, type MenuIndex } from '../../src/manual/index.ts';
import { CityPage } from './city-page.tsx';
import { ClausePage } from './clause-page.tsx';
import { ItemPage } from './item-page.tsx';
import { type Language, manualWords } from './manual-words.ts';
import { MenuDocument, openQuery } from './menu-document.tsx';
import { type Crumb, PageFrame } from './page-frame.tsx';
import { PolicyPage } from './policy-page.tsx';

/** A page, drawn. */
export interface DrawnPage {
  /** Percent-encoded, from the root of the site. */
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly html: string;
}

/** Addresses of a page in one language and in the other. */
type AddressOf = (addresses: Addresses) => string;

/** All pages but the menu. */
export function* drawManual(manual: Manual): Generator<DrawnPage> {
  const drawer = new Drawer(manual.language);
  for (const city of manual.cities) yield* drawer.city(city);
}

/** The menu without a question. */
export function drawOpenMenu(index: MenuIndex): DrawnPage {
  const { language } = index;
  const words = manualWords(language);
  return {
    address: new Addresses(language).menu(),
    title: `${words.titles.menu} · ${words.site}`,
    description: words.describe.menu,
    html: renderToString(<MenuDocument index={index} query={openQuery} />),
  };
}

class Drawer {
  private readonly language: Language;
  private readonly here: Addresses;
  private readonly there: Addresses;

  constructor(language: Language) {
    this.language = language;
    this.here = new Addresses(language);
    this.there = new Addresses(language === 'zh' ? 'en' : 'zh');
  }

  *city(city: ManualCity): Generator<DrawnPage> {
    const { language } = this;
    const words = manualWords(language);
    const menu: Crumb = { title: words.menu, href: this.here.menu() };
    const place: Crumb = { title: city.title, href: this.here.city(city.id) };
    yield this.page((to) => to.city(city.id), city, [menu, { title: city.title }], words.describe.city(city.title), <CityPage city={city} language={language} />, city.title);
    for (const policy of city.policies) {
      const document: Crumb = { title: policy.short, href: policy.href };
      yield this.page((to) => to.policy(city.id, policy.id), city, [menu, place, { title: policy.short }], words.describe.policy(policy.short, policy.items.length), <PolicyPage policy={policy} language={language} />, policy.short);
      for (const item of policy.items) {
        yield this.page(
          (to) => to.item(city.id, policy.id, item.id),
          city,
          [menu, place, document, { title: item.title }],
          words.describe.item(item.title, item.amountTold, city.title),
          <ItemPage item={item} policy={policy} language={language} />,
          item.title,
        );
      }
    }
    for (const clause of city.clauses) {
      const [first] = clause.documents;
      if (first === undefined) continue;
      const document: Crumb = { title: first.policyTitle, href: first.policyHref };
      yield this.page(
        (to) => to.clause(city.id, clause.id),
        city,
        [menu, place, document, { title: clause.id }],
        words.describe.clause(clause.id, first.title, city.title),
        <ClausePage clause={clause} language={language} />,
        `${clause.id} ${first.title}`,
      );
    }
  }

  private page(addressOf: AddressOf, city: ManualCity, trail: readonly Crumb[], description: string, content: VNode, title: string): DrawnPage {
    return {
      address: addressOf(this.here),
      title: `${title}${title === city.title ? '' : ` · ${city.title}`} · ${manualWords(this.language).site}`,
      description,
      html: renderToString(
        <PageFrame language={this.language} otherHref={addressOf(this.there)} trail={trail} calculator={this.here.calculator(city.id)}>
          {content}
        </PageFrame>,
      ),
    };
  }
}
