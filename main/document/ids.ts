/** Names of new records: the type, an underscore, twelve random characters: `part_3kTq9aZx81Lm`. */
import type { RecordType } from '../../preload/contract/records.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 12;

/** Gives random numbers in 0..1, as `Math.random` does. */
export type RandomSource = () => number;

/** Cryptographic randomness (71 bits an id): two windows never make the same id. */
function secureCharacters(): string {
  let characters = '';
  while (characters.length < LENGTH) {
    for (const byte of globalThis.crypto.getRandomValues(new Uint8Array(LENGTH * 2))) {
      // 248 is the largest multiple of 62 below 256: dropping the rest keeps every character equally likely.
      if (byte < 248 && characters.length < LENGTH) characters += ALPHABET[byte % 62];
    }
  }
  return characters;
}

/** A new id for a record of this type. Tests pass a seeded `random` to get the same ids every time. */
export function newId(type: RecordType, random?: RandomSource): string {
  if (type === 'project') return 'project_settings';
  if (!random) return `${type}_${secureCharacters()}`;
  let characters = '';
  for (let i = 0; i < LENGTH; i++) characters += ALPHABET[Math.floor(random() * ALPHABET.length)];
  return `${type}_${characters}`;
}

/** A small seeded generator (mulberry32): repeatable, not secret. */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The type that an id promises: `part` of `part_3kTq9a`. */
export const typeOfId = (id: string): string => id.slice(0, id.indexOf('_'));
