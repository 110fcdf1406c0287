/** Random models and random edits of them, by a seed: what people do to a part after they have drawn it. */
import type { BodyInfo, Evaluated, Reference } from '../../../../preload/contract/index.ts';
import { makePick } from '../../../document/index.ts';
import { type Block, type BlockKind, COLUMNS, cellX, cellY, cornerAt, idOf, type Model, ROWS } from './model.ts';
import { liesOn, plane, uprightCylinder } from './surfaces.ts';

/** Mulberry32: small, seeded, good enough to choose by. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export type Random = () => number;
const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
const whole = (random: Random, low: number, high: number): number => Math.floor(between(random, low, high + 1));
const oneOf = <T>(random: Random, items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];

/** The bodies as they are before the block at a place, for references that a new block needs. */
export type BodiesBefore = (model: Model, place: number) => Promise<BodyInfo[]>;

export function newModel(name: string, random: Random): Model {
  const [width, depth] = [COLUMNS, ROWS];
  const shapes: [string, number, number][][] = [
    [
      ['a', 0, 0],
      ['b', width, 0],
      ['c', width, depth],
      ['d', 0, depth],
    ],
    // L, T and a plate with a slanted corner: what is beyond the grid is never built upon.
    [
      ['a', 0, 0],
      ['b', width, 0],
      ['c', width, depth + 3],
      ['d', width - 2, depth + 3],
      ['e', width - 2, depth],
      ['f', 0, depth],
    ],
    [
      ['a', 0, 0],
      ['b', width + 2, 0],
      ['c', width + 2, 2],
      ['d', width, 4],
      ['e', width, depth],
      ['f', 0, depth],
    ],
  ];
  return {
    name,
    outline: oneOf(random, shapes)!.map(([line, x, y]) => ({ line, x, y })),
    height: between(random, 20, 30),
    scaleX: 1,
    scaleY: 1,
    blocks: [],
    next: 1,
  };
}

const cellsOf = (block: Block): [number, number][] => {
  if (block.kind === 'round' || block.kind === 'bevel') return [];
  if (block.kind === 'slot') return Array.from({ length: ROWS }, (_, row) => [block.column, row]);
  // A pattern may grow.
  if (block.kind === 'pattern') return [1, 2, 3].map((k) => [block.column + k, block.row]);
  return [[block.column, block.row]];
};

function freeCells(model: Model): [number, number][] {
  const taken = new Set(model.blocks.flatMap(cellsOf).map(String));
  const free: [number, number][] = [];
  for (let column = 0; column < COLUMNS; column++)
    for (let row = 0; row < ROWS; row++) if (!taken.has(String([column, row]))) free.push([column, row]);
  return free;
}

const dependsOn = (block: Block): string | null =>
  block.kind === 'pattern' ? block.hole : block.kind === 'bevel' ? block.boss : null;

/** A block of a kind at a place, or null where there is no room for one. */
async function newBlock(
  model: Model,
  kind: BlockKind,
  place: number,
  random: Random,
  bodiesBefore: BodiesBefore,
): Promise<Block | null> {
  const free = freeCells(model);
  // The first hole has room for a pattern beside it.
  const cell = oneOf(random, model.blocks.length > 0 ? free : free.filter(([column]) => column < COLUMNS - 3));
  const earlier = model.blocks.slice(0, place);
  const top = async (): Promise<Evaluated<Reference> | null> => {
    if (random() < 0.5) return null;
    const bodies = await bodiesBefore(model, place);
    const surface = plane([0, 0, model.height], [0, 0, 1]);
    const faces = bodies[0]!.faces.flatMap((_, index) => (liesOn(bodies[0]!, index, surface) ? [index] : []));
    const face = oneOf(random, faces);
    return face === undefined ? null : makePick(bodies, 0, 'face', face);
  };
  switch (kind) {
    case 'hole':
      return (
        (cell && {
          kind,
          id: idOf(model, 'hole'),
          column: cell[0],
          row: cell[1],
          diameter: between(random, 5, 12),
          depth: random() < 0.5 ? null : between(random, 8, 12),
          onFace: await top(),
        }) ??
        null
      );
    case 'pocket':
      return (
        (cell && {
          kind,
          id: idOf(model, 'pocket'),
          column: cell[0],
          row: cell[1],
          width: between(random, 6, 13),
          length: between(random, 6, 13),
          depth: between(random, 4, 12),
          onFace: await top(),
        }) ??
        null
      );
    case 'boss':
      return (
        (cell && {
          kind,
          id: idOf(model, 'boss'),
          column: cell[0],
          row: cell[1],
          radius: between(random, 3.5, 6.5),
          height: between(random, 5, 12),
          onFace: await top(),
        }) ??
        null
      );
    case 'slot': {
      const columns = Array.from({ length: COLUMNS - 2 }, (_, i) => i + 1).filter(
        (column) => free.filter(([each]) => each === column).length === ROWS,
      );
      const column = oneOf(random, columns);
      if (column === undefined) return null;
      return {
        kind,
        id: idOf(model, 'slot'),
        column,
        row: 0,
        width: between(random, 5, 11),
        depth: between(random, 3, 9),
      };
    }
    case 'pattern': {
      const holes = earlier.filter(
        (block) =>
          block.kind === 'hole' &&
          [1, 2, 3].every((k) => free.some(([c, r]) => c === block.column + k && r === block.row)),
      );
      const hole = oneOf(random, holes);
      return hole
        ? {
            kind,
            id: idOf(model, 'pattern'),
            column: hole.column,
            row: hole.row,
            hole: hole.id,
            count: whole(random, 2, 4),
          }
        : null;
    }
    case 'round': {
      const rounded = new Set(
        model.blocks.flatMap((block) => (block.kind === 'round' ? [`${block.a} ${block.b}`] : [])),
      );
      const corners = model.outline
        .map((corner, i) => [corner.line, model.outline[(i + 1) % model.outline.length]!.line] as const)
        .filter(([a, b]) => !rounded.has(`${a} ${b}`));
      const corner = oneOf(random, corners);
      if (!corner) return null;
      const bodies = await bodiesBefore(model, place);
      const [x, y] = cornerAt(model, model.outline.find(({ line }) => line === corner[1])!);
      const edge = bodies[0]!.edges.findIndex(
        (each) =>
          each.type === 'line' &&
          each.vertices.length === 2 &&
          each.vertices.every((vertex) => {
            const at = bodies[0]!.vertices_mm[vertex]!;
            return Math.hypot(at[0] - x, at[1] - y) < 1e-6;
          }),
      );
      if (edge < 0) return null;
      return {
        kind,
        id: idOf(model, 'round'),
        column: -1,
        row: -1,
        a: corner[0],
        b: corner[1],
        radius: between(random, 2, 6),
        edge: makePick(bodies, 0, 'edge', edge),
      };
    }
    case 'bevel': {
      const bevelled = new Set(model.blocks.flatMap((block) => (block.kind === 'bevel' ? [block.boss] : [])));
      const boss = oneOf(
        random,
        earlier.filter((block) => block.kind === 'boss' && !bevelled.has(block.id)),
      );
      if (boss?.kind !== 'boss') return null;
      const bodies = await bodiesBefore(model, place);
      const info = bodies[0]!;
      const side = uprightCylinder(cellX(model, boss.column), cellY(model, boss.row), boss.radius);
      const end = plane([0, 0, model.height + boss.height], [0, 0, 1]);
      const edge = info.edges.findIndex(
        ({ faces }) => faces.some((face) => liesOn(info, face, side)) && faces.some((face) => liesOn(info, face, end)),
      );
      if (edge < 0) return null;
      return {
        kind,
        id: idOf(model, 'bevel'),
        column: -1,
        row: -1,
        boss: boss.id,
        distance: between(random, 0.5, 2),
        edge: makePick(bodies, 0, 'edge', edge),
      };
    }
  }
}

export const EDITS = ['insert', 'delete', 'reorder', 'resize', 're-sketch', 'change a count'] as const;
export type EditKind = (typeof EDITS)[number];

const KINDS: BlockKind[] = ['hole', 'pattern', 'pattern', 'pocket', 'boss', 'slot', 'round', 'round', 'bevel'];

/** The model after one edit, or null when this kind of edit finds nothing to work on. */
export async function edit(
  model: Model,
  kind: EditKind,
  random: Random,
  bodiesBefore: BodiesBefore,
  insert?: BlockKind,
): Promise<{ model: Model; words: string } | null> {
  const next: Model = structuredClone(model);
  switch (kind) {
    case 'insert': {
      const what = insert ?? oneOf(random, KINDS)!;
      const place = insert ? next.blocks.length : whole(random, 0, next.blocks.length);
      const block = await newBlock(next, what, place, random, bodiesBefore);
      if (!block) return null;
      next.blocks.splice(place, 0, block);
      return { model: next, words: `insert ${block.id} at ${place}` };
    }
    case 'delete': {
      const gone = oneOf(random, next.blocks);
      if (!gone) return null;
      next.blocks = next.blocks.filter((block) => block !== gone && dependsOn(block) !== gone.id);
      return { model: next, words: `delete ${gone.id}` };
    }
    case 'reorder': {
      const moved = oneOf(random, next.blocks);
      if (!moved) return null;
      const rest = next.blocks.filter((block) => block !== moved);
      const first = rest.findIndex((block) => block.id === dependsOn(moved)) + 1;
      const last = rest.findIndex((block) => dependsOn(block) === moved.id);
      const place = whole(random, first, last < 0 ? rest.length : last);
      if (rest.indexOf(rest[place]!) === next.blocks.indexOf(moved)) return null;
      rest.splice(place, 0, moved);
      next.blocks = rest;
      return { model: next, words: `move ${moved.id} to ${place}` };
    }
    case 'resize': {
      const words: string[] = [];
      if (random() < 0.4) {
        next.scaleX = between(random, 0.9, 1.3);
        next.scaleY = between(random, 0.9, 1.3);
        next.height = between(random, 20, 30);
        words.push('plate');
      }
      for (const block of next.blocks) {
        if (random() > 0.3) continue;
        const factor = between(random, 0.85, 1.1);
        if (block.kind === 'hole') block.diameter = Math.min(12, block.diameter * factor);
        if (block.kind === 'pocket') block.width = Math.min(13, block.width * factor);
        if (block.kind === 'boss') block.radius = Math.max(3.4, Math.min(6.5, block.radius * factor));
        if (block.kind === 'slot') block.depth *= factor;
        if (block.kind === 'round') block.radius = Math.min(6, block.radius * factor);
        if (block.kind === 'bevel') block.distance = Math.min(2, block.distance * factor);
        if (block.kind !== 'pattern') words.push(block.id);
      }
      return words.length > 0 ? { model: next, words: `resize ${words.join(', ')}` } : null;
    }
    case 're-sketch': {
      const added = next.outline.findIndex(({ line }) => line.startsWith('n'));
      if (added >= 0 && random() < 0.5) {
        const [gone] = next.outline.splice(added, 1);
        return { model: next, words: `remove the line ${gone!.line}` };
      }
      if (random() < 0.3) {
        // Deleted and drawn again in the same place: another line.
        const redrawn = next.outline[whole(random, 0, next.outline.length - 1)]!;
        const words = `draw the line ${redrawn.line} anew`;
        redrawn.line = `r${next.next++}`;
        return { model: next, words };
      }
      // A new corner in the middle of a line, moved outwards: beyond the grid.
      const i = whole(random, 0, next.outline.length - 1);
      const [from, to] = [next.outline[i]!, next.outline[(i + 1) % next.outline.length]!];
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const length = Math.hypot(dx, dy);
      if (length < 2.5) return null;
      const bump = between(random, 0.2, 0.8);
      const line = `n${next.next++}`;
      next.outline.splice(i + 1, 0, {
        line,
        x: (from.x + to.x) / 2 + (dy / length) * bump,
        y: (from.y + to.y) / 2 - (dx / length) * bump,
      });
      return { model: next, words: `break the line ${from.line} with ${line}` };
    }
    case 'change a count': {
      const pattern = oneOf(
        random,
        next.blocks.filter((block) => block.kind === 'pattern'),
      );
      if (pattern?.kind !== 'pattern') return null;
      const count = oneOf(
        random,
        [2, 3, 4].filter((each) => each !== pattern.count),
      )!;
      pattern.count = count;
      return { model: next, words: `${pattern.id} has ${count}` };
    }
  }
}
