// What stands where there is nothing yet, and where something is on its way.
import type { ComponentChildren } from 'preact';
import { Mark } from './mark.tsx';

/** A leaf and a sentence that says what will stand here. */
export function EmptyState({ children }: { children: ComponentChildren }) {
  return (
    <div class="empty">
      <Mark size={72} />
      <p>{children}</p>
    </div>
  );
}

/** Keeps the place of a line that comes at once, so that nothing jumps. */
export function Skeleton() {
  return (
    <span class="skeleton" aria-hidden="true">
      …
    </span>
  );
}
