/** A heat sink under what is to be cooled. */
import { type Archetype, between, counted, expectKinds, type Fit, fitting, mm, ofKind, unfit } from './archetype.ts';
import { clearanceHole, rectangleOf, wallsOf, washerRadius } from './bolt-patterns.ts';
import { areParallel, axisSquareTo, expectInside, frameOf, negated, placing, roomAlong, sizeAlong } from './frames.ts';

const PAD_MM = 1;

export const heatSink: Archetype = {
  key: 'heat-sink',
  title: 'Heat sink',
  about: 'A base with a pad for what is cooled, and a row of fins on its other side.',
  roles: 'the face that is cooled, with its size; bolts square to it, in a rectangle about its middle',
  fit: fitting((interfaces, envelope): Fit => {
    expectKinds(interfaces, { face: [1, 1], bolts: [0, 1] });
    const [face] = ofKind(interfaces, 'face');
    const [bolts] = ofKind(interfaces, 'bolts');
    const frame = frameOf(face!.at_mm, face!.normal, axisSquareTo(face!.normal));
    const pad = [sizeAlong(face!, frame.x), sizeAlong(face!, frame.y)] as const;
    let spacing: readonly [number, number] = [0, 0];
    let washer = 0;
    if (bolts) {
      if (!areParallel(bolts.axis, face!.normal)) throw unfit('the bolts are not square to the face');
      const pattern = rectangleOf(bolts, frame);
      if (pattern.centre_mm.some((each) => Math.abs(each) > 1e-6))
        throw unfit('the bolts are not about the middle of the face');
      spacing = pattern.spacing_mm;
      washer = Math.max(3.5, washerRadius(bolts));
      if (clearanceHole(bolts) > 7) throw unfit('its bolts go up to M6');
      const clear = clearanceHole(bolts) / 2 + 1;
      if (spacing[0] / 2 < pad[0] / 2 + clear && spacing[1] / 2 < pad[1] / 2 + clear)
        throw unfit('the bolts go through the cooled face');
    }
    const least = [0, 1].map((axis) => Math.max(pad[axis]!, spacing[axis]! > 0 ? spacing[axis]! + 2 * washer : 0)) as [
      number,
      number,
    ];
    const sides = [frame.x, frame.y].map((axis) =>
      Math.min(
        400,
        2 * Math.min(roomAlong(envelope, face!.at_mm, axis), roomAlong(envelope, face!.at_mm, negated(axis))),
      ),
    ) as [number, number];
    expectInside(envelope, frame, [-least[0] / 2, -least[1] / 2, -10], [least[0] / 2, least[1] / 2, 0]);
    const depth = Math.min(100, roomAlong(envelope, face!.at_mm, negated(frame.z)));
    const thickest = Math.min(15, 0.3 * depth);
    return {
      set: {
        ...placing(frame),
        pad_x: mm(pad[0]),
        pad_y: mm(pad[1]),
        pad_height: mm(PAD_MM),
        // As large as the envelope lets it be: area is what cools.
        length: mm(Math.max(20, envelope ? sides[0] : 1.5 * least[0])),
        width: mm(Math.max(60, envelope ? sides[1] : 1.5 * least[1])),
        ...(bolts
          ? {
              bolt_hole: mm(clearanceHole(bolts)),
              bolt_spacing_x: mm(spacing[0]),
              bolt_spacing_y: mm(spacing[1]),
              washer: mm(washer),
            }
          : { bolt_hole: '0 mm' }),
      },
      vary: {
        base_thickness: between(1.5, thickest, 'the base'),
        fin_height: between(5, Math.min(80, depth - thickest - PAD_MM), 'the fins'),
        fin_thickness: between(0.8, 4, 'the fins'),
        fins: counted(3, 14),
      },
      faces: {
        [face!.name]: ['face pad/end'],
        ...(bolts ? { [bolts.name]: wallsOf('bolt holes', bolts.at_mm.length) } : {}),
      },
    };
  }),
};
