// The level of government that a GB/T 2260 code belongs to.

export type Level = 'district' | 'city' | 'province';

export function levelOf(code: number): Level {
  return code % 100 !== 0 ? 'district' : code % 10_000 !== 0 ? 'city' : 'province';
}
