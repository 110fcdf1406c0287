/** The whole way: densities on a grid, a clean region, an outline of lines and arcs, a part script. */
import type { JobContext } from '../../../preload/contract/index.ts';
import { type CellGrid, cellsOf } from './cells.ts';
import { checkRequest } from './check.ts';
import { GridConditions, isPlane } from './conditions.ts';
import { type DensityDesign, type DensityProblem, linearCells, optimiseDensity } from './density/optimise.ts';
import { GridStiffness } from './density/stiffness.ts';
import { shapeError } from './errors.ts';
import type { Frame } from './frame.ts';
import { type DrawnShape, drawShape } from './outline/draw.ts';
import { drawnShares } from './outline/measure.ts';
import type { Regions } from './regions.ts';
import { writeShape } from './script/write.ts';
import type { GeneratedShape, ShapeReport, ShapeRequest } from './types.ts';

const DEFAULTS = { iterations: 120, layers: 2, planeCells: 12_000, layeredCells: 5_000 };

/** A request with its grid and the densities that were found for it. */
export interface OptimisedShape {
  frame: Frame;
  regions: Regions;
  cells: CellGrid;
  layers: number;
  design: DensityDesign;
  /** Volume of the densities, mm^3. */
  volume_mm3: number;
  compliances: ShapeReport['compliances'];
  /** Compliance of each case, in the order of `compliances`, if these shares of the cells were solid; N mm. */
  complianceOf(shares: Float64Array): Promise<number[]>;
}

/** @throws ArtificerError `engineer.shape-...`, `cancelled` */
export async function generateShape(request: ShapeRequest, context: JobContext): Promise<GeneratedShape> {
  const started = performance.now();
  const optimum = await optimisedShape(request, context);
  const { frame, regions, cells, layers, design, volume_mm3 } = optimum;
  const optimised = performance.now();
  context.progress('drawing the outline', null);
  const drawn = drawShape(request, regions, cells, design.filtered);
  const asDrawn = await optimum.complianceOf(drawnShares(drawn.outlines, cells));
  const compliances = optimum.compliances.map((each, i) => ({ ...each, drawn_N_mm: asDrawn[i]! }));
  requireStiffness(compliances);
  const { script, faces } = writeShape(request, frame, regions, drawn.outlines, drawn.windows);
  const report: ShapeReport = {
    mechanics: layers === 0 ? 'plane' : 'layers',
    layers,
    cell_mm: Math.sqrt(cells.cellX * cells.cellY),
    cells: cells.cellsX * cells.cellsY,
    iterations: design.history.length,
    stopped: design.stopped,
    densityVolume_mm3: volume_mm3,
    compliances,
    greyness: design.greyness,
    measures: drawn.measures,
    warnings: warningsOf(request, design, drawn),
    seconds: { optimise: (optimised - started) / 1000, draw: (performance.now() - optimised) / 1000 },
  };
  const field = {
    cellsX: cells.cellsX,
    cellsY: cells.cellsY,
    cell_mm: [cells.cellX, cells.cellY] as const,
    origin_mm: cells.origin,
    density: Float32Array.from(design.density, (each, i) => each * cells.inside[i]!),
  };
  const history = design.history.map((each) => ({
    ...each,
    compliances_N_mm: each.compliances_N_mm.slice(0, request.loadCases.length),
  }));
  return { script, faces, outlines: drawn.outlines, history, field, report };
}

/** @throws ArtificerError `engineer.shape-...`, `cancelled` */
export async function optimisedShape(request: ShapeRequest, context: JobContext): Promise<OptimisedShape> {
  const { frame, regions } = checkRequest(request);
  const layers = mechanicsOf(request, frame) === 'plane' ? 0 : (request.budget?.layers ?? DEFAULTS.layers);
  const mostCells = request.budget?.cells ?? (layers === 0 ? DEFAULTS.planeCells : DEFAULTS.layeredCells);
  const cells = cellsOf(frame, regions, request.minimumMember_mm, mostCells);
  const { problem, solid, order, cellVolume } = await problemOf(request, frame, regions, cells, layers, context);
  const design = await optimiseDensity(problem, context);
  const volume_mm3 = volumeOf(design, problem) * cellVolume;
  const compliances = order.map((index, at) => ({
    name: request.loadCases[index]!.name,
    compliance_N_mm: design.compliances_N_mm[at]!,
    drawn_N_mm: design.compliances_N_mm[at]!,
    relative: design.compliances_N_mm[at]! / solid[at]!,
  }));
  const complianceOf = async (shares: Float64Array): Promise<number[]> => {
    const { free, given, share, stiffness } = problem;
    const density = shares.map((each, i) => (free[i] ? Math.min(each, share[i]!) : given[i]!));
    return (await stiffness.solve(density, new Uint8Array(density.length).fill(1), context.signal)).values;
  };
  return { frame, regions, cells, layers, design, volume_mm3, compliances, complianceOf };
}

function mechanicsOf(request: ShapeRequest, frame: Frame): 'plane' | 'layers' {
  const { mechanics = 'auto' } = request;
  const plane = isPlane(request, frame);
  if (mechanics === 'plane' && !plane)
    throw shapeError(
      'out-of-plane',
      'Plane stress was asked for, but there are loads out of the plane, or on one side of it only.',
      'Leave the mechanics to be chosen, or ask for layers.',
    );
  return mechanics === 'auto' ? (plane ? 'plane' : 'layers') : mechanics;
}

interface ReadyProblem {
  problem: DensityProblem;
  /** Compliance of each case, and then of ties, if everything were solid, N mm. */
  solid: number[];
  /** Which case of the request each one is. */
  order: number[];
  /** mm^3. */
  cellVolume: number;
}

async function problemOf(
  request: ShapeRequest,
  frame: Frame,
  regions: Regions,
  cells: CellGrid,
  layers: number,
  context: JobContext,
): Promise<ReadyProblem> {
  const { material, loadCases, amount } = request;
  const conditions = new GridConditions(cells, frame, regions, layers);
  const { groups, order } = conditions.groups(loadCases);
  const held = conditions.heldBores(loadCases);
  const { cellsX, cellsY, cellX, cellY, free, inside, share } = cells;
  const depth = regions.top - regions.bottom;
  const grid = { cellsX, cellsY, cellX, cellY, layers, depth, poisson: material.poisson, bending: true };
  const ties = conditions.ties(loadCases);
  const stiffness = new GridStiffness(grid, material.young_MPa, ties ? [...groups, ties] : groups);
  // Cells that are neither free nor inside are none; in lands the cell's own share; a bore that is held is full of its pin.
  const given = share.map((each, i) => (free[i] ? 0 : held[i] && !free[i] ? 1 : each));
  const solidDensity = Float64Array.from(free, (each, i) => (each ? 1 : given[i]!));
  const { values: solid } = await stiffness.solve(solidDensity, linearCells(free), context.signal);
  const cellVolume = cellX * cellY * depth;
  const possible = share.reduce((sum, each) => sum + each, 0);
  const volume =
    'mass_t' in amount ? amount.mass_t / material.density_t_mm3 / cellVolume : amount.volumeFraction * possible;
  const problem: DensityProblem = {
    grid: cells,
    stiffness,
    weights: solid.map((each, at) => (at < order.length ? (loadCases[order[at]!]!.weight ?? 1) : TIE_WEIGHT) / each),
    aggregate: request.aggregate ?? 'sum',
    free,
    inside,
    given,
    share,
    volume,
    filterRadius_mm: cells.filterRadius_mm,
    method: 'robust',
    iterations: request.budget?.iterations ?? DEFAULTS.iterations,
    ...(request.seed ? { start: varied(cells, request.seed, volume / possible) } : {}),
  };
  return { problem, solid, order, cellVolume };
}

/** What ties count: too little to shape anything, but without a way between two pieces their compliance knows no bounds. */
const TIE_WEIGHT = 0.01;

/** A beginning that waves about the even one, by a seed. */
function varied({ cellsX, cellsY }: CellGrid, seed: number, even: number): Float64Array {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const waves = Array.from({ length: 6 }, () => ({
    u: 0.5 + 2.5 * random(),
    v: 0.5 + 2.5 * random(),
    phase: 2 * Math.PI * random(),
  }));
  const values = new Float64Array(cellsX * cellsY);
  for (let i = 0; i < cellsX; i++)
    for (let j = 0; j < cellsY; j++) {
      let sum = 0;
      for (const { u, v, phase } of waves) sum += Math.cos(2 * Math.PI * ((u * i) / cellsX + (v * j) / cellsY) + phase);
      values[i * cellsY + j] = Math.max(0.05, Math.min(0.95, even * (1 + 0.15 * sum)));
    }
  return values;
}

/** How much more compliant than its densities a shape may be that was drawn from them. */
const MOST_LOST = 1.25;

/** A member that was lost in drawing shows in the stiffness, whatever else went well. */
function requireStiffness(compliances: ShapeReport['compliances']): void {
  const worst = compliances.find((each) => each.drawn_N_mm > MOST_LOST * each.compliance_N_mm);
  if (worst)
    throw shapeError(
      'lost',
      `The outline that was drawn is ${(worst.drawn_N_mm / worst.compliance_N_mm).toFixed(1)} times as compliant in "${worst.name}" as the densities.`,
      'Allow more cells or iterations, or ask for more volume or thinner members.',
    );
}

const volumeOf = ({ density }: DensityDesign, { free, share }: DensityProblem): number =>
  density.reduce((sum, each, i) => sum + (free[i] ? each * share[i]! : share[i]!), 0);

function warningsOf(request: ShapeRequest, design: DensityDesign, { measures }: DrawnShape): string[] {
  const warnings: string[] = [];
  if (design.greyness > 0.15)
    warnings.push('The densities are not yet black and white: more iterations would make the shape clearer.');
  const { thinnestMember_mm } = measures;
  if (thinnestMember_mm !== null && thinnestMember_mm < 0.9 * request.minimumMember_mm)
    warnings.push(`A member of ${thinnestMember_mm.toFixed(2)} mm is thinner than was asked for.`);
  return warnings;
}
