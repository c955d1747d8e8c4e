// Contrast of every colour pair that the pages use, computed from the tokens; the gallery shows the figures, a test holds them.

/** A colour on its ground, with the ratio that it needs: 4.5 for text, 3 for shapes that say something. */
export interface ColourPair {
  readonly colour: string;
  readonly ground: string;
  readonly least: 4.5 | 3;
}

const grounds = ['paper', 'card', 'wash'] as const;
const washes = { leaf: 'leaf-wash', gold: 'gold-wash', sky: 'sky-wash', clay: 'clay-wash' } as const;

/** Every pair in use. */
export const colourPairs: readonly ColourPair[] = [
  ...grounds.flatMap((ground) => ['ink', 'ink-soft', 'leaf', 'leaf-deep', 'gold', 'sky', 'clay'].map((colour): ColourPair => ({ colour, ground, least: 4.5 }))),
  ...Object.entries(washes).flatMap(([colour, ground]): ColourPair[] => [
    { colour, ground, least: 4.5 },
    { colour: 'ink', ground, least: 4.5 },
    { colour: 'ink-soft', ground, least: 4.5 },
  ]),
  { colour: 'leaf-deep', ground: 'leaf-wash', least: 4.5 },
  { colour: 'on-leaf', ground: 'leaf', least: 4.5 },
  { colour: 'on-leaf', ground: 'leaf-deep', least: 4.5 },
  { colour: 'paper', ground: 'ink', least: 4.5 },
  ...grounds.map((ground): ColourPair => ({ colour: 'edge', ground, least: 3 })),
  { colour: 'gold-shape', ground: 'paper', least: 3 },
  { colour: 'gold-shape', ground: 'card', least: 3 },
];

/** Ratio of two colours `#RRGGBB` by WCAG 2: 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
