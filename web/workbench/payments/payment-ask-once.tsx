// An act that cannot be undone: what it does is said in clay first, and asked once.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useMoneyWords } from '../money-words.ts';

/** A button that opens the warning, and the one that does it. `children` are fields that the act needs. */
export function AskOnce({ label, tone = 'secondary', warning, sure, isBusy, mayOpen, onSure, children }: {
  label: string;
  tone?: 'primary' | 'secondary' | 'quiet';
  warning: string;
  sure: string;
  isBusy: boolean;
  /** Looks at the fields before; false keeps the question shut. */
  mayOpen?: () => boolean;
  onSure: () => void;
  children?: ComponentChildren;
}) {
  const words = useMoneyWords();
  const [isAsking, setAsking] = useState(false);
  const question = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLDivElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (isAsking) question.current?.focus();
    else if (wasAsking.current) opener.current?.querySelector('button')?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  return (
    <div class="ask-once">
      {children}
      {isAsking ? (
        <div ref={question} tabIndex={-1} role="group" aria-label={label} onKeyDown={(event) => {
          if (event.key === 'Escape' && !isBusy) setAsking(false);
        }}>
          <Notice tone="clay">
            <p>{warning}</p>
            <div class="ask-once-answers">
              <Button tone="primary" isBusy={isBusy} onPress={onSure}>{sure}</Button>
              <Button tone="quiet" isDisabled={isBusy} onPress={() => setAsking(false)}>{words.before}</Button>
            </div>
          </Notice>
        </div>
      ) : (
        <div ref={opener}>
          <Button tone={tone} isBusy={isBusy} onPress={() => (mayOpen === undefined || mayOpen() ? setAsking(true) : undefined)}>{label}</Button>
        </div>
      )}
    </div>
  );
}
