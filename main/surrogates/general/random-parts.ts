/** Engineering-like parts by chance, to learn from and to be judged by: the same for the same seed. Lengths in mm. */
import type { Feature, Plane, SketchEntity } from '../../../preload/contract/index.ts';
import { seededRandom } from '../../document/index.ts';
import { pieces, type WritableStep } from '../../scripting/index.ts';

const { at, circle, degrees, edges, faces, FRONT, mm, outline, rectangle, Z } = pieces;
type Steps = InstanceType<typeof pieces.Steps>;
type Dice = InstanceType<typeof pieces.Dice>;
type Place = readonly [number, number];

export interface GeneralPart {
  /** The family and the seed. */
  name: string;
  family: string;
  features: WritableStep[];
}

type Family = (steps: Steps, dice: Dice) => void;

const fillet = (selector: string, radius: number): Feature => ({
  kind: 'fillet',
  edges: edges(selector),
  radius: mm(radius),
});
/** Along the negative Y from there, X to the right, Z up. */
const seenAt = (y: number): Plane => ({ by: 'frame', origin_mm: [0, y, 0], normal: [0, -1, 0], x: [1, 0, 0] });
const SIDE = seenAt(0);

const plateWithHoles: Family = (steps, dice) => {
  const [w, d, t] = [dice.between(60, 180), dice.between(40, 90), dice.between(3, 14)];
  steps.extrude(steps.profile(rectangle(w, d)), t);
  if (dice.whole(0, 1)) steps.add(fillet('|Z', dice.between(3, 12)));
  const r = dice.between(2.5, 6);
  const inset = Math.max(9, 2 * r);
  const [x, y] = [w / 2 - inset, d / 2 - inset];
  const corners: Place[] = [-x, x].flatMap((a) => [-y, y].map((b): Place => [a, b]));
  if (dice.whole(0, 2)) steps.hole(corners, t, { diameter: mm(2 * r) });
  const large = dice.between(6, Math.min(w, d) / 3);
  if (dice.whole(0, 3)) steps.hole([[dice.between(-0.15, 0.15) * w, 0]], t, { diameter: mm(2 * large) });
};

const notchedBar: Family = (steps, dice) => {
  const [w, d, t] = [dice.between(80, 200), dice.between(24, 50), dice.between(4, 20)];
  steps.extrude(steps.profile(rectangle(w, d)), t);
  const r = dice.between(2, 0.3 * d);
  const x = dice.between(-0.2, 0.2) * w;
  const both = dice.whole(0, 1) === 1;
  steps.extrude(steps.profile(circle([x, d / 2], r)), t, 'cut');
  if (both) steps.extrude(steps.profile(circle([x, -d / 2], r)), t, 'cut');
};

/** An L, T, U or I drawn from the side, with rounded inner corners, pulled to a length. */
const section: Family = (steps, dice) => {
  const [w, h, t, length] = [dice.between(30, 70), dice.between(30, 70), dice.between(3, 9), dice.between(50, 180)];
  const kind = dice.oneOf(['L', 'U', 'T', 'I'] as const);
  const corners: Record<typeof kind, Place[]> = {
    L: [
      [0, 0],
      [w, 0],
      [w, t],
      [t, t],
      [t, h],
      [0, h],
    ],
    U: [
      [0, 0],
      [w, 0],
      [w, h],
      [w - t, h],
      [w - t, t],
      [t, t],
      [t, h],
      [0, h],
    ],
    T: [
      [0, 0],
      [w, 0],
      [w, t],
      [(w + t) / 2, t],
      [(w + t) / 2, h],
      [(w - t) / 2, h],
      [(w - t) / 2, t],
      [0, t],
    ],
    I: [
      [0, 0],
      [w, 0],
      [w, t],
      [(w + t) / 2, t],
      [(w + t) / 2, h - t],
      [w, h - t],
      [w, h],
      [0, h],
      [0, h - t],
      [(w - t) / 2, h - t],
      [(w - t) / 2, t],
      [0, t],
    ],
  };
  const profile = steps.profile(rounded(corners[kind], dice.between(2, 0.8 * t + 2)), SIDE);
  steps.extrude(profile, length);
  if (kind !== 'I' && dice.whole(0, 1)) {
    // Screw holes through the foot.
    const sketch = steps.sketch(
      pieces.points([0.2, 0.8].map((along): Place => [kind === 'U' ? w / 2 : w - (w - t) / 4 + 0.5, along * length])),
      { by: 'frame', origin_mm: [0, 0, 0], normal: [0, 0, -1], x: [1, 0, 0] },
    );
    const diameter = mm(Math.min(0.3 * (w - t), dice.between(4, 9)));
    steps.add({ kind: 'hole', sketch, standard: 'custom', type: 'simple', diameter, extent: { to: 'through-all' } });
  }
};

/** A counter-clockwise outline whose inner corners are rounded. */
function rounded(corners: readonly Place[], radius: number): SketchEntity[] {
  const points: SketchEntity[] = [];
  const curves: SketchEntity[] = [];
  const ends = corners.map((corner, index) => {
    const id = `point${index + 1}`;
    const { from, to, middle } = innerCorner(
      corners[(index + corners.length - 1) % corners.length]!,
      corner,
      corners[(index + 1) % corners.length]!,
      radius,
    );
    if (!middle) {
      points.push({ kind: 'point', id, x_mm: corner[0], y_mm: corner[1] });
      return { first: id, last: id };
    }
    const [first, last, centre] = [`${id}-from`, `${id}-to`, `${id}-middle`];
    for (const [name, [x, y]] of [
      [first, from],
      [last, to],
      [centre, middle],
    ] as const)
      points.push({ kind: 'point', id: name, x_mm: x, y_mm: y });
    // Seen along the outline it turns clockwise: an arc goes the other way.
    curves.push({ kind: 'arc', id: `arc${index + 1}`, centre, start: last, end: first });
    return { first, last };
  });
  ends.forEach(({ last }, index) => {
    const { first } = ends[(index + 1) % ends.length]!;
    curves.push({ kind: 'line', id: `line${index + 1}`, start: last, end: first });
  });
  return [...points, ...curves];
}

/** Where the rounding of a corner begins and ends, and its middle; null for a corner that is left sharp. */
function innerCorner(
  [px, py]: Place,
  [x, y]: Place,
  [nx, ny]: Place,
  radius: number,
): { from: Place; to: Place; middle: Place | null } {
  const [ax, ay, bx, by] = [px - x, py - y, nx - x, ny - y];
  const [la, lb] = [Math.hypot(ax, ay), Math.hypot(bx, by)];
  const r = Math.min(radius, 0.45 * la, 0.45 * lb);
  const from: Place = [x + (r * ax) / la, y + (r * ay) / la];
  const to: Place = [x + (r * bx) / lb, y + (r * by) / lb];
  // All corners here are right angles.
  const inner = ax * by - ay * bx > 0;
  return { from, to, middle: inner ? [from[0] + to[0] - x, from[1] + to[1] - y] : null };
}

const bracket: Family = (steps, dice) => {
  const [w, d, h, t] = [dice.between(40, 110), dice.between(40, 80), dice.between(40, 90), dice.between(4, 10)];
  const corners: Place[] = [
    [0, 0],
    [d, 0],
    [d, t],
    [t, t],
    [t, h],
    [0, h],
  ];
  steps.extrude(steps.profile(rounded(corners, dice.between(2, 8)), SIDE), w);
  const gussets = dice.whole(0, 2);
  for (let k = 0; k < gussets; k++) {
    const [reach, thick] = [dice.between(0.4, 0.8), dice.between(3, 7)];
    const y = gussets === 1 ? -w / 2 - thick / 2 : k === 0 ? 0 : -(w - thick);
    const [a, b] = [t + reach * (d - t), t + reach * (h - t)];
    const rib = steps.profile(
      outline([
        [t / 2, t / 2],
        [a, t / 2],
        [a, t],
        [t, b],
        [t / 2, b],
      ]),
      seenAt(y),
    );
    steps.extrude(rib, thick, 'add');
  }
  if (dice.whole(0, 2)) {
    const sketch = steps.sketch(pieces.points([0.28, 0.72].map((along): Place => [t + 0.68 * (d - t), along * w])), {
      by: 'frame',
      origin_mm: [0, 0, 0],
      normal: [0, 0, -1],
      x: [1, 0, 0],
    });
    const diameter = mm(dice.between(5, 10));
    steps.add({ kind: 'hole', sketch, standard: 'custom', type: 'simple', diameter, extent: { to: 'through-all' } });
  }
};

/** Shoulders with fillets, sometimes bored. */
const shaft: Family = (steps, dice) => {
  const bore = dice.oneOf([0, 0, dice.between(3, 6)]);
  const count = dice.whole(2, 4);
  const corners: Place[] = [[bore, 0]];
  let z = 0;
  let r = dice.between(9, 16);
  const radii: number[] = [];
  for (let k = 0; k < count; k++) {
    const tall = dice.between(15, 50);
    corners.push([r, z], [r, z + tall]);
    radii.push(r);
    z += tall;
    r = Math.max(bore + 4, r + dice.oneOf([-1, 1]) * dice.between(3, 8));
  }
  corners.push([bore, z]);
  const profile = steps.profile(rounded(corners, dice.between(1, 2.8)), FRONT);
  steps.add({ kind: 'revolve', profile, operation: 'new', axis: Z, angle: degrees(360) });
};

const flange: Family = (steps, dice) => {
  const [outer, thick, hub, tall] = [
    dice.between(45, 80),
    dice.between(6, 16),
    dice.between(18, 28),
    dice.between(20, 60),
  ];
  const bore = dice.between(8, hub - 4);
  const corners: Place[] = [
    [bore, 0],
    [outer, 0],
    [outer, thick],
    [hub, thick],
    [hub, thick + tall],
    [bore, thick + tall],
  ];
  const profile = steps.profile(rounded(corners, dice.between(2, 7)), FRONT);
  steps.add({ kind: 'revolve', profile, operation: 'new', axis: Z, angle: degrees(360) });
  const hole = steps.hole([[(outer + hub) / 2 + 2, 0]], thick, { diameter: mm(2 * dice.between(3, 6)) });
  steps.add({ kind: 'circular-pattern', features: [hole], axis: Z, count: { number: String(dice.whole(3, 8)) } });
};

const housing: Family = (steps, dice) => {
  const [w, d, h, t] = [dice.between(60, 120), dice.between(50, 90), dice.between(25, 60), dice.between(2.5, 6)];
  steps.extrude(steps.profile(rectangle(w, d)), h);
  steps.add(fillet('|Z', dice.between(t + 2, t + 12)));
  steps.add({ kind: 'shell', open: faces('>Z'), thickness: mm(t) });
  if (dice.whole(0, 1)) steps.hole([[0, 0]], h, { diameter: mm(dice.between(12, 0.5 * d)) });
  if (dice.whole(0, 1)) {
    const sketch = steps.sketch(pieces.points([[0, 0.55 * h]]), {
      by: 'frame',
      origin_mm: [w / 2, 0, 0],
      normal: [1, 0, 0],
      x: [0, 1, 0],
    });
    const extent = { to: 'depth', depth: mm(2 * t) } as const;
    const diameter = mm(dice.between(8, 0.5 * h));
    steps.add({ kind: 'hole', sketch, standard: 'custom', type: 'simple', diameter, extent });
  }
};

const ribbedPlate: Family = (steps, dice) => {
  const [w, d, t] = [dice.between(80, 160), dice.between(50, 100), dice.between(3, 8)];
  const [tall, thick, count] = [dice.between(8, 25), dice.between(3, 7), dice.whole(1, 3)];
  steps.extrude(steps.profile(rectangle(w, d)), t);
  for (let k = 0; k < count; k++) {
    const y = ((k + 0.5) / count - 0.5) * 0.8 * d;
    const rib = steps.profile(
      outline([
        [-w / 2, y - thick / 2],
        [w / 2, y - thick / 2],
        [w / 2, y + thick / 2],
        [-w / 2, y + thick / 2],
      ]),
      at(t / 2),
    );
    steps.extrude(rib, tall + t / 2, 'add');
  }
};

const clevis: Family = (steps, dice) => {
  const [gap, ear, tall, d, base] = [
    dice.between(12, 30),
    dice.between(6, 14),
    dice.between(30, 60),
    dice.between(20, 40),
    dice.between(8, 20),
  ];
  const half = gap / 2 + ear;
  const corners: Place[] = [
    [-half, 0],
    [half, 0],
    [half, base + tall],
    [gap / 2, base + tall],
    [gap / 2, base],
    [-gap / 2, base],
    [-gap / 2, base + tall],
    [-half, base + tall],
  ];
  steps.extrude(steps.profile(rounded(corners, dice.between(2, 5)), SIDE), d);
  const sketch = steps.sketch(pieces.points([[-d / 2, base + 0.72 * tall]]), {
    by: 'frame',
    origin_mm: [half, 0, 0],
    normal: [1, 0, 0],
    x: [0, 1, 0],
  });
  const diameter = mm(dice.between(6, 0.5 * d));
  steps.add({ kind: 'hole', sketch, standard: 'custom', type: 'simple', diameter, extent: { to: 'through-all' } });
};

const lever: Family = (steps, dice) => {
  const [long, r1, r2, t] = [dice.between(60, 140), dice.between(12, 20), dice.between(8, 15), dice.between(6, 16)];
  const arm = dice.between(0.9, 1.5) * r2;
  steps.extrude(steps.profile(circle([0, 0], r1)), t * dice.oneOf([1, 1.6]));
  steps.extrude(steps.profile(circle([long, 0], r2)), t, 'add');
  const bar = steps.profile(
    outline([
      [0, -arm / 2],
      [long, -arm / 2],
      [long, arm / 2],
      [0, arm / 2],
    ]),
  );
  steps.extrude(bar, 0.8 * t, 'add');
  for (const [x, r] of [
    [0, r1],
    [long, r2],
  ] as const)
    steps.extrude(steps.profile(circle([x, 0], dice.between(0.35, 0.6) * r)), 2 * t, 'cut');
};

const pedestal: Family = (steps, dice) => {
  const [w, d, t, r, tall] = [
    dice.between(50, 100),
    dice.between(50, 100),
    dice.between(6, 16),
    dice.between(8, 18),
    dice.between(30, 90),
  ];
  steps.extrude(steps.profile(rectangle(w, d)), t);
  steps.extrude(steps.profile(circle([0, 0], r), at(t)), tall, 'add');
  steps.add(fillet(`near (${r}, 0, ${t})`, dice.between(2, 6)));
  if (dice.whole(0, 1)) {
    const [x, y] = [w / 2 - 10, d / 2 - 10];
    const corners: Place[] = [-x, x].flatMap((a) => [-y, y].map((b): Place => [a, b]));
    steps.hole(corners, t, { diameter: mm(dice.between(5, 9)) });
  }
};

const bentTube: Family = (steps, dice) => {
  const [long, bend, angle, r] = [
    dice.between(20, 70),
    dice.between(30, 60),
    dice.between(30, 90),
    dice.between(6, 14),
  ];
  const turn = (angle * Math.PI) / 180;
  const path = steps.sketch(
    [
      { kind: 'point', id: 'foot', x_mm: 0, y_mm: 0 },
      { kind: 'point', id: 'knee', x_mm: 0, y_mm: long },
      { kind: 'point', id: 'middle', x_mm: bend, y_mm: long },
      { kind: 'point', id: 'tip', x_mm: bend - bend * Math.cos(turn), y_mm: long + bend * Math.sin(turn) },
      { kind: 'line', id: 'straight', start: 'foot', end: 'knee' },
      { kind: 'arc', id: 'bend', centre: 'middle', start: 'tip', end: 'knee' },
    ],
    FRONT,
  );
  const ring = [...circle([0, 0], r), ...circle([0, 0], dice.between(0.55, 0.85) * r, 'circle2')];
  const profile = steps.profile(dice.whole(0, 2) ? ring : circle([0, 0], r));
  steps.add({ kind: 'sweep', profile, path: { by: 'sketch', sketch: path }, operation: 'new' });
};

const pocketedBlock: Family = (steps, dice) => {
  const [w, d, h] = [dice.between(60, 120), dice.between(40, 80), dice.between(15, 40)];
  steps.extrude(steps.profile(rectangle(w, d)), h);
  const deep = dice.between(0.4, 0.85) * h;
  const count = dice.whole(1, 2);
  for (let k = 0; k < count; k++) {
    const [pw, pd] = [(0.75 * w) / count, dice.between(0.5, 0.8) * d];
    const x = ((k + 0.5) / count - 0.5) * w;
    const profile = steps.profile(
      outline([
        [x - pw / 2, -pd / 2],
        [x + pw / 2, -pd / 2],
        [x + pw / 2, pd / 2],
        [x - pw / 2, pd / 2],
      ]),
      at(h),
    );
    steps.extrude(profile, deep, 'cut', { direction: 'reverse' });
  }
  steps.add(fillet('|Z', dice.between(2, 7)));
};

export const GENERAL_FAMILIES: Readonly<Record<string, Family>> = {
  'plate with holes': plateWithHoles,
  'notched bar': notchedBar,
  section,
  bracket,
  shaft,
  flange,
  housing,
  'ribbed plate': ribbedPlate,
  clevis,
  lever,
  pedestal,
  'bent tube': bentTube,
  'pocketed block': pocketedBlock,
};

/** Families take turns with the seeds. */
export function generalPart(seed: number): GeneralPart {
  const names = Object.keys(GENERAL_FAMILIES);
  const family = names[seed % names.length]!;
  const steps = new pieces.Steps();
  GENERAL_FAMILIES[family]!(steps, new pieces.Dice(seededRandom(seed * 7919 + 1)));
  return { name: `${family} ${seed}`, family, features: steps.list };
}
