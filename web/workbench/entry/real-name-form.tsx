// Name and identity number, as on the document: for signing in on a new device, and for saying who one is.
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useOfficeWords } from '../office-words.ts';
import { TextField } from '../text-field.tsx';

/** What was written. */
export interface RealName {
  readonly name: string;
  readonly identityNumber: string;
}

/** The two fields and the button. */
export function RealNameForm({ isBusy, go, onGo }: { isBusy: boolean; go: string; onGo: (realName: RealName) => void }) {
  const { signIn } = useOfficeWords();
  const [name, setName] = useState('');
  const [identityNumber, setIdentityNumber] = useState('');
  const isComplete = name.trim() !== '' && /^[\dA-Za-z]{15,18}$/.test(identityNumber);
  return (
    <form
      class="gate-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) onGo({ name: name.trim(), identityNumber });
      }}
    >
      <TextField name="name" label={signIn.name} value={name} onInput={setName} autocomplete="name" isFirst maxLength={100} />
      <TextField
        name="identity-number"
        label={signIn.identityNumber}
        hint={signIn.identityNumberHint}
        value={identityNumber}
        onInput={(text) => setIdentityNumber(text.replaceAll(/\s/g, '').toUpperCase())}
        maxLength={20}
      />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={!isComplete}>{go}</Button>
    </form>
  );
}
