// The parts of a section, as links beside each other.
import { linkTo } from '../address.ts';
import { useShownCurrent } from '../use-shown-current.ts';

/** Links to the parts; the present one is said. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly (readonly [name: string, word: string, path: readonly string[]])[]; current: string }) {
  const row = useShownCurrent<HTMLElement>(current);
  return (
    <nav class="tabs" aria-label={label} ref={row}>
      {tabs.map(([name, word, path]) => (
        <a key={name} href={linkTo(path)} aria-current={name === current ? 'page' : undefined}>{word}</a>
      ))}
    </nav>
  );
}
