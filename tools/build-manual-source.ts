// Gathers what the manual is made from: the compiled packs with their examples, vocabularies, questions and places.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentsOf } from '../src/authoring/clause-number.ts';
import type { ManualSource } from '../src/manual/index.ts';
import { type ExamplesModule, type FullModule, type Manifest, openReference, type ReferenceModule, type VocabularyModule } from '../src/policy/index.ts';
import type { QuestionsModule } from '../src/policy/manifest.ts';

/** The manual's source from the compiled packs. @param packs their folder, with its manifest. */
export async function readManualSource(packs: string): Promise<ManualSource> {
  const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
  const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
  const cities = await Promise.all(
    manifest.cities.map(async (city) => ({
      city,
      policies: await Promise.all(
        city.policies.map(async ({ full, examples }) => {
          const [{ policy }, cases] = await Promise.all([load<FullModule>(full), load<ExamplesModule>(examples)]);
          return { policy, examples: cases.examples };
        }),
      ),
    })),
  );
  const { vocabularies } = await load<VocabularyModule>(manifest.vocabulary);
  const { questions } = await load<QuestionsModule>(manifest.questions);
  const { reference } = await load<ReferenceModule>(manifest.reference);
  return { cities, vocabularies, questions, reference: openReference(reference), parentsOf };
}
