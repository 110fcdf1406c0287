/** A plate on feet, under a load that presses on it along its bolts. */
import { type Archetype, between, counted, expectKinds, type Fit, fitting, mm, ofKind, unfit } from './archetype.ts';
import { clearanceHole, rectangleOf, wallsOf, washerRadius } from './bolt-patterns.ts';
import { areParallel, axisSquareTo, expectInside, frameOf, placing, sizeAlong } from './frames.ts';

const PAD_MM = 2;
/** Between ribs and what the feet stand on, mm. */
const CLEAR_MM = 2;

export const stiffenedPlate: Archetype = {
  key: 'stiffened-plate',
  title: 'Rib-stiffened plate',
  about: 'A plate on four bolted feet with a machined pad on top, and ribs below it from foot to foot.',
  roles: 'four bolts in a rectangle, and a face with a size above their plane, square to them',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { bolts: [1, 1], face: [1, 1] });
    const [bolts] = ofKind(interfaces, 'bolts');
    const [face] = ofKind(interfaces, 'face');
    if (!areParallel(bolts!.axis, face!.normal)) throw unfit('the loaded face is not square to the bolts');
    const frame = frameOf(face!.at_mm, face!.normal, axisSquareTo(face!.normal));
    const { centre_mm, spacing_mm, height_mm } = rectangleOf(bolts!, frame);
    const rise = -height_mm;
    if (spacing_mm.some((spacing) => spacing < 80)) throw unfit('the bolts are no rectangle of 80 mm or more');
    if (rise < 20) throw unfit('there is no room for ribs: the face is less than 20 mm above the plane of the bolts');
    const washer = Math.max(8, washerRadius(bolts!));
    const pad = [sizeAlong(face!, frame.x), sizeAlong(face!, frame.y)] as const;
    const reach = spacing_mm.map((spacing) => spacing / 2 + washer + 1) as [number, number];
    if (pad.some((size, axis) => size / 2 + Math.abs(centre_mm[axis]!) > reach[axis]!))
      throw unfit(`the face "${face!.name}" is larger than the plate between the bolts`);
    expectInside(
      envelope,
      frame,
      [centre_mm[0] - reach[0], centre_mm[1] - reach[1], -rise],
      [centre_mm[0] + reach[0], centre_mm[1] + reach[1], 0],
    );
    const room = rise - PAD_MM - CLEAR_MM;
    return {
      set: {
        ...placing(frame),
        rise: mm(rise),
        bolt_spacing_x: mm(spacing_mm[0]),
        bolt_spacing_y: mm(spacing_mm[1]),
        bolt_shift_x: mm(centre_mm[0]),
        bolt_shift_y: mm(centre_mm[1]),
        bolt_hole: mm(clearanceHole(bolts!)),
        washer: mm(washer),
        pad_x: mm(pad[0]),
        pad_y: mm(pad[1]),
        pad_height: mm(PAD_MM),
      },
      vary: {
        plate_thickness: between(2, Math.min(20, room - 3), 'the plate'),
        rib_height: between(3, Math.min(80, room - 2), 'ribs'),
        rib_thickness_x: between(2, 10, 'ribs'),
        rib_thickness_y: between(2, 10, 'ribs'),
        ribs_x: counted(2, 5),
        ribs_y: counted(2, 5),
      },
      faces: { [bolts!.name]: wallsOf('bolt holes', 4), [face!.name]: ['face pad/end'] },
    };
  }),
};
