/** A plate of sheet metal: the regions of a sketch, as thick as the sheet. Bends come with flanges. */

import { mapShapes } from '../../modeller/topology.ts';
import { scale } from '../../modeller/vectors.ts';
import { combine } from '../combine.ts';
import { positiveLength } from '../dressing/dimensions.ts';
import { capNames, roleName } from '../naming/names.ts';
import type { Operation } from '../operation.ts';
import { Make } from '../shapes/make.ts';
import { compoundOf, outwards } from '../surfaces/compound.ts';
import { GeneratedNames } from '../surfaces/name-faces.ts';
import { checkedKFactor } from './sheet.ts';

export const sheetBase: Operation<'sheet-base'> = (feature, scope) => {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const thickness = positiveLength(feature.thickness, 'thickness');
  positiveLength(feature.bendRadius, 'bend radius');
  checkedKFactor(feature.kFactor);
  const plates = scope.profile(feature.profile, 'profile').map((region) => {
    const vector = scale(region.frame.z, feature.reverse ? -thickness : thickness);
    const prism = own(new oc.BRepPrimAPI_MakePrism(region.face, make.vector(vector), false, true));
    const names = new GeneratedNames(scope);
    names.give([own(prism.FirstShape())], capNames(id, 'start', region));
    names.give([own(prism.LastShape())], capNames(id, 'end', region));
    for (const edge of mapShapes(oc, own, region.face, 'EDGE').shapes)
      names.giveGenerated(prism, edge, roleName(id, 'side', region.nameOfEdge(edge)));
    return names.of(outwards(scope, own(prism.Shape())));
  });
  return combine(scope, 'new', compoundOf(scope, plates));
};
