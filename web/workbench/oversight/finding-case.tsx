// Chooses a case by whose it is: a name is looked for, and the cases of those who bear it are offered.
import { useContext, useState } from 'preact/hooks';
import { listCasesEndpoint } from '../../../src/contract/cases-endpoints.ts';
import { listPeople } from '../../../src/contract/search-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { useFindingWords } from './finding-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

/** A case with what tells it from others. */
export interface ChosenCase {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly told: string;
}

const MOST_PEOPLE = 5;
const MOST_CASES = 10;

/** The field. */
export function FindingCase({ label, chosen, onChoose }: { label: string; chosen: ChosenCase | undefined; onChoose: (chosen: ChosenCase | undefined) => void }) {
  const { picker } = useFindingWords();
  const language = useContext(OfficeLanguageContext);
  const [q, setQ] = useState('');
  const [found, setFound] = useState<readonly ChosenCase[]>();
  const { isBusy, refusal, run } = useAct();
  const search = (): void =>
    run(async () => {
      const { data } = await call(listPeople, { query: { q: q.trim(), limit: String(MOST_PEOPLE) } });
      const lists = await Promise.all(data.items.map(({ partyId }) => call(listCasesEndpoint, { query: { personId: partyId, limit: MOST_CASES } }, language)));
      setFound(lists.flatMap(({ data: { items } }) => items.map((one) => ({ caseId: one.caseId, caseNumber: one.caseNumber, told: `${one.subject.name} · ${one.benefitTitle[language]} · ${one.statusWords}` }))));
    });
  if (chosen !== undefined) {
    return (
      <div class="case-field">
        <span>{label}</span>
        <p><b>{chosen.told}</b> <span class="soft number">{chosen.caseNumber}</span></p>
        <div><Button tone="quiet" onPress={() => onChoose(undefined)}>{picker.other}</Button></div>
      </div>
    );
  }
  return (
    <div class="case-field">
      <div class="with-button">
        <TextField name="case-of" label={label} hint={picker.hint} value={q} onInput={setQ} maxLength={100} />
        <Button isBusy={isBusy} isDisabled={q.trim() === ''} onPress={search}>{picker.search}</Button>
      </div>
      <RefusalNotice refusal={refusal} />
      {found === undefined ? null : found.length === 0 ? <p class="soft" role="status">{picker.none}</p> : (
        <ul class="picked" role="list">
          {found.map((one) => (
            <li key={one.caseId}><button type="button" class="text-act" onClick={() => onChoose(one)}>{one.told}</button> <span class="small soft number">{one.caseNumber}</span></li>
          ))}
        </ul>
      )}
    </div>
  );
}
