// Cells of tables of money: a figure that keeps its word where the heading is not seen, on a telephone.
import type { ComponentChildren } from 'preact';

/** A cell with its word; a quiet one is nothing, and does not draw the eye. */
export function Worded({ word, isQuiet = false, children }: { word: string; isQuiet?: boolean; children: ComponentChildren }) {
  return (
    <>
      <span class="cell-word">{word}</span>
      <span class={isQuiet ? 'number soft' : 'number'}>{children}</span>
    </>
  );
}
