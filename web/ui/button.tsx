// A button, or a link that looks like one.
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonOptions {
  readonly children: ComponentChildren;
  /** `primary` once on a screen; `secondary` beside it; `quiet` for what is rarely wanted. */
  readonly tone?: 'primary' | 'secondary' | 'quiet';
  readonly submits?: boolean;
  readonly isBusy?: boolean;
  readonly isDisabled?: boolean;
  readonly icon?: IconName;
  readonly iconAfter?: IconName;
  /** Said instead of the words, where several buttons say the same. */
  readonly label?: string;
  readonly onPress?: () => void;
}

/** A button of at least 48 px. A busy one keeps its place and its words, and cannot be pressed. */
export function Button({ children, tone = 'secondary', submits = false, isBusy = false, isDisabled = false, icon, iconAfter, label, onPress }: ButtonOptions) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      class={`button ${tone}`}
      aria-label={label}
      aria-busy={isBusy}
      aria-disabled={isBusy || isDisabled}
      onClick={(event) => {
        if (isBusy || isDisabled) event.preventDefault();
        else onPress?.();
      }}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
      {iconAfter === undefined ? null : <Icon name={iconAfter} />}
    </button>
  );
}
