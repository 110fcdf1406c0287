/** Repairs of one body with ShapeFix, on request, and what they changed in words. */
import { type Own, scoped } from '../scope.ts';
import type { Bindings, Enum, Shape } from './bindings.ts';
import type { RawBody } from './bodies.ts';

export interface Healed {
  body: RawBody;
  /** Where a face of the body as it was has gone; -1 when it has been removed. */
  faceIndex(before: Shape): number;
}

/** Adds a sentence to `report` for every body that changed. */
export function heal(oc: Bindings, own: Own, body: RawBody, name: string, report: string[]): Healed {
  const fix = own(new oc.ShapeFix_Shape_2(body.shape));
  fix.Perform(own(new oc.Message_ProgressRange_1()));
  const shape = own(fix.Shape());
  const faces = own(new oc.TopTools_IndexedMapOfShape_1());
  oc.TopExp.MapShapes_1(shape, oc.TopAbs_ShapeEnum.TopAbs_FACE, faces);
  const done = DONE.filter(([status]) => fix.Status(oc.ShapeExtend_Status[status])).map(([, words]) => words);
  const sum = countsOf(oc, body.shape);
  const now = countsOf(oc, shape);
  const changes = COUNTED.filter((kind) => sum[kind] !== now[kind]).map(
    (kind) => `${sum[kind]} ${PLURALS[kind]} became ${now[kind]}`,
  );
  if (done.length > 0 || changes.length > 0)
    report.push(`${JSON.stringify(name)}: ${[...done, ...changes].join('; ')}.`);
  const context = own(fix.Context()).get();
  return {
    body: { shape, faces },
    faceIndex: (before) => scoped((mine) => faces.FindIndex(mine(context.Value(before))) - 1),
  };
}

/** The meaning of ShapeFix_Shape's status flags. */
const DONE = [
  ['ShapeExtend_DONE1', 'edges were repaired'],
  ['ShapeExtend_DONE2', 'wires were repaired'],
  ['ShapeExtend_DONE3', 'faces were repaired'],
  ['ShapeExtend_DONE4', 'shells were repaired or turned round'],
  ['ShapeExtend_DONE5', 'solids were repaired'],
  ['ShapeExtend_DONE6', 'shapes inside a compound were repaired'],
] as const;

const COUNTED = ['SOLID', 'SHELL', 'FACE', 'EDGE'] as const;
const PLURALS = { SOLID: 'solids', SHELL: 'shells', FACE: 'faces', EDGE: 'edges' };

function countsOf(oc: Bindings, shape: Shape): Record<(typeof COUNTED)[number], number> {
  const count = (kind: Enum): number =>
    scoped((own) => {
      const map = own(new oc.TopTools_IndexedMapOfShape_1());
      oc.TopExp.MapShapes_1(shape, kind, map);
      return map.Extent();
    });
  const kinds = oc.TopAbs_ShapeEnum;
  return {
    SOLID: count(kinds.TopAbs_SOLID),
    SHELL: count(kinds.TopAbs_SHELL),
    FACE: count(kinds.TopAbs_FACE),
    EDGE: count(kinds.TopAbs_EDGE),
  };
}
