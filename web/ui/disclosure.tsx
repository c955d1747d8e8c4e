// What can be opened: a line that says what is below.
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** A plain opener. `count` stands at its end. */
export function Disclosure({ label, count, isOpen = false, children }: { label: ComponentChildren; count?: string; isOpen?: boolean; children: ComponentChildren }) {
  return (
    <details class="disclosure" open={isOpen}>
      <summary>
        <Icon name="down" />
        <span>{label}</span>
        {count === undefined ? null : <span class="small soft">{count}</span>}
      </summary>
      <div class="disclosed">{children}</div>
    </details>
  );
}
