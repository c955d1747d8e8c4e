// A new password, written twice; and what an answer of signing in holds.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useOfficeWords } from '../office-words.ts';
import { TextField } from '../text-field.tsx';

/** What an answer says is still wanted. */
export interface SignInAnswer {
  readonly next: 'done' | 'second-factor' | 'new-password' | 'enrol-second-factor' | 'real-name';
  readonly stepToken: string | null;
  readonly recoveryCodes?: readonly string[] | undefined;
}

/** A new password, written twice. */
export function NewPassword({ isBusy, isReady = true, go, onGo }: { isBusy: boolean; isReady?: boolean; go: string; onGo: (password: string) => void }) {
  const { signIn } = useOfficeWords();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isDifferent, setDifferent] = useState(false);
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        setDifferent(password !== again);
        if (password === again && password !== '') onGo(password);
      }}
    >
      <TextField name="new-password" label={signIn.newPassword} isSecret value={password} onInput={setPassword} autocomplete="new-password" maxLength={512} />
      <TextField
        name="new-password-again"
        label={signIn.again}
        isSecret
        value={again}
        onInput={(value) => {
          setAgain(value);
          setDifferent(false);
        }}
        autocomplete="new-password"
        maxLength={512}
        problem={isDifferent ? signIn.differs : undefined}
      />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={!isReady || password === '' || again === ''}>{go}</Button>
    </form>
  );
}
