/**
 * Hollows bodies out. The walls' other sides are called after the faces that they run along: `inner(...)`, or `outer(...)`
 * where the wall grows outwards. The rims keep the names of the faces that were opened.
 */
import { refused } from '../../errors.ts';
import { mapShapes } from '../../modeller/topology.ts';
import { bodyOf, booleanOf } from '../combine.ts';
import { follow, type NamedShape } from '../naming/follow.ts';
import { roleName } from '../naming/names.ts';
import type { BodyState, Operation, OperationScope } from '../operation.ts';
import { listOf, shapesOf } from '../shapes/lists.ts';
import { Make } from '../shapes/make.ts';
import { plainSolid, volumeOf } from '../shapes/solids.ts';
import { positiveLength } from './dimensions.ts';

const TOLERANCE_MM = 1e-4;

export const shell: Operation<'shell'> = (feature, scope) => {
  const thickness = positiveLength(feature.thickness, 'thickness');
  const open = feature.open ? scope.faces(feature.open, 'open') : [];
  const asked = feature.bodies ?? (open.length > 0 ? [...new Set(open.map(({ body }) => body.name))] : undefined);
  const bodies = scope.bodiesNamed(asked, 'bodies');
  if (bodies.length === 0)
    throw refused('feature.no-such-body', 'There is no body to hollow out.', 'Make a body first.');
  const stray = open.find(({ body }) => !bodies.includes(body));
  if (stray)
    throw refused(
      'shell.other-body',
      'A face to open is not on the bodies that are hollowed out.',
      'Choose its body too.',
    );
  return scope.bodies.map((body) => {
    if (!bodies.includes(body)) return body;
    const faces = open.flatMap((item) => (item.body === body ? [item.shape] : []));
    const hollowed =
      faces.length === 0
        ? closedShell(scope, body, thickness, feature.outward === true)
        : openShell(scope, body, faces, thickness, feature.outward === true);
    return bodyOf(body.name, hollowed);
  });
};

function openShell(
  scope: OperationScope,
  body: BodyState,
  open: Parameters<typeof listOf>[2],
  thickness_mm: number,
  outward: boolean,
): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const algorithm = own(new oc.BRepOffsetAPI_MakeThickSolid());
  algorithm.MakeThickSolidByJoin(
    body.shape,
    listOf(oc, own, open),
    outward ? thickness_mm : -thickness_mm,
    TOLERANCE_MM,
    'BRepOffset_Skin',
    false,
    false,
    'GeomAbs_Intersection',
    false,
    make.progress(),
  );
  if (!algorithm.IsDone()) throw tooThick();
  const plain = plainSolid(oc, own, own(algorithm.Shape()));
  if (!plain || !isPlausible(scope, body, plain.shape, outward)) throw tooThick();
  if (!outward && !isThickEnough(scope, body, algorithm, thickness_mm)) throw tooThick();
  const faceNames = follow({
    oc,
    id,
    history: algorithm,
    inputs: [body],
    result: plain.shape,
    generatedFrom: ['FACE'],
    nameGenerated: ({ sides }) => roleName(id, outward ? 'outer' : 'inner', sides),
  });
  return { shape: plain.shape, faceNames };
}

/** A void inside of the body, or a hull around it. */
function closedShell(scope: OperationScope, body: BodyState, thickness_mm: number, outward: boolean): NamedShape {
  const { oc, own, id } = scope;
  const make = new Make(scope);
  const algorithm = own(new oc.BRepOffsetAPI_MakeOffsetShape());
  algorithm.PerformByJoin(
    body.shape,
    outward ? thickness_mm : -thickness_mm,
    TOLERANCE_MM,
    'BRepOffset_Skin',
    false,
    false,
    'GeomAbs_Intersection',
    false,
    make.progress(),
  );
  if (!algorithm.IsDone()) throw tooThick();
  const plain = plainSolid(oc, own, own(algorithm.Shape()));
  if (!plain || volumeOf(oc, plain.shape) <= 0) throw tooThick();
  if (!outward && !isThickEnough(scope, body, algorithm, thickness_mm)) throw tooThick();
  const offset: NamedShape = {
    shape: plain.shape,
    faceNames: follow({
      oc,
      id,
      history: {
        Modified: () => new oc.NCollection_List_TopoDS_Shape(),
        Generated: (shape) => algorithm.Generated(shape),
        IsDeleted: () => true,
      },
      inputs: [body],
      result: plain.shape,
      generatedFrom: ['FACE'],
      nameGenerated: ({ sides }) => roleName(id, outward ? 'outer' : 'inner', sides),
    }),
  };
  const result = outward ? booleanOf(scope, 'cut', offset, [body]) : booleanOf(scope, 'cut', body, [offset]);
  if (!result || !isPlausible(scope, body, result.shape, outward)) throw tooThick();
  return result;
}

/** Material is only taken away, or only added: where walls met in the middle, the algorithm may turn things inside out. */
function isPlausible(
  { oc }: OperationScope,
  before: NamedShape,
  after: NamedShape['shape'],
  outward: boolean,
): boolean {
  const volume = volumeOf(oc, after);
  return volume > 0 && (outward || volume < volumeOf(oc, before.shape));
}

/**
 * A round wall that is thicker than its radius turns inside out: its inner face comes out on the other side of the axis,
 * nearer than the thickness to the face it was made of.
 */
function isThickEnough(
  { oc, own }: OperationScope,
  body: NamedShape,
  algorithm: Pick<InstanceType<OperationScope['oc']['BRepOffsetAPI_MakeThickSolid']>, 'Generated'>,
  thickness_mm: number,
): boolean {
  return mapShapes(oc, own, body.shape, 'FACE').shapes.every((face) =>
    shapesOf(own, algorithm.Generated(face))
      .filter((made) => made.ShapeType() === 'TopAbs_FACE')
      .every((made) => {
        const distance = own(new oc.BRepExtrema_DistShapeShape());
        distance.LoadS1(face);
        distance.LoadS2(made);
        distance.Perform(own(new oc.Message_ProgressRange()));
        return !distance.IsDone() || distance.Value() >= thickness_mm * (1 - 1e-4);
      }),
  );
}

const tooThick = () =>
  refused(
    'shell.not-possible',
    'The body cannot be hollowed out with this wall thickness.',
    'Make the wall thinner than the smallest radius and half the narrowest place, or put fillets after the shell.',
  );
