// Draws the blocks that elements and sections are made of.
import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { type Block, type Line, plain, type TreeNode } from '../../src/manual/index.ts';
import { StatusTag } from '../ui/status-tag.tsx';
import { FlowDrawing } from './draw-flow.tsx';
import type { ManualWords } from './manual-words.ts';
import { PageLanguage } from './page-language.ts';

/** A line: its runs, some of them links. */
export function LineText({ line }: { line: Line }) {
  return (
    <>
      {line.map(({ text, href, tone }) => {
        if (href !== undefined) return <a class={tone} href={href}><Dated text={text} /></a>;
        const told = <Dated text={text} />;
        return tone === undefined ? told : tone === 'strong' ? <strong>{told}</strong> : <span class={tone}>{told}</span>;
      })}
    </>
  );
}

const dates = /(\d{4}年\d{1,2}月\d{1,2}日)/;

// Chinese characters and the digits and marks between them: 附件1三（五）.
const chinese = /([\u2018-\u201D]?[\u3008-\u3011\u3400-\u9FFF\uFF08][\d+\u3001-\u3011\u3400-\u9FFF\uFF08\uFF09\uFF0C\u2018-\u201D]*)/;

/** A text whose Chinese dates stand close and whole; in English what stays Chinese is marked, so that it is read and set as such. */
export function Dated({ text }: { text: string }) {
  if (useContext(PageLanguage) === 'en') return <>{text.split(chinese).map((part, index) => (index % 2 === 0 ? part : <span lang="zh">{part}</span>))}</>;
  return <>{text.split(dates).map((part, index) => (index % 2 === 0 ? part : <time>{part}</time>))}</>;
}

interface Drawing {
  readonly words: ManualWords;
  /** Unique on the page; ids of diagrams begin with it. */
  readonly id: string;
}

/** Blocks in their order. */
export function Blocks({ blocks, words, id }: Drawing & { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockPart block={block} words={words} id={`${id}-${index}`} />
      ))}
    </>
  );
}

function BlockPart({ block, words, id }: Drawing & { block: Block }) {
  switch (block.kind) {
    case 'text':
      return <p><LineText line={block.line} /></p>;
    case 'note':
      return <p class="quiet"><LineText line={block.line} /></p>;
    case 'heading':
      return <h3><Dated text={block.text} /></h3>;
    case 'list':
      return (
        <ul class="lines">
          {block.items.map((line) => <li><LineText line={line} /></li>)}
        </ul>
      );
    case 'steps':
      return (
        <ol class="step-list">
          {block.items.map(({ title, notes }) => (
            <li>
              <p><LineText line={title} /></p>
              {notes.map((line) => <p class="small"><LineText line={line} /></p>)}
            </li>
          ))}
        </ol>
      );
    case 'pairs':
      return (
        <dl class="pairs">
          {block.rows.map(({ name, value }) => (
            <div>
              <dt><Dated text={name} /></dt>
              <dd><LineText line={value} /></dd>
            </div>
          ))}
        </dl>
      );
    case 'table':
      return <Table block={block} />;
    case 'tree':
      return <Tree nodes={block.nodes} words={words} />;
    case 'flow':
      return <FlowDrawing flow={block.flow} title={words.diagram} alternative={block.alternative} id={id} />;
  }
}

// A cell of so few characters is not broken.
const SHORT = 6;

/** A table; on a telephone every row becomes a short paragraph with the column's name before each cell. */
function Table({ block: { caption, head, rows, figures, of } }: { block: Block & { kind: 'table' } }) {
  const align = (column: number): string | undefined => (figures.includes(column) ? 'number' : undefined);
  return (
    <table class={`grid columns-${head.length}${of === undefined ? '' : ` of-${of}`}`}>
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>{head.map((name, column) => <th scope="col" class={align(column)}>{name}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((line, column) => {
              const text = <LineText line={line} />;
              if (column === 0) return <th scope="row">{text}</th>;
              const length = plain(line).length;
              return length === 0 ? <td class="void" /> : <td class={align(column) ?? (length <= SHORT ? 'short' : undefined)} data-name={head[column]}><span>{text}</span></td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Conditions; in a worked example each with what came of it. */
function Tree({ nodes, words, isInner = false }: { nodes: readonly TreeNode[]; words: ManualWords; isInner?: boolean }) {
  return (
    <ul class={isInner ? 'tree inner' : 'tree'}>
      {nodes.map(({ line, join, outcome, items }) => (
        <li class={outcome === undefined ? undefined : 'judged'}>
          {outcome === undefined ? null : <StatusTag status={outcome} word={words.outcomes[outcome]} isWordSeen={false} />}
          <div>
            <p>
              <LineText line={line} />
              {join === undefined || items.length < 2 ? null : <span class="join">{words.joins[join]}</span>}
            </p>
            {items.length === 0 ? null : <Tree nodes={items} words={words} isInner />}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Blocks whose headings open and close what stands below them. */
export function FoldedBlocks({ blocks, words, id }: Drawing & { blocks: readonly Block[] }) {
  const groups: { title: string; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') groups.push({ title: block.text, blocks: [] });
    else groups.at(-1)?.blocks.push(block);
  }
  return (
    <div class="folds">
      {groups.map((group, index) => (
        <Fold title={group.title}>
          <Blocks blocks={group.blocks} words={words} id={`${id}-${index}`} />
        </Fold>
      ))}
    </div>
  );
}

/** Something long, closed until it is wanted. */
export function Fold({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="fold">
      <summary><h3><Dated text={title} /></h3></summary>
      <div class="fold-body">{children}</div>
    </details>
  );
}
