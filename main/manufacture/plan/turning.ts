/** How a part is turned: a length of bar, one end, then the other. */
import type { ManufacturingPlan, ManufacturingSetUp } from '../../../preload/contract/index.ts';
import type { Shape } from '../geometry/shape.ts';
import { scale } from '../geometry/vectors.ts';
import { figure } from '../rules/findings.ts';
import type { Task } from '../rules/process.ts';
import { placeAlong, type Turned } from '../rules/turning/axis.ts';
import { assemble, massOf, partVolume } from './assemble.ts';
import { sideInWords } from './milling.ts';
import { RateBook } from './rate-book.ts';
import { nextSize, STOCK } from './stock.ts';

export interface TurnedBody {
  shape: Shape;
  turned: Turned;
  /** What is not round, by what hangs together. */
  asides: number[][];
}

const PARTING_mm = 3;

export function planTurning(task: Task, bodies: readonly TurnedBody[]): ManufacturingPlan {
  const rates = new RateBook(task.material);
  const allowance = rates.figure('turning.allowance');
  const bars = bodies.map(({ turned }) => {
    const wanted = 2 * turned.radius_mm + 2 * allowance;
    const diameter = nextSize(STOCK.bar.diameter_mm, wanted);
    return {
      diameter: diameter ?? wanted,
      length: turned.to_mm - turned.from_mm + 2 * allowance + PARTING_mm,
      special: diameter === null,
    };
  });
  const volumes = bars.map(({ diameter, length }) => (Math.PI / 4) * diameter ** 2 * length);
  const stockVolume = volumes.reduce((a, b) => a + b, 0);
  const setUps = bodies.flatMap((body, i) => ends(body, volumes[i]!, rates));
  const faces = bodies.reduce((sum, { shape }) => sum + shape.info.faces.length, 0);
  const programming = rates.figure('turning.programming') + faces * rates.figure('turning.programming-face');
  const hour = rates.figure('turning.hour');
  const mass_kg = massOf(stockVolume, task);
  const minutes = setUps.reduce((sum, each) => sum + each.minutesPerPiece, 0);
  const once = setUps.reduce((sum, each) => sum + each.setUpMinutes, 0);
  const [first] = bars;
  return assemble(task, {
    rates,
    stock: {
      form: 'bar',
      words: `${bars.length > 1 ? `${bars.length} lengths of round bar, the first` : 'Round bar'} ${figure(first!.diameter)} mm across, ${figure(first!.length)} mm long`,
      size_mm: [first!.length, first!.diameter],
      volume_mm3: stockVolume,
      mass_kg,
      used: partVolume(task) / stockVolume,
      special: bars.some(({ special }) => special),
    },
    setUps,
    programmingMinutes: programming,
    spendings: [
      { what: 'Material', perPiece: mass_kg * rates.figure('material.price.bar') },
      { what: 'Machining', perPiece: (minutes / 60) * hour },
      { what: 'Programming', once: (programming / 60) * hour },
      { what: 'Set-ups', once: (once / 60) * hour },
    ],
    notes: ['Tolerances, threads, grinding and heat treatment are not in it.'],
  });
}

function ends({ shape, turned, asides }: TurnedBody, bar: number, rates: RateBook): ManufacturingSetUp[] {
  const { info } = shape;
  const middle = (turned.from_mm + turned.to_mm) / 2;
  const chips = Math.max(0, bar - info.mass.volume_mm3);
  return ([1, -1] as const).map((side, i): ManufacturingSetUp => {
    const here = info.faces.flatMap(({ centroid_mm }, face) =>
      side * (placeAlong(turned, centroid_mm) - middle) > 0 ||
      (side === 1 && placeAlong(turned, centroid_mm) === middle)
        ? [face]
        : [],
    );
    const round = here.filter((face) => turned.round[face]);
    const aside = asides.filter((group) => here.includes(group[0]!));
    const area = round.reduce((sum, face) => sum + info.faces[face]!.area_mm2, 0);
    const operations = [
      { words: 'Roughing', minutes: chips / 2 / (rates.figure('turning.removal') * 1000) },
      { words: `Finishing ${round.length} faces`, minutes: area / (rates.figure('turning.finishing') * 100) },
      ...(aside.length > 0
        ? [
            {
              words: `${aside.length} features with driven tools`,
              minutes: aside.length * rates.figure('turning.driven-tools'),
            },
          ]
        : []),
      { words: 'Handling', minutes: rates.figure('turning.handling') },
    ];
    return {
      words:
        i === 0
          ? `First end, from ${sideInWords(turned.direction)}`
          : `Second end, from ${sideInWords(scale(turned.direction, -1))}`,
      direction: scale(turned.direction, side),
      faces: [{ body: shape.body, faces: here }],
      operations,
      setUpMinutes: rates.figure('turning.set-up'),
      minutesPerPiece: operations.reduce((sum, { minutes }) => sum + minutes, 0),
    };
  });
}
