// The section of payments: instalments, doubts, batches, and what is asked back.
import { listPolicies } from '../../../src/contract/packs-endpoints.ts';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { useContext } from 'preact/hooks';
import { call } from '../../client/call.ts';
import { BatchPage } from './batch-page.tsx';
import { BatchesPage } from './batch-list-page.tsx';
import { DoubtsPage } from './doubt-list-page.tsx';
import { may } from '../me.ts';
import { useMoneyWords } from '../money-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { InstalmentPage } from './payment-instalment-page.tsx';
import { InstalmentsPage } from './payment-list-page.tsx';
import { type PaymentNames, PaymentNamesContext } from './payment-names.ts';
import { RecoveriesPage } from './payment-recoveries-page.tsx';
import { RecoveryPage } from './payment-recovery-page.tsx';
import { Tabs } from './payment-tabs.tsx';
import type { SectionPage } from '../section-page.ts';
import { useAsked } from '../use-call.ts';

/** The page that the address asks for, below the parts of the section. */
export function PaymentPages(page: SectionPage) {
  const words = useMoneyWords();
  const language = useContext(OfficeLanguageContext);
  const { heading, tabs } = words.payments;
  const [what = 'instalments', id] = page.path;
  // Both only put names in place of numbers; without them the pages work all the same.
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const policies = useAsked((signal) => call(listPolicies, { signal }), []);
  const names: PaymentNames = {
    places: places.state === 'there' ? places.value.data.items.map(({ code, name }) => [code, name] as const) : [],
    benefits: new Map(policies.state === 'there' ? policies.value.data.items.flatMap(({ benefits }) => benefits.map(({ benefitId, title }) => [benefitId, title[language] ?? title.zh] as const)) : []),
  };
  return (
    <PaymentNamesContext.Provider value={names}>
      <div class="money">
        <Tabs
          label={heading}
          current={what === 'instalment' ? 'instalments' : what}
          tabs={[
            ['instalments', tabs.instalments, ['payments']],
            ...(may(page.me, 'payment.check') ? [['doubts', tabs.doubts, ['payments', 'doubts']] as const] : []),
            ['batches', tabs.batches, ['payments', 'batches']],
            ['recoveries', tabs.recoveries, ['payments', 'recoveries']],
          ]}
        />
        {what === 'doubts' && may(page.me, 'payment.check') ? <DoubtsPage {...page} /> : null}
        {what === 'batches' ? id === undefined ? <BatchesPage {...page} /> : <BatchPage key={id} me={page.me} batchId={id} leftOut={Number(page.query['leftOut']) || 0} /> : null}
        {what === 'recoveries' ? id === undefined ? <RecoveriesPage {...page} /> : <RecoveryPage key={id} me={page.me} repaymentId={id} /> : null}
        {what === 'instalment' && id !== undefined ? <InstalmentPage key={id} me={page.me} instalmentId={id} /> : null}
        {what === 'instalments' ? <InstalmentsPage {...page} /> : null}
      </div>
    </PaymentNamesContext.Provider>
  );
}
