// Outside identity providers: which there are, a new one, its secret, and whether people may sign in by it.
import { useState } from 'preact/hooks';
import { addProvider, changeProvider, listProviders } from '../../../src/contract/staff-endpoints.ts';
import { type Answer, call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { AskOnce } from '../payments/payment-ask-once.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { ListFrame } from './list-frame.tsx';
import { useStaffWords } from './staff-words.ts';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

type Provider = Answer<typeof listProviders>['data']['items'][number];

/** All providers. */
export function ProvidersPage() {
  const { providers: words } = useStaffWords();
  const [told, setTold] = useState<string>();
  const asked = useAsked((signal) => call(listProviders, { signal }), []);
  const { isBusy, refusal, run } = useAct();
  const change = (one: Provider, body: { readonly isOpen?: boolean; readonly clientSecret?: string }): void =>
    run(async () => {
      setTold(undefined);
      await call(changeProvider, { params: { providerId: one.providerId }, body });
      setTold(words.changed);
      asked.again();
    });
  return (
    <ListFrame
      words={words}
      told={told}
      refusal={refusal}
      asked={asked}
      list={({ data: { items } }) => items.length === 0 ? <EmptyState>{words.empty}</EmptyState> : (
        <ul class="staff-waiting" role="list">
          {items.map((one) => <OneProvider key={one.providerId} one={one} isBusy={isBusy} onChange={(body) => change(one, body)} />)}
        </ul>
      )}
    >
      <Disclosure label={words.add}>
        <ProviderForm onAdded={() => {
          setTold(words.added);
          asked.again();
        }} />
      </Disclosure>
    </ListFrame>
  );
}

function OneProvider({ one, isBusy, onChange }: { one: Provider; isBusy: boolean; onChange: (body: { readonly isOpen?: boolean; readonly clientSecret?: string }) => void }) {
  const { providers: words } = useStaffWords();
  const [secret, setSecret] = useState('');
  const name = `${one.name.zh} · ${one.name.en}`;
  return (
    <li class="card" aria-label={one.name.zh}>
      <div>
        <h2>{name}</h2>
        <p><StatusTag status={one.isOpen ? 'yes' : 'no'} word={one.isOpen ? words.open : words.closed} /></p>
        <dl class="pairs small">
          <dt>{words.issuer}</dt>
          <dd>{one.issuer}</dd>
          <dt>{words.clientId}</dt>
          <dd>{one.clientId} · {one.hasSecret ? words.hasSecret : words.noSecret}</dd>
          <dt>{words.returnUrl}</dt>
          <dd>{one.returnUrl}</dd>
        </dl>
      </div>
      <div class="staff-answers">
        {one.isOpen ? (
          <AskOnce label={words.close} tone="quiet" warning={words.closeWarning} sure={words.close} isBusy={isBusy} onSure={() => onChange({ isOpen: false })} />
        ) : (
          <AskOnce label={words.reopen} warning={words.reopenWarning} sure={words.reopen} isBusy={isBusy} onSure={() => onChange({ isOpen: true })} />
        )}
        <Disclosure label={words.change}>
          <form
            class="staff-appoint"
            onSubmit={(event) => {
              event.preventDefault();
              if (secret === '') return;
              onChange({ clientSecret: secret });
              setSecret('');
            }}
          >
            <TextField name="new-secret" label={words.secret} value={secret} onInput={setSecret} isSecret maxLength={500} />
            <Button submits isBusy={isBusy} isDisabled={secret === ''}>{words.change}</Button>
          </form>
        </Disclosure>
      </div>
    </li>
  );
}

function ProviderForm({ onAdded }: { onAdded: () => void }) {
  const { providers: words } = useStaffWords();
  const empty = { issuer: '', clientId: '', clientSecret: '', returnUrl: '', zh: '', en: '' };
  const [entry, setEntry] = useState(empty);
  const { isBusy, refusal, run } = useAct();
  const problem = (field: string): string | undefined => refusal?.details.find((one) => one.field === field)?.message;
  const set = (part: Partial<typeof empty>): void => setEntry((now) => ({ ...now, ...part }));
  const isReady = [entry.issuer, entry.clientId, entry.returnUrl, entry.zh, entry.en].every((one) => one.trim() !== '');
  return (
    <form
      class="staff-appoint"
      aria-label={words.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        run(async () => {
          const { issuer, clientId, clientSecret, returnUrl, zh, en } = entry;
          await call(addProvider, { body: { issuer, clientId, clientSecret: clientSecret === '' ? null : clientSecret, returnUrl, name: { zh, en } } });
          setEntry(empty);
          onAdded();
        });
      }}
    >
      <TextField name="provider-zh" label={words.nameZh} value={entry.zh} onInput={(zh) => set({ zh })} maxLength={60} />
      <TextField name="provider-en" label={words.nameEn} value={entry.en} onInput={(en) => set({ en })} maxLength={60} />
      <TextField name="provider-issuer" label={words.issuer} hint="https://" value={entry.issuer} onInput={(issuer) => set({ issuer })} problem={problem('issuer')} />
      <TextField name="provider-client" label={words.clientId} value={entry.clientId} onInput={(clientId) => set({ clientId })} problem={problem('clientId')} />
      <TextField name="provider-secret" label={words.secret} hint={words.secretHint} value={entry.clientSecret} onInput={(clientSecret) => set({ clientSecret })} isSecret maxLength={500} />
      <TextField name="provider-return" label={words.returnUrl} hint="https://" value={entry.returnUrl} onInput={(returnUrl) => set({ returnUrl })} problem={problem('returnUrl')} />
      <RefusalNotice refusal={refusal} />
      <Button tone="primary" submits isBusy={isBusy} isDisabled={!isReady}>{words.go}</Button>
    </form>
  );
}
