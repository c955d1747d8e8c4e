// The one script of the manual: the menu answers while its reader types; the address keeps the question, and back goes back.
import { hydrate, render } from 'preact';
import { type MenuIndex, type MenuQuery, readMenuQuery, writeMenuQuery } from '../../src/manual/index.ts';
import { readPreferences } from '../ui/preferences.ts';
import { MenuDocument } from './menu-document.tsx';

// What the reader chose for the calculator holds here too; pages without script follow the device.
const { theme, size } = readPreferences();
Object.assign(document.documentElement.dataset, { theme, size });

const language = document.documentElement.lang === 'en' ? 'en' : 'zh';
const { menuIndex } = language === 'zh' ? await import('wutong:menu-index-zh') : await import('wutong:menu-index-en');
const page = document.getElementById('app');
if (page !== null) start(page, menuIndex);

function start(page: HTMLElement, index: MenuIndex): void {
  let query = readMenuQuery(new URLSearchParams(location.search), index);
  let isTyping = false;

  const show = (next: MenuQuery): void => {
    query = next;
    render(draw(), page);
  };
  const draw = () => (
    <MenuDocument
      index={index}
      query={query}
      onQuery={(next, isTyped) => {
        const address = `${location.pathname}${writeMenuQuery(next)}`;
        // Letter by letter is one step back; a choice is one of its own.
        if (isTyped && isTyping) history.replaceState(null, '', address);
        else history.pushState(null, '', address);
        isTyping = isTyped;
        show(next);
      }}
    />
  );

  // Whoever typed before this script came is not asked to type again.
  const field = document.getElementById('q');
  const typed = field instanceof HTMLInputElement ? field.value : '';
  hydrate(draw(), page);
  if (field instanceof HTMLInputElement && typed !== field.defaultValue) {
    field.value = typed;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  addEventListener('popstate', () => {
    isTyping = false;
    show(readMenuQuery(new URLSearchParams(location.search), index));
  });
  // Links that only change the question are answered here.
  page.addEventListener('click', (event) => {
    const { target, button, metaKey, ctrlKey, shiftKey } = event;
    const link = target instanceof Element ? target.closest('a[data-query]') : null;
    if (!(link instanceof HTMLAnchorElement) || button !== 0 || metaKey || ctrlKey || shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    isTyping = false;
    show(readMenuQuery(new URLSearchParams(location.search), index));
    if (link.rel !== '') document.getElementById('found')?.scrollIntoView();
  });
}
