// The section of policies: those in force, one policy with its versions, a version, or what is set for a year.
import { may } from '../me.ts';
import { NewPolicy } from './new-policy.tsx';
import { PackPage } from './pack-page.tsx';
import { PolicyList } from './policy-list.tsx';
import { PolicyPage } from './policy-page.tsx';
import type { SectionPage } from '../section-page.ts';
import { SettingsPage } from './setting-page.tsx';

const NEW = 'new';

/** Which page by the address. */
export function PolicyPages(page: SectionPage) {
  const [policyId, part] = page.path;
  if (policyId === undefined) return <PolicyList {...page} />;
  if (policyId === NEW && part === undefined && may(page.me, 'pack.draft')) return <NewPolicy />;
  if (part === undefined) return <PolicyPage key={policyId} policyId={policyId} me={page.me} />;
  return part === 'settings' ? <SettingsPage key={policyId} policyId={policyId} {...page} /> : <PackPage key={part} packId={part} policyId={policyId} me={page.me} />;
}
