// Chooses the files of a policy, several at once or dropped, and reads them: names and texts, or why one is none.
import { useState } from 'preact/hooks';
import { FieldProblem } from '../../ui/field.tsx';
import { DropField } from '../drop-field.tsx';
import { usePolicyWords } from './policy-words.ts';

const MOST_CHARACTERS = 400_000;
const fileName = /^[a-z0-9](?:[a-z0-9-]|\.(?!\.))*\.yaml$/;

/** A field for the files; what cannot be one is named and left out. */
export function ChoosePolicyFiles({ label, hint, onFiles }: { label: string; hint: string; onFiles: (files: ReadonlyMap<string, string>) => void }) {
  const { upload: words } = usePolicyWords();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const take = async (files: readonly File[]): Promise<void> => {
    const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await readText(file) })));
    const wrong = read.flatMap(({ name, text }) => (fileName.test(name) ? (text === undefined ? [words.noText(name)] : text.length > MOST_CHARACTERS ? [words.tooLong(name)] : []) : [words.badName(name)]));
    setProblems(wrong);
    const fit = read.flatMap(({ name, text }) => (text !== undefined && fileName.test(name) && text.length <= MOST_CHARACTERS ? [[name, text] as const] : []));
    if (fit.length > 0) onFiles(new Map(fit));
  };
  return (
    <DropField label={label} hint={hint} choose={words.choose} accept=".yaml" isMany onFiles={(files) => void take(files)}>
      {problems.map((problem) => <FieldProblem key={problem}>{problem}</FieldProblem>)}
    </DropField>
  );
}

/** The text of a file; undefined where it is not UTF-8. */
async function readText(file: File): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
