/** Reads what requirements ask for from a solved case, leaving out stress where it is infinite in theory. */
import { type BodyInfo, decodeBundle, type ResultSummary, type Vector3 } from '../../../preload/contract/index.ts';
import { resolveReferences } from '../../document/index.ts';
import { fieldReader, Near, type StudyOutcome, unitOfField, vectorAt } from '../../physics/index.ts';
import { refuseDesign } from '../errors.ts';
import type { DesignQuantity } from '../requirements/requirement.ts';
import type { PlacesOf } from './places.ts';

export interface ReadNumber {
  value: number;
  unit: string;
  /** Percent of the value; null where there is no estimate. */
  error_percent: number | null;
  at_mm?: Vector3;
  note?: string;
}

const STRESS = /^(von_mises|principal|tresca|stress|strain|safety_factor)/;

/**
 * @param placesOf what an `on` of the requirement stands for
 * @param leaveOut_mm stress nearer than this to a place where it is infinite is left out, and the note says so
 * @returns null where the result has no such number
 * @throws ArtificerError of a selector that matches nothing
 */
export function readDesignQuantity(
  quantity: DesignQuantity,
  outcome: StudyOutcome,
  infos: readonly BodyInfo[],
  placesOf: PlacesOf,
  leaveOut_mm: number,
): ReadNumber | null {
  const { summary } = outcome;
  switch (quantity.kind) {
    case 'frequency': {
      const elastic = (summary.modes ?? []).filter(({ rigid }) => !rigid);
      const mode = elastic[quantity.mode - 1];
      return mode ? { value: mode.frequency_Hz, unit: 'Hz', error_percent: mode.error_percent ?? null } : null;
    }
    case 'buckling_factor': {
      const first = (summary.bucklingFactors ?? []).find(({ factor }) => factor > 0);
      return first ? { value: first.factor, unit: '1', error_percent: first.error_percent ?? null } : null;
    }
    case 'probe': {
      const probe = summary.probes.find(({ name }) => name === quantity.name);
      if (!probe) throw refuseDesign('no-probe', `The case has no probe "${quantity.name}".`);
      return {
        value: probe.value,
        unit: probe.unit,
        error_percent: STRESS.test(probe.quantity) ? probeError(probe, outcome) : errorOf(summary, probe.quantity),
        at_mm: probe.at_mm,
      };
    }
    case 'extreme':
      return readExtreme(quantity, outcome, infos, placesOf, leaveOut_mm);
    default:
      return null;
  }
}

function readExtreme(
  { of, field, on }: Extract<DesignQuantity, { kind: 'extreme' }>,
  { fields, summary }: StudyOutcome,
  infos: readonly BodyInfo[],
  placesOf: PlacesOf,
  leaveOut_mm: number,
): ReadNumber | null {
  const { arrays } = decodeBundle(fields);
  const read = fieldReader(arrays, field);
  if (!read) return null;
  const nodes = arrays['nodes'] as Float32Array;
  const asked = on === undefined ? null : nodesOn(on, arrays, infos, placesOf);
  const isStress = STRESS.test(field);
  const singular = isStress ? Array.from(arrays['singularNodes'] ?? [], (node) => vectorAt(nodes, node)) : [];
  const left = new Near(singular, leaveOut_mm);
  const cut = singular.length > 0;
  const sign = of === 'max' ? 1 : -1;
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  const count = asked?.length ?? nodes.length / 3;
  for (let i = 0; i < count; i++) {
    const node = asked ? asked[i]! : i;
    const value = sign * read(node);
    if (value > highest && !left.includes(vectorAt(nodes, node))) [best, highest] = [node, value];
  }
  if (best < 0) return null;
  return {
    value: sign * highest,
    unit: unitOfField(field),
    error_percent: isStress ? stressError(best, arrays, highest, summary, cut) : errorOf(summary, field),
    at_mm: vectorAt(nodes, best),
    ...(cut
      ? {
          note: `stress within ${leaveOut_mm.toPrecision(2)} mm of sharp inner edges, rims of clamps and loaded points is left out: it is infinite in theory`,
        }
      : {}),
  };
}

/** Percent. The error in the energy norm is relative: what depends on the energy itself is off by its square. */
function errorOf({ discretisation_error }: ResultSummary, field: string): number | null {
  const { energy_percent, peak_stress_percent, peak_flux_percent } = discretisation_error;
  if (field.startsWith('displacement') || field === 'temperature') return energy_percent ** 2 / 100;
  if (field.startsWith('heat_flux')) return peak_flux_percent ?? null;
  return peak_stress_percent;
}

/**
 * Stress is read at nodes. Where it is cut off at a distance from a singular place, the nodes just beyond the cut lie elsewhere
 * on every mesh, and with them the value: two meshes of the same part differed by 1.0 %.
 */
const CUT_ERROR_PERCENT = 2;

/** Of stress at a place, percent: the largest stress of the part, which may lie at a sharp corner far away, says nothing of it. */
function probeError(
  { name, quantity, at_mm, value }: ResultSummary['probes'][number],
  outcome: StudyOutcome,
): number | null {
  const settled = settledChange(outcome.summary, `${name} ${quantity}`);
  if (settled !== null) return settled;
  const { arrays } = decodeBundle(outcome.fields);
  const nodes = arrays['nodes'] as Float32Array;
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let node = 0; node < nodes.length / 3; node++) {
    const [x, y, z] = vectorAt(nodes, node);
    const distance = Math.hypot(x - at_mm[0], y - at_mm[1], z - at_mm[2]);
    if (distance < least) [nearest, least] = [node, distance];
  }
  return spreadAt(nearest, arrays, value);
}

/** Percent, or null where nothing says. */
function stressError(
  node: number,
  arrays: Record<string, ArrayLike<number>>,
  value: number,
  summary: ResultSummary,
  cut: boolean,
): number | null {
  const found = settledChange(summary, LARGEST) ?? spreadAt(node, arrays, value);
  return cut ? Math.max(CUT_ERROR_PERCENT, found ?? 0) : found;
}

/** The number that is asked to settle where a study has no probes. */
const LARGEST = 'largest von Mises stress';

/**
 * Of a result that was refined mesh by mesh: what a number still changed by with the last mesh, percent. It says more than the
 * differences between elements, which a steep field has on any mesh.
 */
function settledChange({ convergence = [] }: ResultSummary, name: string): number | null {
  const [before, after] = convergence.slice(-2).map(({ values }) => values[name]);
  if (before === undefined || after === undefined || !(after > 0)) return null;
  return (100 * Math.abs(after - before)) / after;
}

/**
 * Half of what the elements around a node differ by, of the value there: percent. A node that belongs to one element alone
 * shows no difference; the nodes beside it do, so the largest of the elements around counts.
 */
function spreadAt(node: number, arrays: Record<string, ArrayLike<number>>, value: number): number | null {
  const stress = arrays['vonMises']?.[node] ?? Math.abs(value);
  const spread = arrays['stressSpread'];
  const elements = arrays['elements'];
  if (!spread || !elements || !(stress > 0)) return null;
  let largest = 0;
  for (let first = 0; first < elements.length; first += 10) {
    let own = false;
    for (let k = 0; k < 10 && !own; k++) own = elements[first + k] === node;
    if (own) for (let k = 0; k < 10; k++) largest = Math.max(largest, spread[elements[first + k]!]!);
  }
  return (50 * largest) / stress;
}

function nodesOn(
  on: string,
  arrays: Record<string, ArrayLike<number>>,
  infos: readonly BodyInfo[],
  placesOf: PlacesOf,
): number[] {
  const { items, error } = resolveReferences(placesOf(on), infos);
  if (error) throw refuseDesign('no-faces', `"${on}": ${error.message}`, error.hint);
  const chosen = new Set(items.map(({ body, index }) => `${body}/${index}`));
  const triangles = arrays['surfaceTriangles']!;
  const face = arrays['surfaceFace']!;
  const body = arrays['surfaceBody']!;
  const nodes = new Set<number>();
  for (let triangle = 0; triangle < face.length; triangle++)
    if (chosen.has(`${body[triangle]}/${face[triangle]}`))
      for (let k = 0; k < 3; k++) nodes.add(triangles[3 * triangle + k]!);
  return [...nodes];
}
