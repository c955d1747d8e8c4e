// Shows the page of a section once it is fetched; says so where it cannot be.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { useOfficeWords } from './office-words.ts';
import type { SectionPage } from './section-page.ts';
import { loadSection, type SectionName } from './sections.ts';

/** The page of `name`, or that it is on its way. */
export function OpenSection({ name, ...page }: SectionPage & { name: SectionName }) {
  const words = useOfficeWords();
  const [found, setFound] = useState<{ readonly name: SectionName; readonly Page: ComponentType<SectionPage> }>();
  const [isFailed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setFailed(false);
    loadSection(name).then(
      (Page) => isWanted && setFound({ name, Page }),
      () => isWanted && setFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [name, round]);
  if (isFailed) {
    return (
      <Notice tone="clay">
        <p>{words.unfetched}</p>
        <Button tone="quiet" onPress={() => setRound((now) => now + 1)}>{words.retry}</Button>
      </Notice>
    );
  }
  if (found?.name !== name) return <EmptyState>{words.loading}</EmptyState>;
  const { Page } = found;
  return <Page {...page} />;
}
