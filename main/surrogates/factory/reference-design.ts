/**
 * The design that all others are compared with, point by point: its mesh is carried to them, and its faces are where loads
 * and restraints are.
 */
import {
  decodeBundle,
  isSingularPlace,
  type JobContext,
  type Probe,
  type ResultSummary,
  type Vector3,
} from '../../../preload/contract/index.ts';
import { resolveReference } from '../../document/index.ts';
import type { Physics, ReadyMesh, StudyOfRequest } from '../../physics/index.ts';
import { refuseSurrogate } from '../errors.ts';
import {
  type PointQuantity,
  parseQuantityName,
  pointQuantityOfProbe,
  probeNamed,
  unitOfPointQuantity,
} from '../specification/quantities.ts';
import { hashOf } from '../specification/read-specification.ts';
import type { DesignPlan, DesignSource, MadePart } from './design-source.ts';

/** A quantity with the points that it is read at. */
export type PlacedQuantity = { name: string; unit: string } & (
  | { kind: 'mass' }
  | { kind: 'extreme'; of: 'max' | 'min'; quantity: PointQuantity; points: Int32Array | null }
  | { kind: 'point'; quantity: PointQuantity; point: number }
  | { kind: 'frequency' | 'buckling'; mode: number }
);

export interface ReferenceDesign {
  made: MadePart;
  /** With names of steps as the part knows them. */
  study: StudyOfRequest;
  mesh: ReadyMesh;
  /** 3n, mm. */
  nodes: Float64Array;
  elements: Int32Array;
  /** Global face of each node's facets, for errors by region: -1 inside. */
  faceOfNode: Int32Array;
  faceNames: string[];
  quantities: PlacedQuantity[];
  /** Of mesh and points: data of two reference designs do not go together. */
  hash: string;
}

export async function referenceDesign(
  physics: Physics,
  source: DesignSource,
  plan: DesignPlan,
  context: JobContext,
): Promise<ReferenceDesign> {
  context.progress('The reference design', 0);
  const made = await source.make(plan.reference, 0, context);
  const mesh = await physics.readyMesh(
    { bodies: source.bodies(made.infos), brep: made.brep, mesh: source.study.mesh, inputHash: source.partHash },
    context,
  );
  const { arrays } = decodeBundle(mesh.bytes);
  const nodes = arrays['nodes'] as Float64Array;
  const facets = arrays['facets'] as Int32Array;
  const facetFace = arrays['facetFace'] as Int32Array;
  const faceOfNode = new Int32Array(nodes.length / 3).fill(-1);
  facetFace.forEach((face, facet) => {
    for (let k = 0; k < 6; k++) faceOfNode[facets[6 * facet + k]!] = face;
  });
  const place = new QuantityPlaces(source.study.probes, made, { nodes, facets, facetFace });
  return {
    made,
    study: source.inNamesOf(made),
    mesh,
    nodes,
    elements: arrays['elements'] as Int32Array,
    faceOfNode,
    faceNames: made.infos.flatMap((info) =>
      info.faces.map((face, index) => face.persistentNames?.[0] ?? `face ${index}`),
    ),
    quantities: plan.quantities.map((name) => place.of(name)),
    hash: hashOf(mesh.bytes),
  };
}

class QuantityPlaces {
  readonly #probes: readonly Probe[];
  readonly #made: MadePart;
  readonly #mesh: { nodes: Float64Array; facets: Int32Array; facetFace: Int32Array };

  constructor(
    probes: readonly Probe[],
    made: MadePart,
    mesh: { nodes: Float64Array; facets: Int32Array; facetFace: Int32Array },
  ) {
    this.#probes = probes;
    this.#made = made;
    this.#mesh = mesh;
  }

  /** @throws ArtificerError for faces or probes that are not there */
  of(name: string): PlacedQuantity {
    const asked = parseQuantityName(name);
    switch (asked.kind) {
      case 'mass':
        return { name, unit: 'kg', kind: 'mass' };
      case 'frequency':
        return { name, unit: 'Hz', ...asked };
      case 'buckling':
        return { name, unit: '1', ...asked };
      case 'extreme': {
        const points = asked.on === undefined ? null : this.#pointsOn(asked.on);
        return {
          name,
          unit: unitOfPointQuantity(asked.quantity),
          kind: 'extreme',
          of: asked.of,
          quantity: asked.quantity,
          points,
        };
      }
      case 'probe': {
        const probe = probeNamed(asked.name, this.#probes);
        const quantity = pointQuantityOfProbe(probe.quantity);
        return {
          name,
          unit: unitOfPointQuantity(quantity),
          kind: 'point',
          quantity,
          point: this.#nearest(probe.at_mm),
        };
      }
    }
  }

  #pointsOn(selector: string): Int32Array {
    const { infos } = this.#made;
    const { items, error } = resolveReference({ by: 'selector', selector }, infos);
    if (error) throw refuseSurrogate('quantity', `"${selector}": ${error.message}`, error.hint);
    const first = infos.map((_, body) => infos.slice(0, body).reduce((sum, info) => sum + info.faces.length, 0));
    const faces = new Set(items.map(({ body, index }) => first[body]! + index));
    const { facets, facetFace } = this.#mesh;
    const points = new Set<number>();
    facetFace.forEach((face, facet) => {
      if (faces.has(face)) for (let k = 0; k < 6; k++) points.add(facets[6 * facet + k]!);
    });
    return Int32Array.from([...points].sort((a, b) => a - b));
  }

  /** A probe is a point of the part, which is carried along with it: the nearest of the mesh. */
  #nearest(at_mm: readonly number[]): number {
    const { nodes } = this.#mesh;
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let node = 0; node < nodes.length / 3; node++) {
      const distance = Math.hypot(...at_mm.map((x, axis) => x - nodes[3 * node + axis]!));
      if (distance < least) [best, least] = [node, distance];
    }
    return best;
  }
}

/** Values at the points, by field; `displacement` has three a point. */
export type PointFields = Partial<Record<'displacement' | 'vonMises' | 'temperature', Float32Array>>;

export function readAt(fields: PointFields, quantity: PointQuantity, point: number): number {
  const { displacement, vonMises, temperature } = fields;
  if (quantity === 'von_mises') return vonMises ? vonMises[point]! : Number.NaN;
  if (quantity === 'temperature') return temperature ? temperature[point]! : Number.NaN;
  if (!displacement) return Number.NaN;
  const [x, y, z] = [displacement[3 * point]!, displacement[3 * point + 1]!, displacement[3 * point + 2]!];
  if (quantity === 'displacement.magnitude') return Math.hypot(x, y, z);
  return { x, y, z }[quantity.slice(-1) as 'x' | 'y' | 'z'];
}

/**
 * The number of a solved design. One that the result does not have is NaN; the caller says so.
 */
export function readQuantity(quantity: PlacedQuantity, summary: ResultSummary, fields: PointFields): number {
  switch (quantity.kind) {
    case 'mass':
      return summary.mass_kg;
    case 'frequency':
      return summary.modes?.[quantity.mode - 1]?.frequency_Hz ?? Number.NaN;
    case 'buckling':
      return (
        (summary.bucklingFactors ?? []).filter(({ factor }) => factor > 0)[quantity.mode - 1]?.factor ?? Number.NaN
      );
    case 'point':
      return readAt(fields, quantity.quantity, quantity.point);
    case 'extreme': {
      const point = pointOfExtreme(quantity, fields);
      return point === null ? Number.NaN : readAt(fields, quantity.quantity, point);
    }
  }
}

/** Where on the mesh an extreme is taken; null where the result has no such field. */
export function pointOfExtreme(
  { of, quantity, points }: Extract<PlacedQuantity, { kind: 'extreme' }>,
  fields: PointFields,
): number | null {
  const count = (fields.vonMises ?? fields.temperature)?.length ?? (fields.displacement?.length ?? 0) / 3;
  const sign = of === 'max' ? 1 : -1;
  let best: number | null = null;
  let value = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < (points?.length ?? count); i++) {
    const point = points ? points[i]! : i;
    const here = sign * readAt(fields, quantity, point);
    if (here > value) [best, value] = [point, here];
  }
  return best;
}

/** Begins the warning that a quantity of a design was read where the stress grows without end. */
export const SINGULAR = 'singular ';

/** Stresses that are no property of the part: read where a finer mesh would say more, and more again. */
export function singularQuantities(
  quantities: readonly PlacedQuantity[],
  summary: ResultSummary,
  fields: PointFields,
  nodes: ArrayLike<number>,
): string[] {
  return quantities.flatMap((quantity) => {
    if (quantity.kind !== 'extreme' || quantity.quantity !== 'von_mises' || quantity.of !== 'max') return [];
    const point = pointOfExtreme(quantity, fields);
    if (point === null) return [];
    const at: Vector3 = [nodes[3 * point]!, nodes[3 * point + 1]!, nodes[3 * point + 2]!];
    return isSingularPlace(summary, at) ? [`${SINGULAR}${quantity.name}`] : [];
  });
}
