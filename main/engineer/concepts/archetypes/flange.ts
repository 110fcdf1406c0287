/** A flange: bolts on a circle about a bore. */
import { type Archetype, between, expectKinds, type Fit, fitting, mm, ofKind, unfit } from './archetype.ts';
import { circleOf, clearanceHole, wallsOf, washerRadius } from './bolt-patterns.ts';
import {
  areParallel,
  axisSquareTo,
  dot,
  expectInside,
  frameOf,
  minus,
  negated,
  placing,
  plus,
  roomAlong,
} from './frames.ts';

export const flange: Archetype = {
  key: 'flange',
  title: 'Flange',
  about: 'A disc with bolts on a circle, and a hub around its bore with a rounded root.',
  roles: 'a bore, and three or more bolts evenly on a circle about it; the face that it lies on, if it matters',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { bolts: [1, 1], bore: [1, 1], face: [0, 1] });
    const [bolts] = ofKind(interfaces, 'bolts');
    const [bore] = ofKind(interfaces, 'bore');
    const [face] = ofKind(interfaces, 'face');
    if (!areParallel(bolts!.axis, bore!.axis)) throw unfit('the bore and the bolts have different directions');
    const along = dot(minus(bore!.at_mm, bolts!.at_mm[0]!), bore!.axis);
    const origin = plus(bore!.at_mm, bore!.axis, -along);
    // The hub stands on the side that the bore's middle is on.
    const up = along < -1e-6 ? negated(bore!.axis) : bore!.axis;
    const frame = frameOf(origin, up, axisSquareTo(up));
    const { diameter_mm, count, start_deg } = circleOf(bolts!, frame);
    const washer = Math.max(5, washerRadius(bolts!));
    const r = bore!.diameter_mm / 2;
    const room = diameter_mm / 2 - washer - r - 1;
    if (room < 3) throw unfit('the circle of the bolts is too tight about the bore for their washers');
    if (clearanceHole(bolts!) > 12) throw unfit('its bolts go up to M10');
    if (
      face &&
      (!areParallel(face.normal, up) || dot(face.normal, up) > 0 || Math.abs(dot(minus(face.at_mm, origin), up)) > 1e-6)
    )
      throw unfit(`the face "${face.name}" is not the one in the plane of the bolts, away from the hub`);
    const length = bore!.length_mm;
    const outer = diameter_mm / 2 + washer + 1;
    const upwards = roomAlong(envelope, origin, up);
    const tall = length ?? Math.min(upwards, Math.max(15, 0.6 * bore!.diameter_mm));
    expectInside(envelope, frame, [-outer, -outer, 0], [outer, outer, tall]);
    const rims = roomAlong(envelope, origin, frame.x) - outer + 1;
    const root = Math.min(5, room / 2);
    return {
      set: {
        ...placing(frame),
        bore: mm(bore!.diameter_mm),
        bolt_circle: mm(diameter_mm),
        bolts: count,
        bolt_start: `${start_deg} deg`,
        bolt_hole: mm(clearanceHole(bolts!)),
        washer: mm(washer),
        hub_height: mm(tall),
        rim: mm(Math.max(1, Math.min(2, rims))),
      },
      vary: {
        disc_thickness: between(3, Math.min(40, tall - root - 1), 'the disc'),
        hub_wall: between(2, Math.min(30, room), 'the hub'),
        root_radius: between(1, root, 'the root of the hub'),
      },
      faces: {
        [bolts!.name]: wallsOf('bolt holes', count),
        [bore!.name]: ['face body/side(bore)'],
        ...(face ? { [face.name]: ['face body/side(mating)'] } : {}),
      },
    };
  }),
};
