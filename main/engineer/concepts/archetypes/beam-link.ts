/** A link between two pins. */
import { type Archetype, between, expectKinds, type Fit, fitting, mm, ofKind, unfit } from './archetype.ts';
import { areParallel, dot, expectInside, frameOf, lengthOf, minus, placing } from './frames.ts';

export const beamLink: Archetype = {
  key: 'beam-link',
  title: 'Beam link',
  about: 'A beam of I-section between two bores, with a boss about each.',
  roles: 'two bores of one direction, side by side',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { bore: [2, 2] });
    const [first, second] = ofKind(interfaces, 'bore');
    if (!areParallel(first!.axis, second!.axis)) throw unfit('the two bores have different directions');
    const across = minus(second!.at_mm, first!.at_mm);
    if (Math.abs(dot(across, first!.axis)) > 1e-6) throw unfit('the two bores are not beside one another');
    const length = lengthOf(across);
    const widest = Math.max(first!.diameter_mm, second!.diameter_mm);
    if (length < 100 || length > 600) throw unfit('the bores are nearer than 100 mm or farther than 600 mm');
    if (widest > 40) throw unfit('a bore is wider than 40 mm');
    if (length < 1.6 * widest + 50) throw unfit('the bores are too near for a beam between them');
    const frame = frameOf(first!.at_mm, first!.axis, across);
    const boss = [first!, second!].map(({ length_mm, diameter_mm }) => length_mm ?? 1.25 * diameter_mm) as [
      number,
      number,
    ];
    const half = widest / 2 + 3;
    const longest = Math.max(...boss);
    expectInside(envelope, frame, [-half, -half, -longest / 2], [length + half, half, longest / 2]);
    const narrow = Math.min(first!.diameter_mm, second!.diameter_mm);
    const high = Math.min(60, narrow + 24);
    const thin = Math.min(...boss);
    return {
      set: {
        ...placing(frame),
        length: mm(length),
        bore_1: mm(first!.diameter_mm),
        bore_2: mm(second!.diameter_mm),
        boss_1: mm(boss[0]),
        boss_2: mm(boss[1]),
      },
      vary: {
        height: between(8, high, 'the beam'),
        thickness: between(Math.min(4, thin / 2), thin, 'the beam between the ends of the bores'),
        flange: between(1.5, 12, 'the flanges'),
        web: between(1.5, Math.min(20, thin), 'the web'),
        wall: between(2.5, 15, 'the bosses'),
      },
      faces: {
        [first!.name]: ['face first bore/wall(point1)'],
        [second!.name]: ['face second bore/wall(point1)'],
      },
    };
  }),
};
