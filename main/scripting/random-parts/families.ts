/** Families of random parts whose volume can be worked out by hand. */
import type { SketchEntity } from '../../../preload/contract/index.ts';
import {
  at,
  circle,
  cylinder,
  type Dice,
  degrees,
  edges,
  FRONT,
  faces,
  frustum,
  mm,
  outline,
  type Place,
  rectangle,
  type Steps,
  turned,
  Z,
} from './pieces.ts';

/** What a family makes: the steps are added, the volume is the answer (mm^3). */
export type Family = (steps: Steps, dice: Dice) => number;

/** Diameters of clearance holes, medium fit, by ISO 273. */
const CLEARANCE: Record<string, number> = { M4: 4.5, M5: 5.5, M6: 6.6, M8: 9, M10: 11, M12: 13.5 };

const box = (steps: Steps, [w, d, h]: readonly [number, number, number]): number => {
  steps.extrude(steps.profile(rectangle(w, d)), h);
  return w * d * h;
};
const boxSize = (dice: Dice): [number, number, number] => [
  dice.between(60, 160),
  dice.between(50, 120),
  dice.between(12, 40),
];

const drilledPlate: Family = (steps, dice) => {
  const [w, d, h] = boxSize(dice);
  const volume = box(steps, [w, d, h]);
  const places: Place[] = [-0.3, 0.3].flatMap((x) => [-0.25, 0.25].map((y): Place => [x * w, y * d]));
  const radius = dice.between(2, 5);
  switch (dice.whole(0, 3)) {
    case 0: {
      const size = dice.oneOf(Object.keys(CLEARANCE));
      steps.hole(places, h, { standard: 'iso', type: 'clearance', size, fit: 'normal' });
      return volume - 4 * cylinder(CLEARANCE[size]! / 2, h);
    }
    case 1: {
      const [wide, deep] = [dice.between(6, 8), dice.between(2, 6)];
      const counterbore = { diameter: mm(2 * wide), depth: mm(deep) };
      steps.hole(places, h, { type: 'counterbore', diameter: mm(2 * radius), counterbore });
      return volume - 4 * (cylinder(wide, deep) + cylinder(radius, h - deep));
    }
    case 2: {
      const wide = dice.between(6, 8);
      const angle = dice.oneOf([82, 90, 120]);
      const countersink = { diameter: mm(2 * wide), angle: degrees(angle) };
      steps.hole(places, h, { type: 'countersink', diameter: mm(2 * radius), countersink });
      const deep = (wide - radius) / Math.tan((angle * Math.PI) / 360);
      return volume - 4 * (frustum(wide, radius, deep) + cylinder(radius, h - deep));
    }
    default: {
      const depth = dice.between(3, h - 6);
      const tip = dice.oneOf([90, 118, 140]);
      const extent = { to: 'depth' as const, depth: mm(depth), tip: degrees(tip) };
      steps.hole(places, h, { diameter: mm(2 * radius), extent });
      return volume - 4 * (cylinder(radius, depth) + frustum(radius, 0, radius / Math.tan((tip * Math.PI) / 360)));
    }
  }
};

const perforatedSheet: Family = (steps, dice) => {
  const [nx, ny] = [dice.whole(2, 6), dice.whole(2, 4)];
  const [pitch, radius, h] = [dice.between(14, 22), dice.between(2, 5), dice.between(2, 10)];
  const [w, d] = [(nx + 1) * pitch, (ny + 1) * pitch];
  const volume = box(steps, [w, d, h]);
  const hole = steps.hole([[-w / 2 + pitch, -d / 2 + pitch]], h, { diameter: mm(2 * radius) });
  steps.add({
    kind: 'linear-pattern',
    features: [hole],
    direction: { by: 'principal', axis: 'x' },
    spacing: mm(pitch),
    count: { number: String(nx) },
    second: { direction: { by: 'principal', axis: 'y' }, spacing: mm(pitch), count: { number: String(ny) } },
  });
  return volume - nx * ny * cylinder(radius, h);
};

/** Radius and height of a shaft with a bore, counter-clockwise from the bore's lower end. */
const shaftSection = (dice: Dice): Place[] => {
  const bore = dice.oneOf([0, dice.between(3, 8)]);
  const steps = dice.whole(2, 5);
  const corners: Place[] = [[bore, 0]];
  let height = 0;
  for (let step = 0; step < steps; step++) {
    // Never the same radius twice, or two steps would be one.
    const radius = 12 + 5 * ((step * 3 + 1) % 5) + dice.between(0, 4);
    const tall = dice.between(6, 30);
    const tapered = dice.oneOf([0, 0, dice.between(0.5, 2)]);
    corners.push([radius, height], [radius - tapered, height + tall]);
    height += tall;
  }
  corners.push([bore, height]);
  return corners;
};

const steppedShaft: Family = (steps, dice) => {
  const corners = shaftSection(dice);
  const angle = dice.oneOf([360, 360, dice.between(30, 300)]);
  const profile = steps.profile(outline(corners), FRONT);
  steps.add({ kind: 'revolve', profile, operation: 'new', axis: Z, angle: degrees(angle) });
  return turned(corners, angle);
};

const flange: Family = (steps, dice) => {
  const [outer, thick, hub, tall] = [
    dice.between(60, 90),
    dice.between(8, 20),
    dice.between(20, 26),
    dice.between(10, 40),
  ];
  const [bore, bolt, count] = [dice.between(8, 16), dice.between(3, 6), dice.whole(3, 12)];
  steps.extrude(steps.profile(circle([0, 0], outer)), thick);
  steps.extrude(steps.profile(circle([0, 0], hub), at(thick)), tall, 'add');
  steps.extrude(steps.profile(circle([0, 0], bore)), thick + tall, 'cut');
  const hole = steps.hole([[(outer + hub) / 2, 0]], thick, { diameter: mm(2 * bolt) });
  steps.add({ kind: 'circular-pattern', features: [hole], axis: Z, count: { number: String(count) } });
  return cylinder(outer, thick) + cylinder(hub, tall) - cylinder(bore, thick + tall) - count * cylinder(bolt, thick);
};

const openTray: Family = (steps, dice) => {
  const [w, d, h] = boxSize(dice);
  const t = dice.between(1, 4);
  box(steps, [w, d, h]);
  steps.add({ kind: 'shell', open: faces('>Z'), thickness: mm(t) });
  return w * d * h - (w - 2 * t) * (d - 2 * t) * (h - t);
};

const dressedBlock: Family = (steps, dice) => {
  const [w, d, h] = boxSize(dice);
  const volume = box(steps, [w, d, h]);
  const r = dice.between(1, 5);
  switch (dice.whole(0, 2)) {
    case 0:
      steps.add({ kind: 'fillet', edges: edges('|Z'), radius: mm(r) });
      return volume - (4 - Math.PI) * r * r * h;
    case 1:
      steps.add({ kind: 'chamfer', edges: edges('|Z'), distance: mm(r) });
      return volume - 2 * r * r * h;
    default: {
      steps.add({ kind: 'fillet', edges: [{ by: 'selector', selector: 'edges' }], radius: mm(r) });
      const [a, b, c] = [w - 2 * r, d - 2 * r, h - 2 * r];
      return a * b * c + 2 * r * (a * b + b * c + c * a) + Math.PI * r * r * (a + b + c) + (4 / 3) * Math.PI * r ** 3;
    }
  }
};

/** A rectangle with rounded corners, counter-clockwise. */
function roundedRectangle([x, y]: Place, w: number, d: number, r: number): SketchEntity[] {
  const [a, b] = [w / 2 - r, d / 2 - r];
  const middles: Place[] = [
    [x + a, y - b],
    [x + a, y + b],
    [x - a, y + b],
    [x - a, y - b],
  ];
  const turn = (index: number): Place => [
    Math.round(Math.cos((index * Math.PI) / 2)),
    Math.round(Math.sin((index * Math.PI) / 2)),
  ];
  return middles.flatMap(([mx, my], index): SketchEntity[] => {
    const [[fx, fy], [tx, ty]] = [turn(index - 1), turn(index)];
    return [
      { kind: 'point', id: `middle${index}`, x_mm: mx, y_mm: my },
      { kind: 'point', id: `from${index}`, x_mm: mx + r * fx, y_mm: my + r * fy },
      { kind: 'point', id: `to${index}`, x_mm: mx + r * tx, y_mm: my + r * ty },
      { kind: 'arc', id: `arc${index}`, centre: `middle${index}`, start: `from${index}`, end: `to${index}` },
      { kind: 'line', id: `line${index}`, start: `to${index}`, end: `from${(index + 1) % 4}` },
    ];
  });
}

const pocketedBlock: Family = (steps, dice) => {
  const [w, d, h] = boxSize(dice);
  const volume = box(steps, [w, d, h]);
  const [pw, pd, r, deep] = [w * 0.35, d * 0.6, dice.between(2, 8), dice.between(3, h - 3)];
  for (const side of [-1, 1]) {
    const profile = steps.profile(roundedRectangle([side * w * 0.22, 0], pw, pd, r), at(h));
    steps.extrude(profile, deep, 'cut', { direction: 'reverse' });
  }
  return volume - 2 * deep * (pw * pd - (4 - Math.PI) * r * r);
};

const draftedBoss: Family = (steps, dice) => {
  const [w, d, h] = [dice.between(40, 80), dice.between(40, 80), dice.between(10, 40)];
  const angle = dice.between(1, 12);
  steps.extrude(steps.profile(rectangle(w, d)), h, 'new', { draft: degrees(angle) });
  // Leans inwards on all sides: the section at height z is (w - 2kz)(d - 2kz).
  const k = Math.tan((angle * Math.PI) / 180);
  return w * d * h - k * (w + d) * h * h + (4 / 3) * k * k * h ** 3;
};

const mirroredFork: Family = (steps, dice) => {
  const [w, d, h, gap] = [dice.between(20, 60), dice.between(30, 60), dice.between(10, 40), dice.between(2, 10)];
  const corners: Place[] = [
    [0, 0],
    [w, 0],
    [w, d],
    [gap, d],
    [gap, d / 2],
    [0, d / 2],
  ];
  steps.extrude(steps.profile(outline(corners)), h);
  steps.add({ kind: 'mirror', plane: { by: 'principal', plane: 'yz' }, join: true });
  return 2 * h * (w * d - (gap * d) / 2);
};

const boredBlock: Family = (steps, dice) => {
  const [w, d, h] = boxSize(dice);
  const volume = box(steps, [w, d, h]);
  const target = steps.list.at(-1)!.id;
  const radius = dice.between(4, Math.min(w, d) / 2 - 4);
  const tool = steps.extrude(steps.profile(circle([0, 0], radius), at(-5)), h + 10, 'new');
  const operation = dice.oneOf(['subtract', 'union', 'intersect'] as const);
  steps.add({ kind: 'boolean', operation, target, tools: [tool] });
  if (operation === 'subtract') return volume - cylinder(radius, h);
  return operation === 'union' ? volume + cylinder(radius, 10) : cylinder(radius, h);
};

const bentBar: Family = (steps, dice) => {
  const [long, bend, angle, r] = [
    dice.between(20, 60),
    dice.between(30, 60),
    dice.between(20, 90),
    dice.between(3, 10),
  ];
  const turn = (angle * Math.PI) / 180;
  // Up along Z, then around towards X.
  const path = steps.sketch(
    [
      { kind: 'point', id: 'foot', x_mm: 0, y_mm: 0 },
      { kind: 'point', id: 'knee', x_mm: 0, y_mm: long },
      { kind: 'point', id: 'middle', x_mm: bend, y_mm: long },
      {
        kind: 'point',
        id: 'tip',
        x_mm: bend - bend * Math.cos(turn),
        y_mm: long + bend * Math.sin(turn),
      },
      { kind: 'line', id: 'straight', start: 'foot', end: 'knee' },
      { kind: 'arc', id: 'bend', centre: 'middle', start: 'tip', end: 'knee' },
    ],
    FRONT,
  );
  const profile = steps.profile(circle([0, 0], r));
  steps.add({ kind: 'sweep', profile, path: { by: 'sketch', sketch: path }, operation: 'new' });
  // Pappus: the middle of the circle runs along the path.
  return Math.PI * r * r * (long + bend * turn);
};

const hopper: Family = (steps, dice) => {
  const [w1, d1, w2, d2, h] = [
    dice.between(60, 90),
    dice.between(60, 90),
    dice.between(20, 40),
    dice.between(20, 40),
    dice.between(20, 60),
  ];
  const sections = [steps.profile(rectangle(w1, d1)), steps.profile(rectangle(w2, d2), at(h))];
  steps.add({ kind: 'loft', sections, operation: 'new', ruled: true });
  // Prismatoid: areas at the ends and four times the one half way up.
  return (h / 6) * (w1 * d1 + w2 * d2 + (w1 + w2) * (d1 + d2));
};

const halvedShaft: Family = (steps, dice) => {
  const corners = shaftSection(dice);
  const profile = steps.profile(outline(corners), FRONT);
  steps.add({ kind: 'revolve', profile, operation: 'new', axis: Z, angle: degrees(360) });
  steps.add({ kind: 'split', plane: { by: 'principal', plane: 'yz' }, keep: dice.oneOf(['front', 'back'] as const) });
  return turned(corners, 180);
};

const steppedBlock: Family = (steps, dice) => {
  const [w, d, h] = boxSize(dice);
  const volume = box(steps, [w, d, h]);
  const [dx, dz] = [dice.between(-5, 10), dice.between(1, 10)];
  steps.add({ kind: 'offset-face', faces: faces('>Z'), distance: mm(dz) });
  if (Math.abs(dx) < 0.1) return (volume / h) * (h + dz);
  steps.add({ kind: 'offset-face', faces: faces('>X'), distance: mm(dx) });
  return (w + dx) * d * (h + dz);
};

export const FAMILIES: Readonly<Record<string, Family>> = {
  'drilled plate': drilledPlate,
  'perforated sheet': perforatedSheet,
  'stepped shaft': steppedShaft,
  flange,
  'open tray': openTray,
  'dressed block': dressedBlock,
  'pocketed block': pocketedBlock,
  'drafted boss': draftedBoss,
  'mirrored fork': mirroredFork,
  'bored block': boredBlock,
  'bent bar': bentBar,
  hopper,
  'halved shaft': halvedShaft,
  'block with moved faces': steppedBlock,
};
