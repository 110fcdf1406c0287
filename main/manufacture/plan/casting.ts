/** How a part is cast: pattern, moulds, cores, fettling, and what is drilled afterwards. */
import type { ManufacturingPlan, ManufacturingSetUp } from '../../../preload/contract/index.ts';
import type { Shape } from '../geometry/shape.ts';
import type { Pull } from '../rules/casting/pull.ts';
import { figure } from '../rules/findings.ts';
import type { Task } from '../rules/process.ts';
import { assemble, massOf, partVolume } from './assemble.ts';
import { sideInWords } from './milling.ts';
import { RateBook } from './rate-book.ts';

export interface CastBody {
  shape: Shape;
  pull: Pull;
  cores: number;
  drilled: number;
}

/** Sand around the part. */
const AROUND_mm = 60;

export function planCasting(task: Task, bodies: readonly CastBody[]): ManufacturingPlan {
  const rates = new RateBook(task.material);
  const share = rates.figure('casting.yield');
  const volume = partVolume(task) / share;
  const mass_kg = massOf(volume, task);
  const setUps = bodies.flatMap((body) => stepsOf(body, rates));
  const minutes = setUps.reduce((sum, each) => sum + each.minutesPerPiece, 0);
  const pattern = bodies.reduce((sum, { shape, pull }) => {
    const sides = sidesOf(shape);
    const along = sides.reduce((best, side, k) => best + side * Math.abs(pull.direction[k]!), 0);
    // The plan of the mould, dm2, of a box of that height.
    const plan = (sides[0]! * sides[1]! * sides[2]!) / Math.max(along, 1e-9) / 1e4;
    return sum + rates.figure('casting.pattern-base') + plan * rates.figure('casting.pattern-area');
  }, 0);
  const cores = bodies.reduce((sum, each) => sum + each.cores, 0);
  return assemble(task, {
    rates,
    stock: {
      form: 'melt',
      words: `${figure(mass_kg)} kg poured for each piece, of which ${figure(100 * share)} % stay in it`,
      size_mm: [],
      volume_mm3: volume,
      mass_kg,
      used: share,
      special: false,
    },
    setUps,
    programmingMinutes: 0,
    spendings: [
      { what: 'Metal', perPiece: mass_kg * rates.figure('material.price.melt') },
      { what: 'Moulding and fettling', perPiece: (minutes / 60) * rates.figure('casting.hour') },
      { what: 'Pattern', once: pattern },
      ...(cores > 0 ? [{ what: 'Core boxes', once: cores * rates.figure('casting.core-box') }] : []),
    ],
    notes: ['Machining of finished faces and heat treatment are not in it; holes too small to be cored are drilled.'],
  });
}

const sidesOf = ({ info: { box } }: Shape): number[] => [0, 1, 2].map((k) => box.max[k]! - box.min[k]!);

function stepsOf({ shape, pull, cores, drilled }: CastBody, rates: RateBook): ManufacturingSetUp[] {
  const mould_dm3 = sidesOf(shape).reduce((product, side) => product * (side + 2 * AROUND_mm), 1) / 1e6;
  const operations = [
    { words: 'Moulding, pouring, shaking out', minutes: (mould_dm3 / 10) * rates.figure('casting.mould-minutes') },
    ...(cores > 0 ? [{ words: `${cores} cores`, minutes: cores * rates.figure('casting.core-minutes') }] : []),
    { words: 'Fettling', minutes: rates.figure('casting.fettling') },
    ...(drilled > 0 ? [{ words: `${drilled} drilled holes`, minutes: drilled * rates.figure('casting.drill') }] : []),
  ];
  return [
    {
      words: `Mould that parts along ${sideInWords(pull.direction)}`,
      direction: pull.direction,
      faces: [{ body: shape.body, faces: shape.info.faces.map((_, face) => face) }],
      operations,
      setUpMinutes: 0,
      minutesPerPiece: operations.reduce((sum, { minutes }) => sum + minutes, 0),
    },
  ];
}
