/** A housing: a bore above what its foot is bolted to. */
import { type Archetype, between, expectKinds, type Fit, fitting, mm, ofKind, unfit } from './archetype.ts';
import { clearanceHole, rectangleOf, wallsOf, washerRadius } from './bolt-patterns.ts';
import { areSquare, cross, dot, expectInside, frameOf, minus, negated, placing, plus } from './frames.ts';

export const housing: Archetype = {
  key: 'housing',
  title: 'Bearing housing',
  about: 'A bolted foot, and a barrel around a bore, held by a pedestal between them.',
  roles: 'a bore, and two or four bolts square to it, spread to both of its sides',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { bolts: [1, 1], bore: [1, 1] });
    const [bolts] = ofKind(interfaces, 'bolts');
    const [bore] = ofKind(interfaces, 'bore');
    if (!areSquare(bolts!.axis, bore!.axis)) throw unfit('the bolts are not square to the bore');
    const height = dot(minus(bore!.at_mm, bolts!.at_mm[0]!), bolts!.axis);
    const up = height > 0 ? bolts!.axis : negated(bolts!.axis);
    const centre = Math.abs(height);
    const frame = frameOf(plus(bore!.at_mm, up, -centre), up, cross(bore!.axis, up));
    const { centre_mm, spacing_mm } = rectangleOf(bolts!, frame);
    if (Math.abs(centre_mm[0]) > 1e-6 || !(spacing_mm[0] > 0))
      throw unfit('the bolts are not spread evenly to both sides of the bore');
    const r = bore!.diameter_mm / 2;
    if (bore!.diameter_mm > 60) throw unfit('its bore is 60 mm at the most');
    if (centre < Math.max(50, r + 10)) throw unfit('the bore is too near to the foot: 50 mm is the least');
    const washer = Math.max(5, washerRadius(bolts!));
    const between_mm = spacing_mm[0] / 2 - washer - 2;
    if (spacing_mm[0] < 80 || between_mm < 10)
      throw unfit('the bolts are too near to one another for a pedestal between them');
    const length = bore!.length_mm ?? 0.6 * bore!.diameter_mm;
    if (length < 15) throw unfit('the bore is shorter than 15 mm');
    const reach = spacing_mm[0] / 2 + washer + 1;
    const [low, high] = [-1, 1].map((side) => {
      const bolted = centre_mm[1] + side * (spacing_mm[1] / 2 + washer + 1);
      return side < 0 ? Math.min(-length / 2, bolted) : Math.max(length / 2, bolted);
    }) as [number, number];
    expectInside(envelope, frame, [-reach, low, 0], [reach, high, centre + r + 3]);
    return {
      set: {
        ...placing(frame),
        centre_height: mm(centre),
        bore: mm(bore!.diameter_mm),
        bore_length: mm(length),
        bolt_spacing_x: mm(spacing_mm[0]),
        bolt_spacing_y: mm(spacing_mm[1]),
        bolt_shift_y: mm(centre_mm[1]),
        bolt_hole: mm(clearanceHole(bolts!)),
        washer: mm(washer),
      },
      vary: {
        wall: between(3, Math.min(14, centre - r - 6), 'the barrel'),
        foot_thickness: between(4, Math.min(18, centre - r - 4), 'the foot'),
        pedestal_base: between(20, 2 * between_mm, 'the pedestal between the bolts'),
        pedestal_depth: between(4, length - 1, 'the pedestal'),
      },
      faces: {
        [bolts!.name]: wallsOf('bolt holes', bolts!.at_mm.length),
        [bore!.name]: ['face bore cut/side(bore)'],
      },
    };
  }),
};
