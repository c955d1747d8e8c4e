// Chooses a file and tells which one it is and how large.
import { DropField } from '../drop-field.tsx';

/** A field for one file. */
export function ChooseFile({ label, choose, accept, file, onFile }: { label: string; choose: string; accept: string; file: File | undefined; onFile: (file: File) => void }) {
  return (
    <DropField label={label} choose={choose} accept={accept} onFiles={([first]) => onFile(first)}>
      {file === undefined ? null : <p role="status"><b>{file.name}</b> <span class="small soft">{tellSize(file.size)}</span></p>}
    </DropField>
  );
}

function tellSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
