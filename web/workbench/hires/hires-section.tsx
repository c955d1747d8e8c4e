// The section of an organisation's applications for lists: all of them, choosing what to apply for, or one with its progress.
import { HiresApplication } from './hires-application.tsx';
import { HiresChoose } from './hires-choose.tsx';
import { HiresLists } from './hires-lists.tsx';
import type { SectionPage } from '../section-page.ts';

/** The part that the address names: `from/<import>`, an application's id, or all. */
export function HiresSection({ path, me }: SectionPage) {
  const [first, importId] = path;
  if (first === 'from' && importId !== undefined && me.capacity.kind === 'agent') return <HiresChoose key={importId} importId={importId} organisationId={me.capacity.organisationId} />;
  return first === undefined || first === 'from' ? <HiresLists me={me} /> : <HiresApplication key={first} applicationId={first} me={me} />;
}
