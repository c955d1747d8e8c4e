// Draws the diagram of a procedure from the layout that the pages share, box by box, so that a page may end between two steps.

import type { Flow, FlowText } from '../manual/index.ts';
import type { TextSetter } from './set-text.ts';
import type { Mark, Slice, Tag } from './slices.ts';
import { colours, type TextStyle } from './style.ts';

/** Points for a unit of the diagram. */
const SCALE = 0.66;
const HEAD = 3.2;
/** A diagram up to this height stays on one page. */
const WHOLE = 380;

/** The slices of a diagram: each box with the arrow that leads to it. */
export function setFlow(flow: Flow, alternative: string, room: { readonly x: number; readonly width: number }, parent: Tag, setter: TextSetter): Slice[] {
  const scale = Math.min(SCALE, room.width / flow.width);
  const tag: Tag = { type: 'Figure', parent, alternative };
  const steps = flow.boxes.filter(({ role }) => role !== 'actor');
  const isWhole = flow.height * scale <= WHOLE;
  return steps.map((step, at): Slice => {
    const top = at === 0 ? 0 : (steps[at - 1]?.y ?? 0) + (steps[at - 1]?.height ?? 0);
    const bottom = step.y + step.height;
    const isHere = (y: number): boolean => y >= top && y <= bottom + 0.5;
    const place = (value: number): number => (value - top) * scale;
    const boxes = flow.boxes
      .filter((box) => isHere(box.y) && isHere(box.y + box.height))
      .map((box): Mark => ({
        kind: 'box',
        x: room.x + box.x * scale,
        y: place(box.y),
        width: box.width * scale,
        height: box.height * scale,
        ...(box.role === 'public' ? { fill: colours.leafWash, stroke: colours.leaf } : box.role === 'actor' ? { fill: colours.white, stroke: colours.hairline } : { fill: colours.paper, stroke: '#B9B8A6' }),
        radius: box.role === 'actor' ? 4 : 6,
        thickness: 0.7,
      }));
    const arrows = flow.arrows.filter((arrow) => arrow.fromY >= top - 0.5 && arrow.toY <= step.y + 0.5).flatMap((arrow) => drawArrow(room.x + arrow.x * scale, place(arrow.fromY) + 1.5, place(arrow.toY)));
    const texts = flow.texts.filter(({ y }) => isHere(y)).flatMap((text) => drawText(text, room.x, place(text.y), scale, tag, setter));
    return { height: (bottom - top) * scale + (at === steps.length - 1 ? 5 : 0), marks: [...arrows, ...boxes, ...texts], keepWithNext: isWhole && at < steps.length - 1 };
  });
}

/** A line with a head at its end. */
function drawArrow(x: number, from: number, to: number): Mark[] {
  return [{ kind: 'path', x, y: 0, scale: 1, path: `M0 ${from}L0 ${to}M${-HEAD} ${to - HEAD}L0 ${to}L${HEAD} ${to - HEAD}`, stroke: colours.leaf, thickness: 1 }];
}

function drawText({ x, text, role, size, anchor }: FlowText, left: number, y: number, scale: number, tag: Tag, setter: TextSetter): Mark[] {
  const style: TextStyle = {
    size: size * scale,
    weight: role === 'title' ? 'bold' : 'regular',
    colour: role === 'title' ? colours.ink : role === 'period' ? colours.gold : role === 'actor' ? colours.soft : colours.leaf,
  };
  return setter.set([{ text, style }], Number.POSITIVE_INFINITY).flatMap((line) =>
    line.runs.map((run): Mark => ({
      kind: 'text',
      x: left + x * scale + run.x - (anchor === 'end' ? line.width : anchor === 'middle' ? line.width / 2 : 0),
      y,
      run,
      tag,
    })),
  );
}
