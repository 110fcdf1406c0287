/** A shaft between two journals, perhaps with one between them. */
import { type Archetype, between, expectKinds, type Fit, fitting, mm, ofKind, unfit } from './archetype.ts';
import {
  areParallel,
  axisSquareTo,
  cross,
  dot,
  expectInside,
  frameOf,
  lengthOf,
  minus,
  NEAR_MM,
  placing,
  roomAlong,
} from './frames.ts';

export const shaft: Archetype = {
  key: 'shaft',
  title: 'Shaft',
  about: 'A turned shaft, solid or hollow, with rounded shoulders between its journals.',
  roles: 'two or three journals on one axis, each with a length',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { journal: [2, 3] });
    const journals = ofKind(interfaces, 'journal');
    const { axis } = journals[0]!;
    const along = (at: (typeof journals)[number]): number => dot(minus(at.at_mm, journals[0]!.at_mm), axis);
    const [first, ...rest] = [...journals].sort((a, b) => along(a) - along(b));
    const last = rest.at(-1)!;
    const third = rest.length === 2 ? rest[0]! : null;
    for (const each of rest)
      if (!areParallel(each.axis, axis) || lengthOf(cross(minus(each.at_mm, first!.at_mm), axis)) > NEAR_MM)
        throw unfit(`the journal "${each.name}" is not on the axis of "${first!.name}"`);
    const span = along(last) - along(first!);
    const free = span - first!.length_mm / 2 - last.length_mm / 2 - (third?.length_mm ?? 0);
    if (free < 10) throw unfit('the journals leave nothing of the shaft between them');
    const at = third ? (along(third) - along(first!)) / span : 0.5;
    const frame = frameOf(first!.at_mm, axis, axisSquareTo(axis));
    const diameters = journals.map(({ diameter_mm }) => diameter_mm);
    const [thin, thick] = [Math.min(...diameters), Math.max(...diameters)];
    const [low, high] = [-first!.length_mm / 2, span + last.length_mm / 2];
    expectInside(envelope, frame, [-thick / 2, -thick / 2, low], [thick / 2, thick / 2, high]);
    const widest = Math.min(100, 2.2 * thick, 2 * roomAlong(envelope, first!.at_mm, frame.x));
    return {
      set: {
        ...placing(frame),
        journal_1: mm(first!.diameter_mm),
        journal_1_length: mm(first!.length_mm),
        journal_2: mm(last.diameter_mm),
        journal_2_length: mm(last.length_mm),
        ...(third
          ? { journal_3: mm(third.diameter_mm), journal_3_length: mm(third.length_mm), journal_3_at: at }
          : { journal_3: '0 mm' }),
        span: mm(span),
        shoulder_radius: mm(Math.max(0.5, Math.min(2, 0.06 * thin))),
      },
      vary: {
        body_1: between(thick + 2, widest, 'a body thicker than the journals'),
        ...(third ? { body_2: between(thick + 2, widest, 'a body thicker than the journals') } : {}),
        hole: between(1, 0.8 * thin, 'a hole along the axis'),
      },
      faces: {
        [first!.name]: ['face body/side(journal1)'],
        [last.name]: ['face body/side(journal2)'],
        ...(third ? { [third.name]: ['face body/side(journal3)'] } : {}),
      },
    };
  }),
};
