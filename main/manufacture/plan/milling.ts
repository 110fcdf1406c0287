/** How a part is milled: a sawn block, a clamping for each side, chips, faces and holes in each. */
import type { ManufacturingPlan, ManufacturingSetUp, Vector3 } from '../../../preload/contract/index.ts';
import type { Shape } from '../geometry/shape.ts';
import { dot } from '../geometry/vectors.ts';
import type { Bore } from '../rules/common/bores.ts';
import { figure } from '../rules/findings.ts';
import type { Task } from '../rules/process.ts';
import { assemble, massOf, partVolume } from './assemble.ts';
import { RateBook } from './rate-book.ts';
import { nextSize, STOCK } from './stock.ts';

export interface MilledBody {
  shape: Shape;
  directions: Vector3[];
  /** By direction, by face. */
  shares: Float64Array[];
  bores: Bore[];
}

export function planMilling(task: Task, bodies: readonly MilledBody[]): ManufacturingPlan {
  const rates = new RateBook(task.material);
  const blocks = bodies.map(({ shape }) => blockFor(shape, rates));
  const stockVolume = blocks.reduce((sum, { size_mm: [x, y, z] }) => sum + x! * y! * z!, 0);
  const setUps = bodies.flatMap((body, i) => setUpsOf(body, blocks[i]!, rates, bodies.length > 1));
  const faces = bodies.reduce((sum, { shape }) => sum + shape.info.faces.length, 0);
  const programming = rates.figure('milling.programming') + faces * rates.figure('milling.programming-face');
  const minutes = setUps.reduce((sum, each) => sum + each.minutesPerPiece, 0);
  const once = setUps.reduce((sum, each) => sum + each.setUpMinutes, 0);
  const hour = rates.figure('milling.hour');
  const mass_kg = massOf(stockVolume, task);
  const largest = blocks.reduce((a, b) => (a.size_mm[0]! * a.size_mm[1]! >= b.size_mm[0]! * b.size_mm[1]! ? a : b));
  return assemble(task, {
    rates,
    stock: {
      form: 'plate',
      words: `${blocks.length > 1 ? `${blocks.length} blocks, the largest ` : 'Block '}${largest.size_mm.map(figure).join(' x ')} mm, sawn from plate`,
      size_mm: largest.size_mm,
      volume_mm3: stockVolume,
      mass_kg,
      used: partVolume(task) / stockVolume,
      special: blocks.some(({ special }) => special),
    },
    setUps,
    programmingMinutes: programming,
    spendings: [
      { what: 'Material', perPiece: mass_kg * rates.figure('material.price.plate') },
      { what: 'Machining', perPiece: (minutes / 60) * hour },
      { what: 'Programming', once: (programming / 60) * hour },
      { what: 'Set-ups', once: (once / 60) * hour },
    ],
    notes: ['Tolerances, surface finish, threads and deburring by hand are not in it.'],
  });
}

/** A plate of the next thickness along the shortest side of the box. */
function blockFor({ info: { box } }: Shape, rates: RateBook): { size_mm: number[]; special: boolean } {
  const allowance = rates.figure('milling.allowance');
  const sides = [0, 1, 2].map((k) => box.max[k]! - box.min[k]! + 2 * allowance).sort((a, b) => b - a);
  const thickness = nextSize(STOCK.plate.thickness_mm, sides[2]!);
  const [longest, broadest] = STOCK.plate.largest_mm;
  return {
    size_mm: [sides[0]!, sides[1]!, thickness ?? sides[2]!],
    special: thickness === null || sides[0]! > longest || sides[1]! > broadest,
  };
}

function setUpsOf(
  { shape, directions, shares, bores }: MilledBody,
  block: { size_mm: number[] },
  rates: RateBook,
  several: boolean,
): ManufacturingSetUp[] {
  const { info } = shape;
  const made = new Map<number, number[]>(directions.map((_, i) => [i, []]));
  const inBores = new Set(bores.flatMap((bore) => bore.faces));
  info.faces.forEach((_, face) => {
    // Where most of it is reached; of equals the earlier one.
    let best = -1;
    shares.forEach((share, i) => {
      if (share[face]! > 0.05 && (best < 0 || share[face]! > shares[best]![face]! + 0.05)) best = i;
    });
    if (best >= 0) made.get(best)!.push(face);
  });
  const chips = Math.max(0, block.size_mm[0]! * block.size_mm[1]! * block.size_mm[2]! - info.mass.volume_mm3);
  const area = (faces: readonly number[]): number => faces.reduce((sum, face) => sum + info.faces[face]!.area_mm2, 0);
  const whole = area([...made.values()].flat());
  return directions.map((direction, i): ManufacturingSetUp => {
    const faces = made.get(i)!;
    const milled = faces.filter((face) => !inBores.has(face));
    const free = milled.filter((face) => isFreeform(shape, face, direction));
    const plain = milled.filter((face) => !free.includes(face));
    const drilled = bores.filter((bore) => bore.faces.some((face) => faces.includes(face)));
    const tools =
      new Set(drilled.map(({ diameter_mm }) => diameter_mm.toFixed(2))).size + 2 + (free.length > 0 ? 1 : 0);
    const finishing = rates.figure('milling.finishing') * 100;
    const operations = [
      {
        words: 'Roughing',
        minutes:
          (chips * (whole > 0 ? area(faces) / whole : 1 / directions.length)) /
          (rates.figure('milling.removal') * 1000),
      },
      { words: `Finishing ${plain.length} faces`, minutes: area(plain) / finishing },
      ...(free.length > 0
        ? [
            {
              words: `Finishing ${free.length} free-form faces`,
              minutes: (area(free) * rates.figure('milling.freeform')) / finishing,
            },
          ]
        : []),
      ...(drilled.length > 0
        ? [
            {
              words: `Drilling ${drilled.length} holes`,
              minutes: drilled.reduce(
                (sum, { length_mm }) => sum + (length_mm + 5) / rates.figure('milling.drilling'),
                0,
              ),
            },
          ]
        : []),
      { words: `${tools} tools`, minutes: tools * rates.figure('milling.tool-change') },
      { words: 'Handling', minutes: rates.figure('milling.handling') },
    ];
    return {
      words: `Clamping ${i + 1}, from ${sideInWords(direction)}${several ? `, body ${shape.body + 1}` : ''}`,
      direction,
      faces: [{ body: shape.body, faces }],
      operations,
      setUpMinutes: rates.figure('milling.set-up'),
      minutesPerPiece: operations.reduce((sum, { minutes }) => sum + minutes, 0),
    };
  });
}

/** Neither flat nor a wall along the tool. */
function isFreeform({ surfaces }: Shape, face: number, tool: Vector3): boolean {
  const { type, axis, normal } = surfaces[face]!;
  if (type === 'plane')
    return normal !== undefined && Math.abs(dot(normal, tool)) > 0.02 && Math.abs(dot(normal, tool)) < 0.98;
  if (type === 'cylinder' || type === 'cone') return axis === undefined || Math.abs(dot(axis.direction, tool)) < 0.98;
  return type !== 'torus' || axis === undefined || Math.abs(dot(axis.direction, tool)) < 0.98;
}

const NAMES = ['X', 'Y', 'Z'];
export function sideInWords(direction: Vector3): string {
  const axis = [0, 1, 2].find((k) => Math.abs(direction[k]!) > 0.9999);
  if (axis !== undefined) return `${direction[axis]! > 0 ? '+' : '-'}${NAMES[axis]}`;
  return `(${direction.map((value) => figure(Math.abs(value) < 1e-9 ? 0 : value)).join(', ')})`;
}
