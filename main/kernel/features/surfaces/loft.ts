/**
 * A solid through sections, in their order: smooth, or ruled with straight lines from each to the next. Sides are called by
 * the curves of the first section (and, ruled, by the number of the strip from the second on), caps by `start` and `end`.
 */
import type { TopoDS_Shape, TopoDS_Wire } from 'replicad-opencascadejs';
import { refused, usage } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { booleanOf, combine } from '../combine.ts';
import type { NamedShape } from '../naming/follow.ts';
import { capNames, roleName } from '../naming/names.ts';
import type { Operation, OperationScope, ProfileFace } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { outwards } from './compound.ts';
import { GeneratedNames } from './name-faces.ts';

/** How exactly the surface goes through its sections, mm. */
const THROUGH_MM = 1e-6;

export const loft: Operation<'loft'> = (feature, scope) => {
  const { oc, own } = scope;
  const sections = feature.sections.map((section, index) => {
    const [only, ...more] = scope.profile(section, `sections[${index}]`);
    if (!only || more.length > 0)
      throw usage(
        'loft.section',
        `Section ${index + 1} has ${more.length + 1} regions: a loft goes through one of each.`,
        'Choose one region of the sketch.',
      );
    return only;
  });
  const holes = sections.map(({ face }) => {
    const outer = own(oc.BRepTools.OuterWire(face));
    return mapShapes(oc, own, face, 'WIRE').shapes.filter((wire) => !wire.IsSame(outer));
  });
  const count = holes[0]!.length;
  if (count > 1 || holes.some((each) => each.length !== count))
    throw usage(
      'loft.holes',
      'The sections do not all have the same holes, or have more than one each.',
      'Loft the outlines, and cut the holes with lofts of their own.',
    );
  const ruled = feature.ruled === true;
  const outer = loftWires(
    scope,
    sections,
    sections.map(({ face }) => own(oc.BRepTools.OuterWire(face))),
    ruled,
  );
  if (count === 0) return combine(scope, feature.operation, outer, feature.bodies);
  const inner = loftWires(
    scope,
    sections,
    holes.map(([hole]) => own(oc.TopoDS.Wire(hole!))),
    ruled,
  );
  const hollow = booleanOf(scope, 'cut', outer, [inner]);
  if (!hollow) throw notPossible();
  return combine(scope, feature.operation, hollow, feature.bodies);
};

function loftWires(
  scope: OperationScope,
  sections: readonly ProfileFace[],
  wires: readonly TopoDS_Wire[],
  ruled: boolean,
): NamedShape {
  const { oc, own, id } = scope;
  const algorithm = own(new oc.BRepOffsetAPI_ThruSections(true, ruled, THROUGH_MM));
  for (const wire of wires) algorithm.AddWire(wire);
  // Sections with other numbers of curves, or running the other way round, are matched.
  algorithm.CheckCompatibility(true);
  algorithm.SetMutableInput(false);
  algorithm.Build(new Make(scope).progress());
  if (!algorithm.IsDone()) throw notPossible();
  const names = new GeneratedNames(scope);
  const caps: [string, TopoDS_Shape, ProfileFace][] = [
    ['start', own(algorithm.FirstShape()), sections[0]!],
    ['end', own(algorithm.LastShape()), sections.at(-1)!],
  ];
  for (const [role, cap, region] of caps) names.give([cap], capNames(id, role, region));
  for (const edge of mapShapes(oc, own, wires[0]!, 'EDGE').shapes) {
    const curve = sections[0]!.nameOfEdge(edge);
    names.giveGenerated(algorithm, edge, (strip) =>
      roleName(id, 'side', ruled && strip > 0 ? [curve, `${strip + 1}`] : curve),
    );
  }
  return names.of(outwards(scope, own(algorithm.Shape())));
}

const notPossible = () =>
  refused(
    'loft.not-possible',
    'No solid goes through these sections.',
    'Put the sections in order, on planes that do not cross inside them, and give them as many curves each.',
  );
