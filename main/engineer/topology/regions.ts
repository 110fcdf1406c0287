/** What of the plane is to be material, and what is not, by interfaces, keep-outs and envelope. */
import { shapeError } from './errors.ts';
import type { Frame } from './frame.ts';
import {
  circleDistance,
  distance,
  doubleArea,
  polygonDistance,
  rectangleDistance,
  type SignedDistance,
  union,
} from './geometry.ts';
import type { Point2, ShapeInterface, ShapeRequest } from './types.ts';

export interface Bore {
  of: string;
  centre: Point2;
  radius: number;
  land: number;
}
/** A face on the envelope's boundary: from one end to the other with the envelope on the left. */
export interface SideFace {
  of: string;
  edge: number;
  from: Point2;
  to: Point2;
  land: number;
}
export interface Pad {
  of: string;
  centre: Point2;
  radius: number;
  raised: number;
  side: 'top' | 'bottom';
}

export interface Regions {
  /** Where the body begins and ends along the milling direction: the envelope's ends less what pads are raised. */
  bottom: number;
  top: number;
  /** Corners of the envelope, counter-clockwise. */
  envelope: Point2[];
  bores: Bore[];
  faces: SideFace[];
  pads: Pad[];
  /** Material that there has to be, bores within it left out of account. */
  solid: SignedDistance;
  /** Where no material may be besides bores; negative nowhere if there is none. */
  keepOut: SignedDistance;
  /** The same as far as the outline keeps away from it: a milled outline cannot follow a sharp corner around it. */
  clearance: SignedDistance;
}

export const envelopeCorners = (frame: Frame, profile: readonly Point2[] | undefined): Point2[] => {
  const [[x0, y0], [x1, y1]] = [frame.low, frame.high];
  const corners: Point2[] = profile
    ? [...profile]
    : [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ];
  return doubleArea(corners) < 0 ? corners.reverse() : corners;
};

const CLOSE_MM = 1e-6;

/** The edge of the envelope that a point lies on; -1 for none. */
export function edgeAt(corners: readonly Point2[], [x, y]: Point2): number {
  return corners.findIndex((a, i) => {
    const b = corners[(i + 1) % corners.length]!;
    const length = distance(a, b);
    const across = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / length;
    const along = ((b[0] - a[0]) * (x - a[0]) + (b[1] - a[1]) * (y - a[1])) / length;
    return Math.abs(across) < CLOSE_MM && along > -CLOSE_MM && along < length + CLOSE_MM;
  });
}

/** Directions of an edge: along it, and into the envelope. */
export function edgeDirections(corners: readonly Point2[], edge: number): { along: Point2; inwards: Point2 } {
  const [a, b] = [corners[edge]!, corners[(edge + 1) % corners.length]!];
  const length = distance(a, b);
  const along: Point2 = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  return { along, inwards: [-along[1], along[0]] };
}

export const offSide = (name: string) =>
  shapeError(
    'place',
    `"${name}" does not lie on the envelope's side with all of its length.`,
    'Its centre is a point of the side; it may be as long as the side at most.',
  );

function sideFace(frame: Frame, corners: readonly Point2[], one: Extract<ShapeInterface, { kind: 'face' }>): SideFace {
  const centre = frame.plane(one.centre);
  const edge = edgeAt(corners, centre);
  if (edge < 0) throw offSide(one.name);
  const { along } = edgeDirections(corners, edge);
  const half = one.length_mm / 2;
  return {
    of: one.name,
    edge,
    from: [centre[0] - half * along[0], centre[1] - half * along[1]],
    to: [centre[0] + half * along[0], centre[1] + half * along[1]],
    land: one.land_mm,
  };
}

/** @throws ArtificerError `engineer.shape-place`, for a face on no side */
export function regionsOf(request: ShapeRequest, frame: Frame): Regions {
  const envelope = envelopeCorners(frame, request.envelope.profile);
  const bores: Bore[] = [];
  const faces: SideFace[] = [];
  const pads: Pad[] = [];
  for (const one of request.interfaces)
    switch (one.kind) {
      case 'bore':
      case 'bolt-pattern':
        for (const centre of one.centres)
          bores.push({ of: one.name, centre: frame.plane(centre), radius: one.diameter_mm / 2, land: one.land_mm });
        break;
      case 'face':
        faces.push(sideFace(frame, envelope, one));
        break;
      case 'pad':
        pads.push({
          of: one.name,
          centre: frame.plane(one.centre),
          radius: one.diameter_mm / 2,
          raised: one.raised_mm,
          side: one.side,
        });
    }
  const tool = request.toolRadius_mm;
  const keepOuts = (request.keepOuts ?? []).map((one) => {
    if (one.kind === 'circle') {
      const radius = one.diameter_mm / 2;
      const centre = frame.plane(one.centre);
      return { exact: circleDistance(centre, radius), kept: circleDistance(centre, Math.max(radius, tool)) };
    }
    const [low, high] = [frame.plane(one.minimum), frame.plane(one.maximum)];
    const middle: Point2 = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
    const exact = rectangleDistance(middle, [1, 0], (high[0] - low[0]) / 2, (high[1] - low[1]) / 2);
    return { exact, kept: (x: number, y: number) => exact(x, y) - tool };
  });
  const raised = (side: Pad['side']) =>
    pads.reduce((most, pad) => (pad.side === side ? Math.max(most, pad.raised) : most), 0);
  return {
    bottom: frame.bottom + raised('bottom'),
    top: frame.top - raised('top'),
    envelope,
    bores,
    faces,
    pads,
    solid: union([
      ...bores.map(({ centre, radius, land }) => circleDistance(centre, radius + land)),
      ...pads.map(({ centre, radius }) => circleDistance(centre, radius)),
      ...faces.map((face) => faceRegion(envelope, face)),
    ]),
    keepOut: union(keepOuts.map(({ exact }) => exact)),
    clearance: union(keepOuts.map(({ kept }) => kept)),
  };
}

/** The material behind a face; it reaches beyond the envelope, so that its outer side is the envelope's own. */
function faceRegion(envelope: readonly Point2[], { from, to, edge, land }: SideFace): SignedDistance {
  const middle: Point2 = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return rectangleDistance(middle, edgeDirections(envelope, edge).along, distance(from, to) / 2, land);
}

export const envelopeDistance = ({ envelope }: Regions): SignedDistance => polygonDistance(envelope);
