/** Where the corpus is, and what native OpenCascade made of each file. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportedModel } from '../../main/kernel/index.ts';
import { decodeBundle } from '../../preload/contract/bundle.ts';

/** The whole corpus where this checkout has it beside it, otherwise the part of it that is kept here. */
const whole = join(import.meta.dirname, '../../../shared/corpus');
export const CORPUS = existsSync(join(whole, 'truth.jsonl')) ? whole : join(import.meta.dirname, 'files');

export interface Truth {
  path: string;
  ok: boolean;
  solids: number;
  shells: number;
  faces: number;
  edges: number;
  volume_mm3: number;
  area_mm2: number;
  valid: boolean | null;
  parts?: number;
  leaf_instances?: number;
  max_depth?: number;
  colours_in_table?: number;
  pmi_dimensions?: number;
  pmi_geom_tolerances?: number;
  pmi_datums?: number;
  bbox_optimal_mm?: number[] | null;
}

export const truths = (): Truth[] =>
  readFileSync(join(CORPUS, 'truth.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Truth)
    // Mesh files have lines of another shape.
    .filter((truth) => 'ok' in truth);

export const corpusFile = (path: string): Uint8Array => readFileSync(join(CORPUS, path));

export interface Sums {
  solids: number;
  shells: number;
  faces: number;
  edges: number;
  volume_mm3: number;
  area_mm2: number;
}

/** Over every instance. */
export function sumsOf(model: ImportedModel): Sums {
  const parts = new Map(model.parts.map((part) => [part.key, part]));
  const sums: Sums = { solids: 0, shells: 0, faces: 0, edges: 0, volume_mm3: 0, area_mm2: 0 };
  for (const { partKey } of model.instances) {
    for (const { info } of (partKey === null ? undefined : parts.get(partKey))?.bodies ?? []) {
      sums.solids += info.solids;
      sums.shells += info.shells;
      sums.faces += info.faces.length;
      sums.edges += info.edges.length;
      sums.volume_mm3 += info.mass.volume_mm3;
      sums.area_mm2 += info.mass.area_mm2;
    }
  }
  return sums;
}

/** What the triangles of a body enclose, mm^3: the sum of tetrahedra between the origin and each of them. */
export function volumeOfTriangles(tessellation: Uint8Array): number {
  const { positions, indices } = decodeBundle(tessellation).arrays as Record<string, Float32Array>;
  const corner = (t: number, k: number): number[] =>
    [0, 1, 2].map((axis) => positions![3 * indices![3 * t + k]! + axis]!);
  let six = 0;
  for (let t = 0; t < indices!.length / 3; t++) {
    const [a, b, c] = [corner(t, 0), corner(t, 1), corner(t, 2)] as [number[], number[], number[]];
    six +=
      a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) +
      a[1]! * (b[2]! * c[0]! - b[0]! * c[2]!) +
      a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);
  }
  return six / 6;
}
