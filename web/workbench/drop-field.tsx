// The one field for files: by the system's own dialog, or dropped onto it.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';

interface DropFieldOptions {
  readonly label: string;
  readonly hint?: string;
  /** On the button that opens the dialog: the browser's own speaks the browser's language, not the page's. */
  readonly choose: string;
  /** Endings of the files that the dialog shows. */
  readonly accept: string;
  /** Takes several, and is empty again once they are taken: the same files can be chosen again once they are mended. */
  readonly isMany?: boolean;
  /** Never called without a file. */
  readonly onFiles: (files: readonly [File, ...File[]]) => void;
  /** What became of the files; stands below. */
  readonly children?: ComponentChildren;
}

/** The field. */
export function DropField({ label, hint, choose, accept, isMany = false, onFiles, children }: DropFieldOptions) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (list: FileList | null | undefined): void => {
    const [first, ...others] = Array.from(list ?? []);
    if (first !== undefined) onFiles(isMany ? [first, ...others] : [first]);
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
      <p id={`${id}-label`}>{label}</p>
      {hint === undefined ? null : <p class="small soft">{hint}</p>}
      <label class="button secondary drop-button" for={id}>
        <Icon name="sheet" />
        <span id={`${id}-choose`}>{choose}</span>
        <input
          id={id}
          class="unseen"
          type="file"
          multiple={isMany}
          accept={accept}
          aria-labelledby={`${id}-choose ${id}-label`}
          onChange={({ currentTarget: field }) => {
            take(field.files);
            if (isMany) field.value = '';
          }}
        />
      </label>
      {children}
    </div>
  );
}
