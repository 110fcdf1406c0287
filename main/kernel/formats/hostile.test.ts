import { describe, expect, test } from 'vitest';
import { ArtificerError } from '../../../preload/contract/errors.ts';
import { scanBrep } from './brep/scan.ts';
import { scanIges } from './iges/scan.ts';
import { MESH_FORMATS, type MeshFormat } from './mesh/model.ts';
import { readMesh } from './mesh/read.ts';
import { tessellationOfMesh } from './mesh/tessellate.ts';
import { writeMesh } from './mesh/write.ts';
import { recognise } from './recognise/recognise.ts';
import { prepareStep } from './step/prepare.ts';
import { ascii, boxBody, corpus, corpusFiles, cylinderBody, fixture, fixtures, randomNumbers } from './testing.ts';

const MAX_MS = 2000;
const isMesh = (format: string): format is MeshFormat => (MESH_FORMATS as readonly string[]).includes(format);

/** What the kernel's side does with a file; whatever is thrown must be one of our refusals, and soon. */
function open(bytes: Uint8Array, name: string, as?: string): void {
  const start = performance.now();
  const format = as ?? recognise(bytes, name).format;
  try {
    if (format === 'step') {
      const { restoreName } = prepareStep(bytes);
      restoreName('~u0~');
    } else if (format === 'iges') scanIges(bytes);
    else if (format === 'brep') scanBrep(bytes);
    else if (isMesh(format)) {
      for (const part of readMesh(format, bytes, name).parts) {
        for (const body of part.bodies) {
          const { info } = tessellationOfMesh(body);
          expect(Number.isFinite(info.mass.area_mm2)).toBe(true);
        }
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof ArtificerError))
      throw new Error(`${name} as ${format}: ${String(thrown)}`, { cause: thrown });
    expect(thrown.data.category).toBe('refused');
    expect(thrown.data.code).toMatch(/^import\./);
    expect(thrown.data.hint).toMatch(/\w/);
  }
  expect(performance.now() - start, name).toBeLessThan(MAX_MS);
}

/** Cuts, single wrong bytes, bytes left out or doubled, digits changed, blocks of zeros. */
function damage(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const kind = Math.floor(random() * 6);
  const copy = bytes.slice();
  if (kind === 0) return copy.slice(0, at);
  if (kind === 1) {
    for (let i = 0; i < 1 + random() * 4; i++) copy[Math.floor(random() * copy.length)] = random() * 256;
    return copy;
  }
  if (kind === 2)
    return Uint8Array.from([
      ...copy.subarray(0, at),
      ...copy.subarray(Math.min(copy.length, at + 1 + Math.floor(random() * 20))),
    ]);
  if (kind === 3) {
    const piece = copy.slice(at, at + Math.floor(random() * 200));
    return Uint8Array.from([...copy.subarray(0, at), ...piece, ...piece, ...copy.subarray(at)]);
  }
  if (kind === 4) {
    for (let i = at; i < copy.length; i++) {
      if (copy[i]! < 48 || copy[i]! > 57) continue;
      copy[i] = 48 + Math.floor(random() * 10);
      if (random() < 0.3) break;
    }
    return copy;
  }
  return copy.fill(random() < 0.5 ? 0 : 255, at, at + Math.floor(random() * 64));
}

const model = {
  parts: [
    { key: 'a', name: 'a', bodies: [{ ...boxBody('box', [3, 4, 5]), colour: [1, 0, 0] }] },
    { key: 'b', name: 'b', bodies: [cylinderBody('cylinder', 2, 5, 12)] },
  ],
  instances: [
    { key: 'r', parentKey: null, partKey: null, name: 'r', transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] },
    { key: 'i', parentKey: 'r', partKey: 'a', name: 'i', transform: [1, 0, 0, 9, 0, 1, 0, 0, 0, 0, 1, 0] },
    { key: 'j', parentKey: 'r', partKey: 'b', name: 'j', transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] },
  ],
};
const own: [string, Uint8Array][] = [
  ...MESH_FORMATS.map((format): [string, Uint8Array] => [`model.${format}`, writeMesh(format, model)]),
  [
    'ascii.stl',
    ascii(
      'solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n',
    ),
  ],
  [
    'ascii.ply',
    ascii(
      'ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n',
    ),
  ],
  ...fixtures().map((name): [string, Uint8Array] => [name, fixture(name)]),
  ...corpusFiles(130_000).map((path): [string, Uint8Array] => [path, corpus(path)!]),
];

describe('damaged files are refused or read, never crash, and never take long', () => {
  test.each(own)(
    '%s',
    (name, bytes) => {
      open(bytes, name);
      const random = randomNumbers(name.length * 7919 + bytes.length);
      const trials = Math.max(6, Math.min(120, Math.floor(600_000 / (bytes.length + 1))));
      const format = recognise(bytes, name).format;
      for (let i = 0; i < trials && bytes.length > 0; i++) {
        const damaged = damage(bytes, random);
        open(damaged, name);
        // Also by the reader of the whole file's format, where the damage hides what it is.
        open(damaged, name, format);
      }
    },
    60_000,
  );
});

test('every reader withstands every file', () => {
  const readers = ['step', 'iges', 'brep', ...MESH_FORMATS];
  for (const [name, bytes] of own) if (bytes.length < 40_000) for (const reader of readers) open(bytes, name, reader);
});

test('noise', () => {
  const random = randomNumbers(42);
  for (let i = 0; i < 100; i++) {
    const noise = Uint8Array.from({ length: Math.floor(random() * 3000) }, () => random() * 256);
    for (const reader of ['step', 'iges', 'brep', ...MESH_FORMATS]) open(noise, 'noise', reader);
  }
});
