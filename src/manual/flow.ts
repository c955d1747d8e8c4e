// Lays a procedure out as a diagram: boxes from top to bottom, those who act together side by side, arrows between.
// It fits a telephone (340 units, drawn at one pixel each or larger); pages draw it as SVG, the PDF with lines and text.

/** What a step of the diagram says. */
export interface FlowStep {
  readonly title: string;
  /** 申报, 公示 … in the language. */
  readonly kind: string;
  /** Who acts; several act at the same time. */
  readonly actors: readonly string[];
  /** `5 个工作日`; absent where the document names no period. */
  readonly period?: string;
  /** True where the list is made public. */
  readonly isPublic: boolean;
}

/** A line of text: `x`, `y` are the left end of its base line, or its middle or right end as `anchor` says. */
export interface FlowText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly role: 'number' | 'kind' | 'title' | 'actor' | 'period';
  readonly size: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface FlowBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** `step`: the box of a step. `public`: a step that makes something public. `actor`: who acts, within a step, beside others. */
  readonly role: 'step' | 'public' | 'actor';
}

/** From top to bottom; the head stands at the end. */
export interface FlowArrow {
  readonly x: number;
  readonly fromY: number;
  readonly toY: number;
}

/** A diagram that is ready to draw. The origin is at the top left, y grows downwards. */
export interface Flow {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly FlowBox[];
  readonly arrows: readonly FlowArrow[];
  readonly texts: readonly FlowText[];
  readonly steps: readonly FlowStep[];
}

const WIDTH = 340;
const PAD = 14;
const GAP = 28;
const title = { size: 15, line: 22 } as const;
const small = { size: 12.5, line: 18 } as const;
const ACTORS_A_ROW = 2;

/** Lays the steps out. */
export function layOutFlow(steps: readonly FlowStep[]): Flow {
  const boxes: FlowBox[] = [];
  const arrows: FlowArrow[] = [];
  const texts: FlowText[] = [];
  let y = 1;
  steps.forEach((step, index) => {
    if (index > 0) {
      arrows.push({ x: WIDTH / 2, fromY: y, toY: y + GAP - 2 });
      y += GAP;
    }
    const top = y;
    let line = top + PAD + small.size;
    texts.push({ x: PAD, y: line, text: `${index + 1}`, role: 'number', size: small.size, anchor: 'start' });
    texts.push({ x: PAD + 8 * `${index + 1}`.length + 8, y: line, text: step.kind, role: 'kind', size: small.size, anchor: 'start' });
    if (step.period !== undefined) texts.push({ x: WIDTH - PAD, y: line, text: step.period, role: 'period', size: small.size, anchor: 'end' });
    line += title.line + 2;
    for (const text of wrap(step.title, WIDTH - 2 * PAD, title.size)) {
      texts.push({ x: PAD, y: line, text, role: 'title', size: title.size, anchor: 'start' });
      line += title.line;
    }
    y = line - title.line + 8;
    y = step.actors.length > 1 ? actorsAbreast(step.actors, y + 4, boxes, texts) : oneActor(step.actors, y, texts);
    const height = y + PAD - 2 - top;
    boxes.push({ x: 1, y: top, width: WIDTH - 2, height, role: step.isPublic ? 'public' : 'step' });
    y = top + height;
  });
  // Steps come first, so that whoever draws them in order puts the actors on top.
  const order = (box: FlowBox): number => (box.role === 'actor' ? 1 : 0);
  return { width: WIDTH, height: y + 1, boxes: [...boxes].sort((a, b) => order(a) - order(b)), arrows, texts, steps };
}

function oneActor(actors: readonly string[], top: number, texts: FlowText[]): number {
  let y = top;
  for (const actor of actors) {
    for (const text of wrap(actor, WIDTH - 2 * PAD, small.size)) {
      y += small.line;
      texts.push({ x: PAD, y: y - 4, text, role: 'actor', size: small.size, anchor: 'start' });
    }
  }
  return y;
}

/** Those who act at the same time stand beside each other, two in a row. */
function actorsAbreast(actors: readonly string[], top: number, boxes: FlowBox[], texts: FlowText[]): number {
  let y = top;
  for (let at = 0; at < actors.length; at += ACTORS_A_ROW) {
    const row = actors.slice(at, at + ACTORS_A_ROW);
    const width = (WIDTH - 2 * PAD - (row.length - 1) * 8) / row.length;
    const lines = row.map((actor) => wrap(actor, width - 16, small.size));
    const height = Math.max(...lines.map(({ length }) => length)) * small.line + 12;
    row.forEach((_, column) => {
      const x = PAD + column * (width + 8);
      boxes.push({ x, y, width, height, role: 'actor' });
      (lines[column] ?? []).forEach((text, place) => texts.push({ x: x + width / 2, y: y + 6 + (place + 1) * small.line - 5, text, role: 'actor', size: small.size, anchor: 'middle' }));
    });
    y += height + 8;
  }
  return y - 8;
}

/** Width of a text in units, on the safe side: Chinese characters are square, others a little over half as wide. */
function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF\u3000-\u303F①-⑳“”‘’…—]/.test(character) ? 1 : /[A-Z%&mwMW]/.test(character) ? 0.76 : /[ilj.,:;' |!]/.test(character) ? 0.34 : 0.58;
  return width * size;
}

const MAY_NOT_BEGIN = /^[，。、；：？！）》”’】,.;:?!)]/;

/** Breaks a text into lines that fit: Chinese between any two characters but before closing marks, other writing between words. */
function wrap(text: string, room: number, size: number): string[] {
  const parts = text.match(/[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF\u3000-\u303F“”‘’…—]|[^\s\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF\u3000-\u303F“”‘’…—]+|\s+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line === '' || widthOf(line + part.trimEnd(), size) <= room || MAY_NOT_BEGIN.test(part)) line += part;
    else {
      lines.push(line.trim());
      line = part.trimStart();
    }
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}
