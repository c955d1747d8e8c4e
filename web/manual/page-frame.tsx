// The frame of every page of the manual: head, trail, text, foot. It needs no script.
import type { ComponentChildren } from 'preact';
import { Addresses } from '../../src/manual/index.ts';
import { Mark } from '../ui/mark.tsx';
import { Dated } from './draw-blocks.tsx';
import { type Language, manualWords } from './manual-words.ts';
import { PageLanguage } from './page-language.ts';

/** A step of the trail that leads to a page. */
export interface Crumb {
  readonly title: string;
  readonly href?: string;
}

export interface FrameOptions {
  readonly language: Language;
  /** The same page in the other language. */
  readonly otherHref: string;
  /** From the menu down; the last is the page itself. */
  readonly trail: readonly Crumb[];
  /** The jurisdiction whose calculator the head leads to. */
  readonly calculator?: string;
  readonly children: ComponentChildren;
}

/** The frame around a page. */
export function PageFrame({ language, otherHref, trail, calculator, children }: FrameOptions) {
  const words = manualWords(language);
  const addresses = new Addresses(language);
  const home = language === 'zh' ? '/' : '/en/';
  return (
    <PageLanguage.Provider value={language}>
      <div class="book">
        <a class="skip-link" href="#text">{words.skip}</a>
        <header class="book-head">
          <a class="brand" href={home}>
            <Mark />
            <span class="brand-name">{words.site}</span>
          </a>
          <nav class="book-nav" aria-label={words.manual}>
            <a href={addresses.menu()}>{words.menu}</a>
            <a href={calculator ?? home}>{words.calculator}</a>
            <a href={otherHref} lang={language === 'zh' ? 'en' : 'zh-CN'} hreflang={language === 'zh' ? 'en' : 'zh-CN'} data-language="">{words.other}</a>
          </nav>
        </header>
        {trail.length < 2 ? null : (
          <nav class="trail" aria-label={words.trail}>
            <ol>
              {trail.map(({ title, href }) => (
                <li>{href === undefined ? <span aria-current="page"><Dated text={title} /></span> : <a href={href}><Dated text={title} /></a>}</li>
              ))}
            </ol>
          </nav>
        )}
        <main id="text" tabIndex={-1}>{children}</main>
        <footer class="book-foot">
          <p class="small soft">{words.footer}</p>
        </footer>
      </div>
    </PageLanguage.Provider>
  );
}
