// The keys of a page that asks: a figure chooses, Escape goes back.
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Listens while the page stands; in force as soon as it can be seen, since the first key counts. */
export function useAnswerKeys(main: RefObject<HTMLElement | null>, onBack: () => void): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
      const writes = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox' && event.target.type !== 'radio';
      if (event.key === 'Escape') onBack();
      else if (!writes && /^[1-9]$/.test(event.key)) {
        const list = main.current?.querySelector('.choices, .place-grid');
        list?.querySelectorAll<HTMLElement>('.choice')[Number(event.key) - 1]?.click();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [main, onBack]);
}
