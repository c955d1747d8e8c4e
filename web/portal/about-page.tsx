// How the result is worked out, and where the answers stay.
import { useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';

/** A page of plain sentences. */
export function AboutPage({ onBack }: { onBack: () => void }) {
  const words = useWords().about;
  return (
    <div class="about">
      <h1 id="title" tabIndex={-1}>{words.title}</h1>
      {words.sections.map(([title, text]) => (
        <section key={title}>
          <h2>{title}</h2>
          <p>{text}</p>
        </section>
      ))}
      <Button icon="back" onPress={onBack}>{words.back}</Button>
    </div>
  );
}
