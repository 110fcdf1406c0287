/**
 * What can be done with a feature that was recognised on a body without a history: which of its sizes can be changed, and the
 * step of the history that changes them or takes it away. The window and the command line make the same steps.
 */
import type { Feature } from '../../../preload/contract/features.ts';
import type { BodyInfo, Reference, Vector3 } from '../../../preload/contract/geometry.ts';
import type { RecognisedFeature } from '../../../preload/contract/parts.ts';
import { makePick } from '../references.ts';
import { refuse } from '../refuse.ts';
import { dot } from '../vectors.ts';

export interface FoundFeature {
  body: number;
  feature: RecognisedFeature;
}

export interface ChangeableSize {
  label: 'Diameter' | 'Radius' | 'Depth' | 'Height' | 'Thickness';
  value_mm: number;
}

/** A step of the history, to be put into a record. */
export interface RecognisedStep {
  name: string;
  feature: Feature;
}

/** From the opening inwards for a hole. Empty where nothing but taking it away is possible. */
export function changeableSizes({ body, feature }: FoundFeature, bodies: readonly BodyInfo[]): ChangeableSize[] {
  const info = bodies[body];
  if (!info) return [];
  switch (feature.kind) {
    case 'hole':
      return boresOf(feature, info).map(({ radius_mm }) => ({ label: 'Diameter', value_mm: 2 * radius_mm }));
    case 'fillet':
      return [{ label: 'Radius', value_mm: feature.radius_mm }];
    case 'pocket':
      return floorOf(feature.faces, feature.depth_mm, info) === undefined
        ? []
        : [{ label: 'Depth', value_mm: feature.depth_mm }];
    case 'boss':
      return topOf(feature.faces, feature.height_mm, info) === undefined
        ? []
        : [{ label: 'Height', value_mm: feature.height_mm }];
    case 'wall':
      return [{ label: 'Thickness', value_mm: feature.thickness_mm }];
    case 'chamfer':
      return [];
  }
}

/**
 * The step that gives a recognised feature other sizes: one expression of a length for each of its changeable sizes.
 *
 * @throws ArtificerError `recognised.sizes`
 */
export function resizeStep(found: FoundFeature, bodies: readonly BodyInfo[], sizes: readonly string[]): RecognisedStep {
  const { body, feature } = found;
  const changeable = changeableSizes(found, bodies);
  if (changeable.length === 0 || sizes.length !== changeable.length)
    throw refuse(
      'recognised.sizes',
      changeable.length === 0
        ? `The size of “${feature.words}” cannot be changed.`
        : `“${feature.words}” has ${changeable.length} sizes that can be changed, but ${sizes.length} are given.`,
      { hint: changeable.length === 0 ? 'It can only be removed.' : 'Give them from the opening inwards.' },
    );
  const info = bodies[body]!;
  const pick = (face: number): Reference => makePick(bodies, body, 'face', face);
  const [size] = sizes as [string];
  const offset = (face: number, distance: string): Feature => ({
    kind: 'offset-face',
    faces: [pick(face)],
    distance: { length: distance },
  });
  const was = `${Number(changeable[0]!.value_mm.toPrecision(12))} mm`;
  switch (feature.kind) {
    case 'hole':
      return {
        name: `Hole of ${sizes.join(' and ')}`,
        feature: {
          kind: 'resize-hole',
          // The opening first: it says which end the sizes begin at.
          faces: boresOf(feature, info).flatMap(({ faces }) => faces.map(pick)),
          diameters: sizes.map((length) => ({ length })),
        },
      };
    case 'fillet':
      return {
        name: `Fillet of ${size}`,
        feature: { kind: 'resize-fillet', faces: feature.faces.map(pick), radius: { length: size } },
      };
    case 'pocket':
      // Outwards is up: a deeper floor goes against its normal.
      return {
        name: `Pocket of ${size}`,
        feature: offset(floorOf(feature.faces, feature.depth_mm, info)!, `${was} - (${size})`),
      };
    case 'boss':
      return {
        name: `Boss of ${size}`,
        feature: offset(topOf(feature.faces, feature.height_mm, info)!, `(${size}) - ${was}`),
      };
    default:
      return { name: `Wall of ${size}`, feature: offset(feature.faces.at(-1)!, `(${size}) - ${was}`) };
  }
}

/**
 * The step that takes recognised features away and closes the gaps from their neighbours.
 *
 * @throws ArtificerError `recognised.wall`
 */
export function removeStep(found: readonly FoundFeature[], bodies: readonly BodyInfo[]): RecognisedStep {
  const wall = found.find(({ feature }) => feature.kind === 'wall');
  if (wall || found.length === 0)
    throw refuse('recognised.wall', wall ? `“${wall.feature.words}” is the body itself.` : 'Nothing is chosen.', {
      hint: 'Choose holes, fillets, chamfers, pockets or bosses.',
    });
  const faces = new Map(
    found.flatMap(({ body, feature }) => feature.faces.map((face) => [`${body}/${face}`, { body, face }] as const)),
  );
  return {
    name: found.length === 1 ? `Remove ${found[0]!.feature.kind}` : `Remove ${found.length} features`,
    feature: {
      kind: 'delete-face',
      faces: [...faces.values()].map(({ body, face }) => makePick(bodies, body, 'face', face)),
    },
  };
}

interface Bore {
  faces: number[];
  radius_mm: number;
}

/** The cylinders of a hole, each of one face or several, from the opening inwards. */
function boresOf(hole: Extract<RecognisedFeature, { kind: 'hole' }>, info: BodyInfo): Bore[] {
  const bores: Bore[] = [];
  for (const face of hole.faces) {
    const { type, radius_mm } = info.faces[face]!.canonical ?? info.faces[face]!;
    if (type !== 'cylinder' || radius_mm === undefined) continue;
    const edges = new Set(info.faces[face]!.edges);
    const touched = bores.filter(
      (bore) =>
        Math.abs(bore.radius_mm - radius_mm) < 1e-6 * radius_mm &&
        bore.faces.some((other) => info.faces[other]!.edges.some((edge) => edges.has(edge))),
    );
    for (const bore of touched) bores.splice(bores.indexOf(bore), 1);
    bores.push({ faces: [...touched.flatMap((bore) => bore.faces), face], radius_mm });
  }
  // A plain hole is one cylinder, whatever its faces are called.
  if (bores.length === 0 && hole.type === 'simple')
    return [{ faces: hole.faces, radius_mm: hole.diameters_mm[0]! / 2 }];
  const { origin_mm, direction } = hole.axis;
  const depth = ({ faces }: Bore): number =>
    Math.min(...faces.map((face) => dot(from(origin_mm, info.faces[face]!.centroid_mm), direction)));
  return bores.sort((a, b) => depth(a) - depth(b));
}

const from = (a: Vector3, b: Vector3): Vector3 => [b[0] - a[0], b[1] - a[1], b[2] - a[2]];

/** The one flat face that all the others stand on. */
const floorOf = (faces: readonly number[], depth_mm: number, info: BodyInfo): number | undefined =>
  flatEnd(faces, info, (heights) => Math.min(...heights) > -1e-4 * depth_mm && near(Math.max(...heights), depth_mm));

/** The one flat face that all the others are below. */
const topOf = (faces: readonly number[], height_mm: number, info: BodyInfo): number | undefined =>
  flatEnd(faces, info, (heights) => Math.max(...heights) < 1e-4 * height_mm && near(-Math.min(...heights), height_mm));

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-4 * Math.max(a, b);

function flatEnd(faces: readonly number[], info: BodyInfo, fits: (heights: number[]) => boolean): number | undefined {
  const found = faces.filter((face) => {
    const { type, canonical, normal, centroid_mm } = info.faces[face]!;
    if ((canonical?.type ?? type) !== 'plane' || !normal) return false;
    const heights = faces.flatMap((other) =>
      info.faces[other]!.edges.flatMap((edge) =>
        info.edges[edge]!.vertices.map((vertex) => dot(from(centroid_mm, info.vertices_mm[vertex]!), normal)),
      ),
    );
    return heights.length > 0 && fits(heights);
  });
  return found.length === 1 ? found[0] : undefined;
}
