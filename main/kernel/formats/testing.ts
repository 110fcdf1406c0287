/** Shapes and helpers for the tests of this folder. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArtificerError } from '../../../preload/contract/errors.ts';
import type { MeshBody } from './mesh/model.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
export const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(join(here, 'fixtures', name)));
export const fixtures = (): string[] => readdirSync(join(here, 'fixtures')).filter((name) => !name.endsWith('.md'));

const corpusRoot = join(here, '../../../../shared/corpus');
/** A file of the larger corpus, where the checkout has one. */
export const corpus = (path: string): Uint8Array | undefined =>
  existsSync(join(corpusRoot, path)) ? new Uint8Array(readFileSync(join(corpusRoot, path))) : undefined;
export const corpusFiles = (largest: number): string[] =>
  existsSync(corpusRoot)
    ? readdirSync(corpusRoot, { recursive: true, encoding: 'utf8' }).filter((path) => {
        const status = statSync(join(corpusRoot, path));
        return path.includes('/') && status.isFile() && status.size <= largest;
      })
    : [];

export const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** The error that the call throws; fails the test when it throws none, or one that is not ours. */
export function refused(call: () => unknown): ArtificerError {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof ArtificerError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
}

/** Repeatable random numbers in 0..1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function boxBody(
  name: string,
  size: [number, number, number],
  at: [number, number, number] = [0, 0, 0],
): MeshBody {
  const [x, y, z] = at;
  const [a, b, c] = size;
  const positions_mm = Float64Array.from(
    [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => [x + (i & 1 ? a : 0), y + (i & 2 ? b : 0), z + (i & 4 ? c : 0)]),
  );
  const quads = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ];
  const indices = Uint32Array.from(quads.flatMap(([p, q, r, s]) => [p!, q!, r!, p!, r!, s!]));
  return { name, positions_mm, indices };
}

/** Closed cylinder about z from z = 0, with fans as caps. */
export function cylinderBody(name: string, radius: number, height: number, segments: number): MeshBody {
  const positions: number[] = [0, 0, 0, 0, 0, height];
  for (let i = 0; i < segments; i++) {
    const angle = (2 * Math.PI * i) / segments;
    positions.push(
      radius * Math.cos(angle),
      radius * Math.sin(angle),
      0,
      radius * Math.cos(angle),
      radius * Math.sin(angle),
      height,
    );
  }
  const indices: number[] = [];
  for (let i = 0; i < segments; i++) {
    const a = 2 + 2 * i;
    const b = 2 + 2 * ((i + 1) % segments);
    indices.push(0, b, a, 1, a + 1, b + 1, a, b, b + 1, a, b + 1, a + 1);
  }
  return { name, positions_mm: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}

export function sphereBody(name: string, radius: number, slices: number, stacks: number): MeshBody {
  const positions: number[] = [0, 0, radius];
  for (let j = 1; j < stacks; j++) {
    for (let i = 0; i < slices; i++) {
      const polar = (Math.PI * j) / stacks;
      const turn = (2 * Math.PI * i) / slices;
      positions.push(
        radius * Math.sin(polar) * Math.cos(turn),
        radius * Math.sin(polar) * Math.sin(turn),
        radius * Math.cos(polar),
      );
    }
  }
  positions.push(0, 0, -radius);
  const at = (j: number, i: number): number => 1 + (j - 1) * slices + (i % slices);
  const last = positions.length / 3 - 1;
  const indices: number[] = [];
  for (let i = 0; i < slices; i++)
    indices.push(0, at(1, i), at(1, i + 1), last, at(stacks - 1, i + 1), at(stacks - 1, i));
  for (let j = 1; j < stacks - 1; j++) {
    for (let i = 0; i < slices; i++)
      indices.push(at(j, i), at(j + 1, i), at(j + 1, i + 1), at(j, i), at(j + 1, i + 1), at(j, i + 1));
  }
  return { name, positions_mm: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}
