/** A bracket on a wall: bolts in the wall, what is loaded square to it. */
import type { Vector3 } from '../../../../preload/contract/index.ts';
import {
  type Archetype,
  between,
  expectKinds,
  type Fit,
  fitting,
  type InterfaceOf,
  mm,
  ofKind,
  share,
  unfit,
} from './archetype.ts';
import { clearanceHole, rectangleOf, wallsOf, washerRadius } from './bolt-patterns.ts';
import {
  areSquare,
  cross,
  dot,
  expectInside,
  type Frame,
  frameOf,
  middleOf,
  minus,
  negated,
  placing,
  plus,
  roomAlong,
  sizeAlong,
  toLocal,
} from './frames.ts';

/** Height of a loaded face of a given size above the rest of the leg, mm: enough to be faced without touching the leg. */
const PAD_MM = 1;

/** The foot's frame: Z out of the wall, Y out of the loaded side, from the loaded plane at the wall. */
function frameAt(bolts: InterfaceOf<'bolts'>, at_mm: Vector3, normal: Vector3): Frame {
  if (!areSquare(bolts.axis, normal))
    throw unfit(`what is loaded must be square to the wall that "${bolts.name}" are in: its direction is along theirs`);
  const reach = dot(minus(at_mm, bolts.at_mm[0]!), bolts.axis);
  if (Math.abs(reach) < 1) throw unfit('what is loaded lies in the plane of the wall');
  const out = reach > 0 ? bolts.axis : negated(bolts.axis);
  return frameOf(plus(at_mm, out, -Math.abs(reach)), out, cross(normal, out));
}

export const bracket: Archetype = {
  key: 'bracket',
  title: 'Bracket',
  about: 'A foot bolted to a wall, a leg that stands out of it, and two ribs in the corner between them.',
  roles: 'a bolt pattern in the wall, and a face, or bolts, square to it and above all of its bolts',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { bolts: [1, 2], face: [0, 1] });
    const [wall, second] = ofKind(interfaces, 'bolts') as [InterfaceOf<'bolts'>, InterfaceOf<'bolts'>?];
    const [face] = ofKind(interfaces, 'face');
    if (!face && !second) throw unfit('it takes something that is loaded: a face, or bolts in the leg');
    if (face && second) throw unfit('it takes a face or a second bolt pattern, not both');
    const middle = second && middleOf(second.at_mm);
    // Bolts of the leg have no side: the loaded one is that away from the wall's bolts.
    const lower = middleOf(wall.at_mm);
    const up = face ? face.normal : dot(minus(middle!, lower), second!.axis) > 0 ? second!.axis : negated(second!.axis);
    const frame = frameAt(wall, face ? face.at_mm : middle!, up);
    const { centre_mm, spacing_mm } = rectangleOf(wall, frame);
    const washer = washerRadius(wall);
    const first = -centre_mm[1] - spacing_mm[1] / 2;
    // Pad, leg, corner and washer have to find room between the loaded plane and the first bolts.
    const room = first - washer - (face?.size_mm ? PAD_MM : 0);
    if (room < 5)
      throw unfit(`the bolts "${wall.name}" are less than ${(washer + 5).toFixed(0)} mm below the loaded plane`);
    const thickest = Math.min(15, room - 2);
    const radius = Math.min(8, Math.max(1.2, room - thickest));
    const below = Math.max(8, washer + 1);

    const loads = second ? rectangleOf(second, { ...frame, y: frame.z, z: frame.y, x: negated(frame.x) }) : null;
    const outwards = second ? second.at_mm.map((at) => toLocal(frame, at)[2]) : [];
    const loadWasher = second ? washerRadius(second) : 8;
    const at = face ? toLocal(frame, face.at_mm)[2] : 0;
    const reach = loads
      ? Math.max(...outwards) + loadWasher
      : face?.size_mm
        ? at + sizeAlong(face, frame.z) / 2
        : 2 * at;
    const loaded = face?.size_mm ? sizeAlong(face, frame.x) : 10;
    const width = Math.max(loaded, spacing_mm[0] + 2 * (washer + Math.abs(centre_mm[0])));
    if (second && Math.min(...outwards) < loadWasher + 12)
      throw unfit(`the bolts "${second.name}" are too near to the wall for their washers`);
    expectInside(envelope, frame, [-width / 2, -first - spacing_mm[1] - below, 0], [width / 2, 0, reach]);
    const downwards = roomAlong(envelope, frame.origin_mm, negated(frame.y)) - first - spacing_mm[1];
    const sidewards = (roomAlong(envelope, frame.origin_mm, frame.x) - spacing_mm[0] / 2 - washer) * 0.98;

    return {
      set: {
        ...placing(frame),
        reach: mm(reach),
        loaded_width: mm(loaded),
        bolt_hole: mm(clearanceHole(wall)),
        washer: mm(washer),
        bolt_spacing_x: mm(spacing_mm[0]),
        bolt_spacing_y: mm(spacing_mm[1]),
        bolt_first: mm(first),
        bolt_shift: mm(centre_mm[0]),
        inner_radius: mm(Math.min(4, radius)),
        ...(face?.size_mm
          ? { pad_height: mm(PAD_MM), pad_x: mm(loaded), pad_z: mm(sizeAlong(face, frame.z)), pad_at: mm(at) }
          : {}),
        ...(second && loads
          ? {
              load_hole: mm(clearanceHole(second)),
              load_washer: mm(loadWasher),
              load_spacing_x: mm(loads.spacing_mm[0]),
              load_spacing_z: mm(loads.spacing_mm[1]),
              load_first: mm(Math.min(...outwards)),
            }
          : {}),
      },
      vary: {
        foot_thickness: between(2, 15, 'the foot'),
        leg_thickness: between(2, thickest, 'the leg above the bolts'),
        rib_thickness: between(2, Math.min(10, sidewards), 'ribs beside the bolts'),
        rib_share: share(0.25, 0.95),
        ...(downwards > below * 1.1 ? { below: between(below, Math.min(60, downwards, below + 25), 'the foot') } : {}),
      },
      faces: {
        [wall.name]: wallsOf('bolt holes', wall.at_mm.length),
        ...(second ? { [second.name]: wallsOf('load holes', second.at_mm.length) } : {}),
        ...(face ? { [face.name]: [face.size_mm ? 'face pad/end' : 'face legs/side(loaded)'] } : {}),
      },
    };
  }),
};
