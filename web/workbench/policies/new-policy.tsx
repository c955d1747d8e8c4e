// A policy that is new in the city: its id, whose it is, and its files, uploaded or begun from those of another; it becomes a draft that is checked at once.
import { useContext, useState } from 'preact/hooks';
import { draftPack, getPackFiles, listPacks, listPolicies } from '../../../src/contract/packs-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { linkTo } from '../address.ts';
import { ReasonField } from '../cases/case-fields.tsx';
import { OfficeLanguageContext, useOfficeWords } from '../office-words.ts';
import { ChoosePolicyFiles } from './choose-policy-files.tsx';
import { usePolicyWords } from './policy-words.ts';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { latestOf, useAct, useAsked } from '../use-call.ts';
import { WaitLine } from '../wait-line.tsx';

const idForm = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){0,99}$/;
const MAIN_FILE = 'policy.yaml';

/** The page. */
export function NewPolicy() {
  const words = usePolicyWords();
  const office = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const { upload } = words;
  const [policyId, setPolicyId] = useState('');
  const [city, setCity] = useState('');
  const [way, setWay] = useState<'files' | 'copy'>('files');
  const [from, setFrom] = useState('');
  const [files, setFiles] = useState<ReadonlyMap<string, string>>(new Map());
  const [note, setNote] = useState('');
  const [isLooked, setLooked] = useState(false);
  const asked = useAsked((signal) => call(listPolicies, { signal }), []);
  const { isBusy, refusal, run } = useAct();
  const policies = latestOf(asked)?.data.items;
  if (asked.state === 'refused') return <RefusalNotice refusal={asked.refusal} onRetry={asked.again} />;
  if (policies === undefined) return <EmptyState>{office.loading}</EmptyState>;
  const cities = [...new Set(policies.map(({ cityId }) => cityId))];
  const cityId = city === '' ? (cities[0] ?? '') : city;
  const base = policies.find((one) => one.policyId === from);
  const idProblem = !idForm.test(policyId) ? upload.idWrong : policies.some((one) => one.policyId === policyId) ? upload.idTaken : undefined;
  const filesProblem = way === 'copy' ? (base === undefined ? upload.chooseOne : undefined) : files.has(MAIN_FILE) ? undefined : upload.needsMain;
  const draft = (): void => {
    setLooked(true);
    if (idProblem !== undefined || filesProblem !== undefined) return;
    run(async () => {
      const begun = way === 'files' || base === undefined ? Object.fromEntries(files) : await filesOf(base);
      const { data } = await call(draftPack, { body: { policyId, cityId, files: begun, ...(note.trim() === '' ? {} : { note }) } });
      location.hash = linkTo(['policies', policyId, data.packId]);
    });
  };
  return (
    <div class="staff-member">
      <p class="small"><a href={linkTo(['policies'])}>{words.back}</a></p>
      <div>
        <h1>{upload.heading}</h1>
        <p class="soft">{upload.lead}</p>
      </div>
      <form
        class="card staff-appoint"
        aria-label={upload.heading}
        onSubmit={(event) => {
          event.preventDefault();
          draft();
        }}
      >
        <TextField name="policy-id" label={upload.id} hint={upload.idHint} value={policyId} onInput={(text) => setPolicyId(text.trim())} maxLength={100} problem={isLooked ? idProblem : undefined} isFirst />
        {cities.length < 2 ? null : <SelectField label={upload.city} hasAll={false} value={cityId} options={cities.map((one) => [one, upload.cityOf(one, policies.filter((each) => each.cityId === one).map(({ short }) => short[language]))] as const)} onChoose={setCity} />}
        <fieldset class="switch">
          <legend>{upload.way}</legend>
          <div class="switch-options">
            {(['files', 'copy'] as const).map((one) => (
              <label key={one}>
                <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
                <span>{upload.ways[one]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        {way === 'copy' ? <SelectField label={upload.from} value={from} hasAll={false} options={[['', upload.chooseOne], ...policies.map((one) => [one.policyId, one.title[language]] as const)]} onChoose={setFrom} /> : (
          <>
            <ChoosePolicyFiles label={upload.files} hint={upload.filesHint} onFiles={(more) => setFiles((now) => new Map([...now, ...more]))} />
            {files.size === 0 ? null : (
              <ul class="policy-chosen" role="list" aria-label={upload.chosen}>
                {[...files.keys()].sort().map((name) => (
                  <li key={name}>
                    <code>{name}</code>
                    <button type="button" class="case-link-button" aria-label={upload.leaveOutOf(name)} onClick={() => setFiles((now) => new Map([...now].filter(([one]) => one !== name)))}>{upload.leaveOut}</button>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        {isLooked && filesProblem !== undefined ? <FieldProblem>{filesProblem}</FieldProblem> : null}
        <ReasonField label={words.pack.note} value={note} onInput={setNote} rows={2} />
        <RefusalNotice refusal={refusal} />
        <div><Button tone="primary" submits isBusy={isBusy}>{upload.go}</Button></div>
        <WaitLine isBusy={isBusy} words={upload.checking} />
      </form>
    </div>
  );
}

/** The files of the version of a policy that is in force. */
async function filesOf({ policyId, packHash }: { readonly policyId: string; readonly packHash: string }): Promise<Readonly<Record<string, string>>> {
  const published = (await call(listPacks, { query: { policy: policyId, state: 'published', limit: 200 } })).data.items;
  const packId = (published.find((one) => one.packHash === packHash) ?? published[0])?.packId ?? '';
  return (await call(getPackFiles, { params: { packId } })).data.files;
}
