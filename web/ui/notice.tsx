// Short messages that stand in the page: something to know, something that went wrong, and the way to every field that needs another look.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** `clay` is for what went wrong or cannot be undone and is spoken at once; the others wait their turn. */
export function Notice({ tone = 'plain', icon = 'information', children }: { tone?: 'plain' | 'leaf' | 'clay'; icon?: IconName; children: ComponentChildren }) {
  return (
    <div class={`notice ${tone}`} role={tone === 'clay' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** What has to be looked at again, each with the way to its field. */
export function ErrorSummary({ title, problems }: { title: string; problems: readonly { readonly field: string; readonly words: string }[] }) {
  return (
    <Notice tone="clay">
      <b>{title}</b>
      <ul>
        {problems.map(({ field, words }) => (
          <li key={field}>
            <a href={`#${field}`}>{words}</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
