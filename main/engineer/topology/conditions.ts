/** Loads and supports of interfaces on the nodes of the grid. */
import { solve3 } from '../../physics/index.ts';
import type { CellGrid } from './cells.ts';
import type { CaseGroup } from './density/stiffness.ts';
import { shapeError } from './errors.ts';
import type { Frame } from './frame.ts';
import { segmentDistance } from './geometry.ts';
import type { Regions } from './regions.ts';
import type { Point2, Point3, ShapeLoad, ShapeLoadCase, ShapeRequest } from './types.ts';

const NONE: Point3 = [0, 0, 0];

/** Columns of nodes through the depth, with the weight of each, and the levels that they act on. */
interface Patch {
  columns: { i: number; j: number; weight: number }[];
  /** All levels, or only one (of a pad). */
  level: 'all' | 'top' | 'bottom';
}

export class GridConditions {
  readonly #grid: CellGrid;
  readonly #frame: Frame;
  readonly #regions: Regions;
  readonly #layers: number;

  constructor(grid: CellGrid, frame: Frame, regions: Regions, layers: number) {
    this.#grid = grid;
    this.#frame = frame;
    this.#regions = regions;
    this.#layers = layers;
  }

  /** Cases with the same supports together. `order` says which case of the request each one is. */
  groups(cases: readonly ShapeLoadCase[]): { groups: CaseGroup[]; order: number[] } {
    const bySupports = new Map<string, { supports: readonly string[]; members: number[] }>();
    for (const [index, { supports }] of cases.entries()) {
      const key = [...new Set(supports)].sort().join(' ');
      const known = bySupports.get(key);
      if (known) known.members.push(index);
      else bySupports.set(key, { supports, members: [index] });
    }
    const groups = [...bySupports.values()].map(({ supports, members }) => ({
      fixed: this.#fixed(supports),
      cases: members.map((index) => ({ name: cases[index]!.name, forces: this.#forces(cases[index]!.loads) })),
    }));
    return { groups, order: [...bySupports.values()].flatMap(({ members }) => members) };
  }

  /**
   * Cases that hang together what supports alone would not: stiffness gains nothing from a way between two supports, but a part
   * has to be one piece. The piece of an interface that is loaded first is held, each other piece that only supports is drawn
   * towards it. Empty where every piece is loaded, or one alone supports.
   */
  ties(cases: readonly ShapeLoadCase[]): CaseGroup | null {
    const loaded = new Set(cases.flatMap(({ loads }) => loads.map(({ on }) => on)));
    const { bores, faces, pads } = this.#regions;
    const pieces = [
      ...bores.map(({ of, centre }) => ({ of, centre })),
      ...pads.map(({ of, centre }) => ({ of, centre })),
      ...faces.map(({ of, from, to }) => ({ of, centre: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as Point2 })),
    ];
    const anchor = pieces.find(({ of }) => loaded.has(of))!;
    const others = pieces.filter((piece) => piece !== anchor);
    if (others.length < 2) return null;
    const fixed = new Int32Array(3 * this.#nodes);
    const hold = ({ i, j }: { i: number; j: number }) => {
      for (let k = 0; k <= this.#layers; k++) fixed.fill(1, 3 * this.#node(i, j, k), 3 * this.#node(i, j, k) + 3);
    };
    for (const column of this.#around(anchor.centre)) hold(column);
    return {
      fixed,
      cases: others.map(({ of, centre }) => {
        const forces = new Float64Array(3 * this.#nodes);
        const [dx, dy] = [anchor.centre[0] - centre[0], anchor.centre[1] - centre[1]];
        const size = Math.hypot(dx, dy) || 1;
        const points = this.#points({ columns: this.#around(centre), level: 'all' });
        distribute(points, [dx / size, dy / size, 0], [0, 0, 0], this.#layers === 0, (node, force) => {
          for (let axis = 0; axis < 3; axis++) forces[3 * node + axis]! += force[axis]!;
        });
        return { name: `tie to ${of}`, forces };
      }),
    };
  }

  /** Nodes on material about a place, the nearest ones that there are. */
  #around(centre: Point2): Patch['columns'] {
    const found: (Patch['columns'][number] & { away: number })[] = [];
    this.#eachColumn((i, j, [x, y]) => {
      if (this.#solidAt(i, j) >= 0.4) found.push({ i, j, weight: 1, away: Math.hypot(x - centre[0], y - centre[1]) });
    });
    found.sort((a, b) => a.away - b.away);
    return found.filter(({ away }) => away <= found[0]!.away + 1.2 * this.#cell);
  }

  /** Cells within bores that are held by some case: as stiff as the pin or bolt that holds them. */
  heldBores(cases: readonly ShapeLoadCase[]): Uint8Array {
    const names = new Set(cases.flatMap(({ supports }) => supports));
    const { cellsX, cellsY } = this.#grid;
    const held = new Uint8Array(cellsX * cellsY);
    for (const { of, centre, radius } of this.#regions.bores) {
      if (!names.has(of)) continue;
      for (let i = 0; i < cellsX; i++)
        for (let j = 0; j < cellsY; j++) {
          const [x, y] = this.#place(i + 0.5, j + 0.5);
          const half = Math.hypot(this.#grid.cellX, this.#grid.cellY) / 2;
          if (Math.hypot(x - centre[0], y - centre[1]) < radius + half) held[i * cellsY + j] = 1;
        }
    }
    return held;
  }

  #place(i: number, j: number): Point2 {
    const { origin, cellX, cellY } = this.#grid;
    return [origin[0] + i * cellX, origin[1] + j * cellY];
  }
  #node(i: number, j: number, k: number): number {
    return (i * (this.#grid.cellsY + 1) + j) * (this.#layers + 1) + k;
  }
  get #nodes(): number {
    return (this.#grid.cellsX + 1) * (this.#grid.cellsY + 1) * (this.#layers + 1);
  }
  get #cell(): number {
    return Math.sqrt(this.#grid.cellX * this.#grid.cellY);
  }

  #eachColumn(visit: (i: number, j: number, place: Point2) => void): void {
    for (let i = 0; i <= this.#grid.cellsX; i++)
      for (let j = 0; j <= this.#grid.cellsY; j++) visit(i, j, this.#place(i, j));
  }

  /** Mean share of solid among the four cells at a corner. */
  #solidAt(i: number, j: number): number {
    const { cellsX, cellsY, share } = this.#grid;
    let sum = 0;
    for (const [a, b] of [
      [i - 1, j - 1],
      [i - 1, j],
      [i, j - 1],
      [i, j],
    ] as const)
      if (a >= 0 && b >= 0 && a < cellsX && b < cellsY) sum += share[a * cellsY + b]!;
    return sum / 4;
  }

  /** Where a load on an interface acts: of a bore its wall, of a face its length, of a pad its disc. */
  #loaded(name: string): Patch {
    const columns: Patch['columns'] = [];
    const { bores, faces, pads } = this.#regions;
    const cell = this.#cell;
    for (const { of, centre, radius } of bores) {
      if (of !== name) continue;
      const ring: Patch['columns'] = [];
      this.#eachColumn((i, j, [x, y]) => {
        const solid = this.#solidAt(i, j);
        if (Math.abs(Math.hypot(x - centre[0], y - centre[1]) - radius) < 0.75 * cell && solid >= 0.4)
          ring.push({ i, j, weight: solid });
      });
      // Each bore of a pattern bears the same, whatever nodes its ring happens to have; one too small for the grid is a point.
      const own = ring.length >= 3 ? ring : this.#nearest(centre);
      const sum = own.reduce((total, { weight }) => total + weight, 0);
      columns.push(...own.map((each) => ({ ...each, weight: each.weight / sum })));
    }
    for (const { of, from, to } of faces)
      if (of === name)
        this.#eachColumn((i, j, place) => {
          const weight = this.#lengthOn(place, from, to);
          if (weight > 0) columns.push({ i, j, weight });
        });
    for (const { of, centre, radius, side } of pads)
      if (of === name) {
        this.#eachColumn((i, j, [x, y]) => {
          const inside = radius + cell / 2 - Math.hypot(x - centre[0], y - centre[1]);
          if (inside > 0) columns.push({ i, j, weight: Math.min(1, inside / cell) });
        });
        return { columns: columns.length >= 3 ? columns : this.#nearest(centre), level: side };
      }
    return { columns, level: 'all' };
  }

  /** The four nodes around a place. */
  #nearest(centre: Point2): Patch['columns'] {
    const { origin, cellX, cellY } = this.#grid;
    const [i, j] = [Math.floor((centre[0] - origin[0]) / cellX), Math.floor((centre[1] - origin[1]) / cellY)];
    return [
      { i, j, weight: 1 },
      { i: i + 1, j, weight: 1 },
      { i, j: j + 1, weight: 1 },
      { i: i + 1, j: j + 1, weight: 1 },
    ];
  }

  /** How much of a face's length a node stands for. */
  #lengthOn(place: Point2, from: Point2, to: Point2): number {
    const cell = this.#cell;
    const size = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const along = [(to[0] - from[0]) / size, (to[1] - from[1]) / size] as const;
    if (segmentDistance(place[0], place[1], from, to) > 0.75 * cell) return 0;
    const across = Math.abs((place[0] - from[0]) * along[1] - (place[1] - from[1]) * along[0]);
    if (across > 0.51 * cell) return 0;
    const at = (place[0] - from[0]) * along[0] + (place[1] - from[1]) * along[1];
    return Math.max(0, Math.min(at + cell / 2, size) - Math.max(at - cell / 2, 0));
  }

  #fixed(supports: readonly string[]): Int32Array {
    const fixed = new Int32Array(3 * this.#nodes);
    for (const name of supports) {
      let held = 0;
      const hold = (i: number, j: number, levels: readonly number[]) => {
        for (const k of levels) fixed.fill(1, 3 * this.#node(i, j, k), 3 * this.#node(i, j, k) + 3);
        held++;
      };
      const all = Array.from({ length: this.#layers + 1 }, (_, k) => k);
      for (const { of, centre, radius } of this.#regions.bores) {
        if (of !== name) continue;
        const before = held;
        this.#eachColumn((i, j, [x, y]) => {
          // Nodes up to the wall, give or take: on average where the wall is.
          if (Math.hypot(x - centre[0], y - centre[1]) < radius + 0.2 * this.#cell) hold(i, j, all);
        });
        if (held - before < 4) for (const { i, j } of this.#nearest(centre)) hold(i, j, all);
      }
      for (const { of, from, to } of this.#regions.faces)
        if (of === name)
          this.#eachColumn((i, j, place) => {
            if (this.#lengthOn(place, from, to) > 0.25 * this.#cell) hold(i, j, all);
          });
      for (const { of, side } of this.#regions.pads)
        if (of === name)
          for (const { i, j, weight } of this.#loaded(name).columns)
            if (weight > 0.5) hold(i, j, [side === 'top' ? this.#layers : 0]);
      if (held < 2)
        throw shapeError(
          'too-fine',
          `"${name}" is too small for the grid to hold.`,
          'Allow more cells, or make it larger.',
        );
    }
    return fixed;
  }

  #forces(loads: readonly ShapeLoad[]): Float64Array {
    const forces = new Float64Array(3 * this.#nodes);
    for (const { on, force_N = NONE, moment_N_mm = NONE } of loads) {
      const patch = this.#loaded(on);
      if (patch.columns.length === 0)
        throw shapeError(
          'too-fine',
          `"${on}" is too small for the grid to load.`,
          'Allow more cells, or make it larger.',
        );
      const points = this.#points(patch);
      distribute(
        points,
        this.#frame.turned(force_N),
        this.#frame.turned(moment_N_mm),
        this.#layers === 0,
        (node, force) => {
          for (let axis = 0; axis < 3; axis++) forces[3 * node + axis]! += force[axis]!;
        },
      );
    }
    return forces;
  }

  /** Nodes with weights and places relative to the middle of the depth. */
  #points({ columns, level }: Patch): WeightedNode[] {
    const depth = this.#regions.top - this.#regions.bottom;
    if (this.#layers === 0)
      return columns.map(({ i, j, weight }) => ({ node: this.#node(i, j, 0), weight, at: [...this.#place(i, j), 0] }));
    return columns.flatMap(({ i, j, weight }) => {
      const [first, last] =
        level === 'all' ? [0, this.#layers] : level === 'top' ? [this.#layers, this.#layers] : [0, 0];
      const nodes: WeightedNode[] = [];
      for (let k = first; k <= last; k++) {
        const end = level === 'all' && (k === 0 || k === this.#layers) ? 0.5 : 1;
        const at: [number, number, number] = [...this.#place(i, j), (k / this.#layers - 0.5) * depth];
        nodes.push({ node: this.#node(i, j, k), weight: weight * end, at });
      }
      return nodes;
    });
  }
}

export interface WeightedNode {
  node: number;
  weight: number;
  at: [number, number, number];
}

/**
 * Forces on nodes that add up to a force and a moment about the nodes' own middle: an even share of the force, and for the
 * moment shares that grow with the distance from the middle (a distributing coupling).
 * @param plane whether only the moment about the third axis can be taken up
 */
export function distribute(
  points: readonly WeightedNode[],
  force: readonly number[],
  moment: readonly number[],
  plane: boolean,
  add: (node: number, force: [number, number, number]) => void,
): void {
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  const middle = [0, 1, 2].map((axis) => points.reduce((sum, { weight, at }) => sum + weight * at[axis]!, 0) / total);
  const arms = points.map(({ at }) => [at[0] - middle[0]!, at[1] - middle[1]!, at[2] - middle[2]!] as const);
  let turn: number[];
  if (plane) {
    const inertia = arms.reduce((sum, [x, y], i) => sum + points[i]!.weight * (x * x + y * y), 0);
    turn = [0, 0, inertia > 0 ? moment[2]! / inertia : 0];
  } else {
    const inertia = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (const [i, arm] of arms.entries()) {
      const square = arm[0] ** 2 + arm[1] ** 2 + arm[2] ** 2;
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++)
          inertia[3 * a + b]! += points[i]!.weight * ((a === b ? square : 0) - arm[a]! * arm[b]!);
    }
    turn = moment.some((each) => each !== 0) ? turnFor(inertia, moment) : [0, 0, 0];
  }
  for (const [i, { node, weight }] of points.entries()) {
    const [x, y, z] = arms[i]!;
    add(node, [
      weight * (force[0]! / total + turn[1]! * z - turn[2]! * y),
      weight * (force[1]! / total + turn[2]! * x - turn[0]! * z),
      weight * (force[2]! / total + turn[0]! * y - turn[1]! * x),
    ]);
  }
}

/** @throws ArtificerError `engineer.shape-load-case` where the nodes lie on one line, about which no force turns */
function turnFor(inertia: readonly number[], moment: readonly number[]): number[] {
  const turn = solve3(inertia, moment as [number, number, number]);
  if (!turn) throw shapeError('load-case', 'A moment acts on an interface whose nodes lie on one line.');
  return turn;
}

/** Whether plane stress says everything about these loads: none out of the plane, and none on one side alone. */
export function isPlane({ loadCases, interfaces }: ShapeRequest, frame: Frame): boolean {
  const pads = new Set(interfaces.flatMap(({ kind, name }) => (kind === 'pad' ? [name] : [])));
  return loadCases.every(
    ({ loads, supports }) =>
      !supports.some((name) => pads.has(name)) &&
      loads.every(({ on, force_N = NONE, moment_N_mm = NONE }) => {
        const [force, moment] = [frame.turned(force_N), frame.turned(moment_N_mm)];
        return !pads.has(on) && force[2] === 0 && moment[0] === 0 && moment[1] === 0;
      }),
  );
}
