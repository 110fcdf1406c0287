/** Counts and sums of an imported model over every instance, in the words of the command line's contract. */
import { type BoundingBox, IDENTITY_TRANSFORM, type Transform, type Vector3 } from '../../preload/contract/index.ts';
import { composeTransforms, transformBox } from '../document/index.ts';
import type { ImportedModel, ImportedPart } from '../kernel/port.ts';

export interface ModelSummary {
  file: string;
  format: string;
  schema: string;
  originating_system: string;
  length_unit: string;
  solids: number;
  shells: number;
  faces: number;
  edges: number;
  volume_mm3: number;
  area_mm2: number;
  bounding_box_mm: BoundingBox;
  valid: boolean;
  parts: number;
  instances: number;
  depth: number;
  names: string[];
  colours: number;
  pmi: { dimensions: number; tolerances: number; datums: number };
  warnings: { code: string; message: string }[];
  seconds: number;
  triangles?: number;
  closed?: boolean;
}

interface Occurrence {
  part: ImportedPart;
  transform: Transform;
}

/** Every placement of a part with its world transform. A model without a tree is its parts, once each, where they are. */
function occurrences(model: ImportedModel): Occurrence[] {
  const parts = new Map(model.parts.map((part) => [part.key, part]));
  if (model.instances.length === 0) return model.parts.map((part) => ({ part, transform: IDENTITY_TRANSFORM }));
  const byKey = new Map(model.instances.map((instance) => [instance.key, instance]));
  const world = new Map<string, Transform>();
  const worldOf = (key: string): Transform => {
    const known = world.get(key);
    if (known) return known;
    const instance = byKey.get(key)!;
    const transform =
      instance.parentKey === null
        ? instance.transform
        : composeTransforms(worldOf(instance.parentKey), instance.transform);
    world.set(key, transform);
    return transform;
  };
  return model.instances.flatMap((instance) => {
    const part = instance.partKey === null ? undefined : parts.get(instance.partKey);
    return part ? [{ part, transform: worldOf(instance.key) }] : [];
  });
}

function growBox(box: BoundingBox, by: BoundingBox): void {
  for (let axis = 0; axis < 3; axis++) {
    box.min[axis] = Math.min(box.min[axis]!, by.min[axis]!);
    box.max[axis] = Math.max(box.max[axis]!, by.max[axis]!);
  }
}

export function summariseModel(model: ImportedModel, file: string, seconds: number): ModelSummary {
  const totals = { solids: 0, shells: 0, faces: 0, edges: 0, volume: 0, area: 0, triangles: 0 };
  const box = { min: [Infinity, Infinity, Infinity] as Vector3, max: [-Infinity, -Infinity, -Infinity] as Vector3 };
  let valid = true;
  let closed = true;
  const meshOnly =
    model.parts.length > 0 && model.parts.every((part) => part.bodies.every((body) => body.info.kind === 'mesh'));
  const all = occurrences(model);
  for (const { part, transform } of all)
    for (const { info } of part.bodies) {
      totals.solids += info.solids;
      totals.shells += info.shells;
      totals.faces += info.faces.length;
      totals.edges += info.edges.length;
      totals.volume += info.mass.volume_mm3;
      totals.area += info.mass.area_mm2;
      totals.triangles += info.triangles ?? 0;
      valid &&= info.valid;
      closed &&= info.closed ?? true;
      growBox(box, transformBox(transform, info.box));
    }
  return {
    file,
    format: model.format,
    schema: model.schema,
    originating_system: model.originatingSystem,
    length_unit: model.lengthUnit,
    solids: totals.solids,
    shells: totals.shells,
    faces: totals.faces,
    edges: totals.edges,
    volume_mm3: totals.volume,
    area_mm2: totals.area,
    bounding_box_mm: box,
    valid,
    parts: model.parts.length,
    instances: all.length,
    depth: model.depth,
    names: model.names,
    colours: model.colours,
    pmi: { dimensions: model.pmi.dimensions, tolerances: model.pmi.tolerances, datums: model.pmi.datums },
    warnings: model.warnings,
    seconds,
    ...(meshOnly ? { triangles: totals.triangles, closed } : {}),
  };
}
