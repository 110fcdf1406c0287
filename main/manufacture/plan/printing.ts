/** How a part is printed: which way up, how much material and support, how long. */
import type { ManufacturingPlan, ManufacturingSetUp } from '../../../preload/contract/index.ts';
import type { Shape } from '../geometry/shape.ts';
import { figure } from '../rules/findings.ts';
import type { Build } from '../rules/printing/build.ts';
import type { Task } from '../rules/process.ts';
import { assemble, massOf, partVolume } from './assemble.ts';
import { sideInWords } from './milling.ts';
import { RateBook } from './rate-book.ts';

export interface PrintedBody {
  shape: Shape;
  build: Build;
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export function planFilament(task: Task, bodies: readonly PrintedBody[]): ManufacturingPlan {
  const rates = new RateBook(task.material);
  const shell = rates.figure('fused-filament.shell');
  const infill = rates.figure('fused-filament.infill');
  const volumes = bodies.map(({ shape: { info } }) => {
    const skin = Math.min(info.mass.volume_mm3, info.mass.area_mm2 * shell);
    return skin + infill * (info.mass.volume_mm3 - skin);
  });
  const support = sum(bodies.map(({ build }) => build.support_mm3)) * rates.figure('fused-filament.support');
  const held_dm2 = sum(bodies.map(({ build }) => build.supported_mm2)) / 1e4;
  const printed = sum(volumes) + support;
  const mass_kg = massOf(printed, task);
  const printing = (printed / 1000 / rates.figure('fused-filament.rate')) * 60;
  const cleaning = rates.figure('fused-filament.handling') + held_dm2 * rates.figure('fused-filament.support-minutes');
  const preparation = rates.figure('fused-filament.preparation');
  const operator = rates.figure('fused-filament.operator-hour');
  return assemble(task, {
    rates,
    stock: {
      form: 'filament',
      words: `${figure(mass_kg * 1000)} g of filament for each piece`,
      size_mm: [],
      volume_mm3: printed,
      mass_kg,
      used: sum(volumes) / printed,
      special: false,
    },
    setUps: bodies.map((body, i) =>
      stepOf(body, [
        ...(i === 0
          ? [
              { words: 'Printing', minutes: printing },
              { words: 'Cleaning', minutes: cleaning },
            ]
          : []),
      ]),
    ),
    programmingMinutes: preparation,
    spendings: [
      { what: 'Filament', perPiece: mass_kg * rates.figure('material.price.filament') },
      { what: 'Printer', perPiece: (printing / 60) * rates.figure('fused-filament.hour') },
      { what: 'Cleaning', perPiece: (cleaning / 60) * operator },
      { what: 'Preparation', once: (preparation / 60) * operator },
    ],
    notes: [`The part is printed with ${figure(100 * infill)} % filling; a study takes it as solid.`],
  });
}

export function planPowderBed(task: Task, bodies: readonly PrintedBody[]): ManufacturingPlan {
  const rates = new RateBook(task.material);
  const support = sum(bodies.map(({ build }) => build.support_mm3)) * rates.figure('laser-powder-bed.support');
  const held_dm2 = sum(bodies.map(({ build }) => build.supported_mm2)) / 1e4;
  const volume = partVolume(task);
  const printed = volume + support;
  const mass_kg = massOf(printed, task);
  const melting = (printed / 1000 / rates.figure('laser-powder-bed.rate')) * 60;
  const height = Math.max(...bodies.map(({ build }) => build.height_mm));
  const recoating = (height / rates.figure('laser-powder-bed.layer')) * (rates.figure('laser-powder-bed.recoat') / 60);
  const onPlate = Math.min(task.quantity, piecesOnPlate(bodies, rates.figure('laser-powder-bed.plate')));
  const builds = Math.ceil(task.quantity / onPlate);
  const perPiece = melting + (recoating * builds) / task.quantity;
  const cleaning = held_dm2 * rates.figure('laser-powder-bed.support-minutes') + 5;
  const preparation = rates.figure('laser-powder-bed.preparation');
  const jobs = rates.figure('laser-powder-bed.job') * builds;
  const operator = rates.figure('laser-powder-bed.operator-hour');
  return assemble(task, {
    rates,
    stock: {
      form: 'powder',
      words: `${figure(mass_kg * 1000)} g of powder for each piece, ${onPlate} on a plate, ${builds} ${builds === 1 ? 'build' : 'builds'}`,
      size_mm: [],
      volume_mm3: printed,
      mass_kg,
      used: volume / printed,
      special: false,
    },
    setUps: bodies.map((body, i) => ({
      ...stepOf(
        body,
        i === 0
          ? [
              { words: 'Melting and recoating', minutes: perPiece },
              { words: 'Cutting off supports', minutes: cleaning },
            ]
          : [],
      ),
      setUpMinutes: i === 0 ? jobs : 0,
    })),
    programmingMinutes: preparation,
    spendings: [
      { what: 'Powder', perPiece: mass_kg * rates.figure('material.price.powder') },
      { what: 'Machine', perPiece: (perPiece / 60) * rates.figure('laser-powder-bed.hour') },
      { what: 'Supports', perPiece: (cleaning / 60) * operator },
      { what: 'Preparation and clearing', once: ((preparation + jobs) / 60) * operator },
      { what: 'Stress relief', once: builds * rates.figure('laser-powder-bed.heat-treatment') },
    ],
    notes: ['Hot isostatic pressing, machining of fits and inspection are not in it.'],
  });
}

/** Side by side with 5 mm between, by the box seen from above. */
function piecesOnPlate(bodies: readonly PrintedBody[], plate_mm: number): number {
  const area = sum(
    bodies.map(({ shape: { info }, build }) => {
      const sides = [0, 1, 2].map((k) => info.box.max[k]! - info.box.min[k]!);
      const plan = (sides[0]! * sides[1]! * sides[2]!) / Math.max(build.height_mm, 1e-9);
      return (Math.sqrt(plan) + 5) ** 2;
    }),
  );
  return Math.max(1, Math.floor((plate_mm * plate_mm) / area));
}

function stepOf({ shape, build }: PrintedBody, operations: ManufacturingSetUp['operations']): ManufacturingSetUp {
  return {
    words: `Printed with ${sideInWords(build.up)} upwards`,
    direction: build.up,
    faces: [{ body: shape.body, faces: shape.info.faces.map((_, face) => face) }],
    operations,
    setUpMinutes: 0,
    minutesPerPiece: operations.reduce((total, { minutes }) => total + minutes, 0),
  };
}
