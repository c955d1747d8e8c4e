// The hash that names what a pack compiled to: the same rules over the same facts have the same hash wherever they were compiled.
import { createHash } from 'node:crypto';
import type { Policy } from '../../policy/index.ts';
import type { Vocabularies } from './pinned-pack.ts';

/** JSON with its SHA-256 in hexadecimal. */
export interface HashedText {
  readonly hash: string;
  readonly text: string;
}

/** The vocabularies as they are stored. */
export function hashVocabularies(vocabularies: Vocabularies): HashedText {
  const text = JSON.stringify(vocabularies);
  return { hash: sha256(text), text };
}

/** A policy as it is stored. Its rules name facts by their places in the vocabulary, so that the hash is of both. */
export function hashPolicy(policy: Policy, vocabularyHash: string): HashedText {
  const text = JSON.stringify(policy);
  return { hash: sha256(`${vocabularyHash}\n${text}`), text };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
