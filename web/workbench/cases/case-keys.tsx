// Single keys on the pages of cases: a table of them on the page, and a way to turn them off.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useCaseWords } from './case-words.ts';

/** What a key does; `true` where it did something. */
type KeyActs = Readonly<Record<string, () => boolean>>;

const KEPT = 'wutong-case-keys';

/** Whether keys are on, and turning them on or off; kept for the next visit. */
function useKeysOn(): readonly [isOn: boolean, turn: (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => localStorage.getItem(KEPT) !== 'off');
  return [isOn, (next) => {
    localStorage.setItem(KEPT, next ? 'on' : 'off');
    setOn(next);
  }];
}

/** Listens for the keys, and shows the table of them. */
export function CaseKeys({ acts, table }: { acts: KeyActs; table: 'list' | 'page' }) {
  const { keys } = useCaseWords();
  const [isOn, turn] = useKeysOn();
  const details = useRef<HTMLDetailsElement>(null);
  const latest = useRef(acts);
  latest.current = acts;
  // Before the next key can come: whoever has just turned them off means letters.
  useLayoutEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      const panel = details.current;
      if (event.key === '?' && panel !== null) {
        panel.open = !panel.open;
        event.preventDefault();
      } else if (event.key === 'Escape' && panel?.open === true) panel.open = false;
      else if (latest.current[event.key]?.() === true) event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isOn]);
  return (
    <details class="display case-keys" ref={details}>
      <summary><span class="small">{keys.open}</span> <kbd>?</kbd></summary>
      <div class="display-panel">
        <table class="case-keys-table">
          <caption class="unseen">{keys.heading}</caption>
          <tbody>
            {keys[table].map(([key = '', does = '']) => (
              <tr key={key}><th scope="row"><kbd>{key}</kbd></th><td>{does}</td></tr>
            ))}
          </tbody>
        </table>
        <label class="tick">
          <input type="checkbox" checked={isOn} onChange={(event) => turn(event.currentTarget.checked)} />
          <span>{keys.isOn}</span>
        </label>
      </div>
    </details>
  );
}

/** Whoever writes means letters. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select') || target.isContentEditable);
}
