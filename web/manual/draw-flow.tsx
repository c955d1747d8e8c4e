// Draws a procedure's diagram as SVG from its layout; what it shows is also said in words, and stands below it as a list.
import type { Flow } from '../../src/manual/index.ts';

/** The diagram. @param id unique on the page */
export function FlowDrawing({ flow, title, alternative, id }: { flow: Flow; title: string; alternative: string; id: string }) {
  return (
    <figure class="flow">
      <svg class="flow-drawing" viewBox={`0 0 ${flow.width} ${flow.height}`} role="img" aria-labelledby={`${id}-title ${id}-text`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{alternative}</desc>
        {flow.boxes.map(({ x, y, width, height, role }) => (
          <rect class={`flow-box ${role}`} x={x} y={y} width={width} height={height} rx={role === 'actor' ? 6 : 10} />
        ))}
        {flow.arrows.map(({ x, fromY, toY }) => (
          <path class="flow-arrow" d={`M${x} ${fromY + 3}V${toY - 1}M${x - 4.5} ${toY - 6}L${x} ${toY - 1}L${x + 4.5} ${toY - 6}`} />
        ))}
        {flow.texts.map(({ x, y, text, role, size, anchor }) => (
          <text class={`flow-text ${role}`} x={x} y={y} font-size={size} text-anchor={anchor}>
            {text}
          </text>
        ))}
      </svg>
    </figure>
  );
}
