// A new inspection plan: of which benefit, where, and how many.
import { useState } from 'preact/hooks';
import { planInspectionEndpoint } from '../../../src/contract/oversight-endpoints.ts';
import { call } from '../../client/call.ts';
import { Button } from '../../ui/button.tsx';
import { FieldProblem } from '../../ui/field.tsx';
import { linkTo } from '../address.ts';
import { useInspectionWords } from './inspection-words.ts';
import { useNames } from '../publicity/publicity-names.tsx';
import { RefusalNotice } from '../refusal-notice.tsx';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { useAct } from '../use-call.ts';

const MOST = 10_000;

/** The form. */
export function MakePlanPage() {
  const { make, jurisdiction, plans } = useInspectionWords();
  const { places, policies } = useNames();
  const [title, setTitle] = useState('');
  const [place, setPlace] = useState('');
  const [policyId, setPolicy] = useState('');
  const [benefitId, setBenefit] = useState('');
  const [wanted, setWanted] = useState('');
  const [isLooked, setLooked] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const { isBusy, refusal, run } = useAct();
  const count = Number(wanted.normalize('NFKC'));
  const isCount = Number.isInteger(count) && count >= 1 && count <= MOST;
  const policy = policies.find((one) => one.policyId === policyId);
  const missing = (text: string): string | undefined => (isLooked && text.trim() === '' ? make.missing : undefined);
  return (
    <>
      <p><a href={linkTo(['inspections'])}>{make.back}</a></p>
      <form
        class="card money-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setLooked(true);
          if (title.trim() === '' || place === '' || policyId === '' || !isCount) return;
          run(async () => {
            const body = { title: title.trim(), jurisdictionCode: place, policyId, wanted: count, ...(benefitId === '' ? {} : { benefitId }) };
            const { data } = await call(planInspectionEndpoint, { body, key });
            location.hash = linkTo(['inspections', 'plan', data.planId]);
          });
        }}
      >
        <h1>{make.heading}</h1>
        <p class="soft">{make.lead}</p>
        <TextField name="title" label={make.title} hint={make.titleHint} value={title} onInput={setTitle} problem={missing(title)} isFirst maxLength={100} />
        <div>
          <SelectField label={jurisdiction} value={place} options={[['', '—'], ...places]} onChoose={setPlace} hasAll={false} />
          <FieldProblem>{missing(place)}</FieldProblem>
        </div>
        <div>
          <SelectField
            label={make.policy}
            value={policyId}
            options={[['', '—'], ...policies.map((one) => [one.policyId, one.title] as const)]}
            onChoose={(one) => {
              setPolicy(one);
              setBenefit('');
            }}
            hasAll={false}
          />
          <FieldProblem>{missing(policyId)}</FieldProblem>
        </div>
        {policy === undefined ? null : <SelectField label={make.benefit} value={benefitId} options={[['', plans.all], ...policy.benefits]} onChoose={setBenefit} hasAll={false} />}
        <TextField name="wanted" label={make.wanted} value={wanted} onInput={setWanted} inputMode="numeric" problem={isLooked && !isCount ? make.wantedWrong : undefined} maxLength={6} />
        <RefusalNotice refusal={refusal} />
        <div class="form-acts"><Button tone="primary" submits isBusy={isBusy}>{make.go}</Button></div>
      </form>
    </>
  );
}
