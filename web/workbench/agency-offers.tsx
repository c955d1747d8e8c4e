// Organisations that asked somebody to act for them: accepting leads to the organisation's own pages.
import { useContext } from 'preact/hooks';
import { switchCapacity } from '../../src/contract/access-endpoints.ts';
import { acceptAgency, leaveAgency, listOwnAgencies } from '../../src/contract/agent-endpoints.ts';
import { call } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { OfficeLanguageContext } from './office-words.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { useAct, useAsked } from './use-call.ts';

const zh = {
  heading: (name: string) => `${name}请您做经办人`,
  lead: '接受以后，您可以替这个单位导入名单、申请、看本单位申请的办件。随时可以不做。',
  accept: '接受',
  acceptOf: (name: string) => `接受：${name}`,
  decline: '不接受',
  declineOf: (name: string) => `不接受：${name}`,
};
const en: typeof zh = {
  heading: (name) => `${name} asks you to act for it`,
  lead: 'Once you agree you can bring lists in, apply and see the cases for this organisation. You can stop any time.',
  accept: 'Agree',
  acceptOf: (name) => `Agree: ${name}`,
  decline: 'Decline',
  declineOf: (name) => `Decline: ${name}`,
};

/** The offers that wait for an answer; nothing where there are none. */
export function AgencyOffers({ onChange }: { onChange: () => void }) {
  const words = useContext(OfficeLanguageContext) === 'zh' ? zh : en;
  const asked = useAsked((signal) => call(listOwnAgencies, { signal }), []);
  const { isBusy, refusal, run } = useAct();
  const offers = asked.state === 'there' ? asked.value.data.items.filter(({ state }) => state === 'invited') : [];
  return (
    <>
      <RefusalNotice refusal={refusal} />
      {offers.map(({ agencyId, organisationName: name }) => (
        <section key={agencyId} class="card">
          <h2>{words.heading(name)}</h2>
          <p class="soft">{words.lead}</p>
          <div class="apply-foot">
            <Button tone="primary" label={words.acceptOf(name)} isBusy={isBusy} onPress={() => run(async () => {
              await call(acceptAgency, { params: { agencyId } });
              await call(switchCapacity, { body: { kind: 'agent', agencyId } });
              onChange();
            })}>{words.accept}</Button>
            <Button tone="quiet" label={words.declineOf(name)} isBusy={isBusy} onPress={() => run(async () => {
              await call(leaveAgency, { params: { agencyId } });
              asked.again();
            })}>{words.decline}</Button>
          </div>
        </section>
      ))}
    </>
  );
}
