// The first page behind the gate: who one is, and the ways on.
import { useContext } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { linkTo } from './address.ts';
import { AgencyOffers } from './agency-offers.tsx';
import type { Me } from './me.ts';
import { OfficeLanguageContext, useOfficeWords } from './office-words.ts';
import { type SectionName, tellSection } from './sections.ts';
import { tellCapacity } from './tell-capacity.ts';

/** The sections as plain choices. */
export function HomePage({ me, sections, onChange }: { me: Me; sections: readonly SectionName[]; onChange: () => void }) {
  const words = useOfficeWords();
  const language = useContext(OfficeLanguageContext);
  const hints: Partial<Readonly<Record<SectionName, string>>> = words.home.hints;
  return (
    <>
      <div>
        <h1>{words.home.heading}</h1>
        {me.capacity.kind === 'person' ? null : <p class="soft">{words.home.as(tellCapacity(me.capacity, words))}</p>}
      </div>
      {me.capacity.kind === 'person' ? <AgencyOffers onChange={onChange} /> : null}
      {sections.length === 0 ? (
        <EmptyState>{words.home.nothing}</EmptyState>
      ) : (
        <nav class="ways" aria-label={words.home.ways}>
          {sections.map((name) => (
            <a key={name} class="way" href={linkTo([name])}>
              <span>
                {tellSection(name, language)}
                {hints[name] === undefined ? null : <span class="small way-hint">{hints[name]}</span>}
              </span>
              <Icon name="on" />
            </a>
          ))}
        </nav>
      )}
    </>
  );
}
