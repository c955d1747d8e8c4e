// Draws by lot: whoever has the seed and the candidates gets the same order again; pure.
import { hash } from 'node:crypto';

/**
 * The order of the lot: by SHA-256 over the seed and each candidate's id. Nobody can know it before the seed, and nobody can change one place of it after.
 * @param seed 64 hexadecimal figures
 */
export function drawLot(seed: string, candidateIds: readonly string[]): readonly string[] {
  return candidateIds
    .map((id) => ({ id, key: hash('sha256', `${seed} ${id}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ id }) => id);
}
