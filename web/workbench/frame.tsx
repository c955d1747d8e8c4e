// What stands around every page of the workbench: the mark, the sections, who one is, and how the page looks.
import type { ComponentChildren, TargetedKeyboardEvent, TargetedMouseEvent } from 'preact';
import { signOut, switchCapacity } from '../../src/contract/access-endpoints.ts';
import { call, CallRefused, isSignedOut } from '../client/call.ts';
import { Icon } from '../ui/icon.tsx';
import { Mark } from '../ui/mark.tsx';
import { SkipLink } from '../ui/skip-link.tsx';
import { LanguageSwitch, ThemeSwitch, TypeSizeSwitch } from '../ui/switches.tsx';
import { linkTo } from './address.ts';
import { type Me, type Switch, switchTo } from './me.ts';
import { useOfficeWords } from './office-words.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { type SectionName, tellSection } from './sections.ts';
import { tellCapacity } from './tell-capacity.ts';
import { useAct } from './use-call.ts';
import { useShownCurrent } from './use-shown-current.ts';
import type { OfficeDisplay } from './workbench-display.ts';

export interface FrameOptions {
  readonly display: OfficeDisplay;
  readonly me?: Me;
  readonly sections?: readonly SectionName[];
  readonly current?: SectionName | undefined;
  readonly onChange?: () => void;
  readonly onOut?: () => void;
  readonly children: ComponentChildren;
}

/** The frame; without `me` it is that of the gate. */
export function Frame({ display, me, sections = [], current, onChange, onOut, children }: FrameOptions) {
  const words = useOfficeWords();
  const { isBusy, refusal, run } = useAct();
  const row = useShownCurrent<HTMLElement>(current);
  return (
    <div class={me === undefined ? 'desk gate-desk' : 'desk'}>
      <SkipLink to="content">{words.skip}</SkipLink>
      <header class="desk-head">
        <a class="brand" href={linkTo([])}>
          <Mark />
          <span class="brand-name">{words.product}</span>
          <span class="small soft">{words.title}</span>
        </a>
        {sections.length === 0 ? null : (
          <nav class="desk-nav" aria-label={words.frame.menu} ref={row}>
            {sections.map((name) => (
              <a key={name} href={linkTo([name])} aria-current={name === current ? 'page' : undefined}>{tellSection(name, display.language)}</a>
            ))}
          </nav>
        )}
        <div class="desk-tools">
          {me === undefined ? null : <WhoMenu me={me} isBusy={isBusy} onSwitch={(capacity) => run(async () => {
            await call(switchCapacity, { body: capacity });
            onChange?.();
          })} onOut={() => run(async () => {
            await leave();
            onOut?.();
          })} />}
          <details class="display" onKeyDown={closeOnEscape}>
            <summary>
              <span class="display-icon"><Icon name="display" /></span>
              <span class="small">{words.frame.display}</span>
            </summary>
            <div class="display-panel">
              <LanguageSwitch value={display.language} onChange={display.onLanguage} />
              <TypeSizeSwitch value={display.preferences.size} onChange={(size) => display.onPreferences({ ...display.preferences, size })} />
              <ThemeSwitch value={display.preferences.theme} onChange={(theme) => display.onPreferences({ ...display.preferences, theme })} />
            </div>
          </details>
        </div>
      </header>
      <RefusalNotice refusal={refusal} />
      {children}
    </div>
  );
}

/** Signs out; a session that has ended by itself needs no more than that. */
async function leave(): Promise<void> {
  try {
    await call(signOut);
  } catch (error) {
    if (!(error instanceof CallRefused && isSignedOut(error))) throw error;
  }
}

/** Esc shuts a menu and leaves the keyboard where it was opened. */
function closeOnEscape(event: TargetedKeyboardEvent<HTMLDetailsElement>): void {
  if (event.key !== 'Escape' || !event.currentTarget.open) return;
  event.stopPropagation();
  event.currentTarget.open = false;
  event.currentTarget.querySelector('summary')?.focus();
}

/** Whoever has chosen has no more use for the menu. */
function closeOnChoice(event: TargetedMouseEvent<HTMLElement>): void {
  const menu = event.currentTarget.closest('details');
  if (menu !== null && event.target instanceof Element && event.target.closest('.menu-item') !== null) menu.open = false;
}

function WhoMenu({ me, isBusy, onSwitch, onOut }: { me: Me; isBusy: boolean; onSwitch: (capacity: Switch) => void; onOut: () => void }) {
  const words = useOfficeWords();
  const others = me.capacities.filter((one) => JSON.stringify(one) !== JSON.stringify(me.capacity));
  return (
    <details class="display who" onKeyDown={closeOnEscape}>
      <summary>
        <span class="small">{tellCapacity(me.capacity, words)}</span>
        <Icon name="down" />
      </summary>
      <div class="display-panel" onClick={closeOnChoice}>
        {others.length === 0 ? null : (
          <>
            <p class="small soft">{words.frame.act}</p>
            {others.map((one) => (
              <button key={JSON.stringify(one)} type="button" class="menu-item" disabled={isBusy} onClick={() => onSwitch(switchTo(one))}>{tellCapacity(one, words)}</button>
            ))}
          </>
        )}
        <a class="menu-item" href={linkTo(['account'])}>{words.frame.account}</a>
        <button type="button" class="menu-item" disabled={isBusy} onClick={onOut}>{words.frame.out}</button>
      </div>
    </details>
  );
}
