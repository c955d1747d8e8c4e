// One's bank accounts: entered, seen by their last digits, closed.
import { useState } from 'preact/hooks';
import { addBankAccountEndpoint, closeBankAccountEndpoint, listBankAccountsEndpoint } from '../../../src/contract/registry-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useRecordWords } from './record-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { TextField } from '../text-field.tsx';
import { useAct, useAsked } from '../use-call.ts';

/** The accounts of a party. */
export function BankAccounts({ partyId }: { partyId: string }) {
  const words = useRecordWords();
  const accounts = useAsked((signal) => call(listBankAccountsEndpoint, { params: { partyId }, signal }), [partyId]);
  const [bankName, setBankName] = useState('');
  const [holderName, setHolderName] = useState('');
  const [number, setNumber] = useState('');
  const [isAdded, setAdded] = useState(false);
  const { isBusy, refusal, run } = useAct();
  const isComplete = [bankName, holderName, number].every((one) => one.trim() !== '');
  const add = (): void =>
    run(async () => {
      await call(addBankAccountEndpoint, { params: { partyId }, body: { bankName: bankName.trim(), holderName: holderName.trim(), number } });
      setBankName('');
      setHolderName('');
      setNumber('');
      setAdded(true);
      accounts.again();
    });
  const items = accounts.state === 'there' ? accounts.value.data.items : accounts.state === 'loading' ? (accounts.before?.data.items ?? []) : [];
  return (
    <section class="card">
      <h2>{words.accounts}</h2>
      <p class="soft">{words.accountsLead}</p>
      {accounts.state === 'refused' ? <RefusalNotice refusal={accounts.refusal} onRetry={accounts.again} /> : null}
      {accounts.state === 'there' && items.length === 0 ? <p>{words.noAccounts}</p> : null}
      <ul class="sessions">
        {items.map((one) => (
          <li key={one.bankAccountId}>
            <span>
              {one.bankName} <span class="number">{one.maskedNumber}</span>
              <br />
              <span class="small soft">{one.holderName}</span>
            </span>
            {one.closedAt === null ? (
              <Button tone="quiet" isBusy={isBusy} label={`${words.close} ${one.maskedNumber}`} onPress={() => run(async () => {
                await call(closeBankAccountEndpoint, { params: { partyId, bankAccountId: one.bankAccountId } });
                accounts.again();
              })}>{words.close}</Button>
            ) : (
              <span class="small soft">{words.closed}</span>
            )}
          </li>
        ))}
      </ul>
      <form
        class="gate-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) add();
        }}
      >
        <TextField name="bank" label={words.bank} hint={words.bankHint} value={bankName} onInput={setBankName} maxLength={100} />
        <TextField name="holder" label={words.holder} value={holderName} onInput={setHolderName} maxLength={100} />
        <TextField name="number" label={words.number} inputMode="numeric" value={number} onInput={(text) => setNumber(text.replaceAll(/\s/g, ''))} maxLength={40} />
        <Button submits isBusy={isBusy} isDisabled={!isComplete}>{words.add}</Button>
        {isAdded ? <Notice tone="leaf">{words.added}</Notice> : null}
        <RefusalNotice refusal={refusal} />
      </form>
    </section>
  );
}
