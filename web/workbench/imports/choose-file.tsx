// Chooses a file: by the system's own dialog, or dropped onto the field.
import { useId, useState } from 'preact/hooks';

/** A field for one file. */
export function ChooseFile({ label, choose, accept, file, onFile }: { label: string; choose: string; accept: string; file: File | undefined; onFile: (file: File) => void }) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null | undefined): void => {
    const [first] = files ?? [];
    if (first !== undefined) onFile(first);
  };
  return (
    <div
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <label for={id}>{label}</label>
      <input id={id} type="file" accept={accept} aria-label={choose} onChange={(event) => take(event.currentTarget.files)} />
      {file === undefined ? null : <p role="status"><b>{file.name}</b> <span class="small soft">{tellSize(file.size)}</span></p>}
    </div>
  );
}

function tellSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
