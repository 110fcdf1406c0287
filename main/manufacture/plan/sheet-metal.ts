/** How a sheet-metal part is made: nested on a sheet, cut by laser, bent. */
import type { ManufacturingPlan, ManufacturingSetUp } from '../../../preload/contract/index.ts';
import type { Shape } from '../geometry/shape.ts';
import { figure } from '../rules/findings.ts';
import type { Task } from '../rules/process.ts';
import { loopsOf } from '../rules/sheet-metal/openings.ts';
import { type Sheet, strokesOf } from '../rules/sheet-metal/sheet.ts';
import { assemble, massOf, partVolume } from './assemble.ts';
import { RateBook } from './rate-book.ts';
import { nearestSheet, STOCK } from './stock.ts';

export interface BentBody {
  shape: Shape;
  sheet: Sheet;
}

export function planSheetMetal(task: Task, bodies: readonly BentBody[]): ManufacturingPlan {
  const rates = new RateBook(task.material);
  const nesting = rates.figure('sheet-metal.nesting');
  const stockVolume = partVolume(task) / nesting;
  const mass_kg = massOf(stockVolume, task);
  const setUps = bodies.flatMap((body) => stepsOf(body, rates));
  const thickness = bodies[0]!.sheet.thickness_mm;
  const blank = bodies.reduce((sum, { shape, sheet }) => sum + shape.info.mass.volume_mm3 / sheet.thickness_mm, 0);
  const format = STOCK.sheet.format_mm.find(([long, broad]) => long * broad * nesting > blank);
  const sheets = format ? Math.ceil((blank * task.quantity) / (format[0] * format[1] * nesting)) : task.quantity;
  const programming = rates.figure('sheet-metal.programming');
  const laser = setUps.filter(({ words }) => words === CUTTING);
  const press = setUps.filter(({ words }) => words !== CUTTING);
  const minutes = (steps: readonly ManufacturingSetUp[]): number =>
    steps.reduce((sum, each) => sum + each.minutesPerPiece, 0);
  const once = (steps: readonly ManufacturingSetUp[]): number =>
    steps.reduce((sum, each) => sum + each.setUpMinutes, 0);
  const [laserHour, pressHour] = [rates.figure('sheet-metal.laser-hour'), rates.figure('sheet-metal.press-hour')];
  return assemble(task, {
    rates,
    stock: {
      form: 'sheet',
      words: `Sheet of ${figure(thickness)} mm${format ? `, ${format.join(' x ')} mm, ${sheets} for the lot` : ''}`,
      size_mm: [...(format ?? [Math.sqrt(blank), Math.sqrt(blank)]), thickness],
      volume_mm3: stockVolume,
      mass_kg,
      used: nesting,
      special: !format || Math.abs(nearestSheet(thickness) - thickness) > 0.01,
    },
    setUps,
    programmingMinutes: programming,
    spendings: [
      { what: 'Material', perPiece: mass_kg * rates.figure('material.price.sheet') },
      { what: 'Cutting', perPiece: (minutes(laser) / 60) * laserHour, once: (once(laser) / 60) * laserHour },
      { what: 'Bending', perPiece: (minutes(press) / 60) * pressHour, once: (once(press) / 60) * pressHour },
      { what: 'Programming', once: (programming / 60) * pressHour },
    ],
    notes: ['Deburring, inserts, welding and coating are not in it.'],
  });
}

const CUTTING = 'Laser cutting';

function stepsOf({ shape, sheet }: BentBody, rates: RateBook): ManufacturingSetUp[] {
  const { info } = shape;
  const { skin, thickness_mm, bends } = sheet;
  const cut = info.faces.flatMap((_, face) => (skin[face] ? [] : [face]));
  // Each cut edge has an area of its length times the thickness.
  const contour_m = cut.reduce((sum, face) => sum + info.faces[face]!.area_mm2, 0) / thickness_mm / 1000;
  const openings = skin.reduce((sum, each, face) => (each ? sum + loopsOf(shape, face).length - 1 : sum), 0) / 2;
  const cutting = (contour_m * Math.max(thickness_mm, 0.5)) / rates.figure('sheet-metal.cutting');
  const piercing = (openings + 1) * rates.figure('sheet-metal.pierce');
  const steps: ManufacturingSetUp[] = [
    {
      words: CUTTING,
      direction: null,
      faces: [{ body: shape.body, faces: cut }],
      operations: [
        { words: `${figure(contour_m)} m of contour`, minutes: cutting },
        { words: `${Math.round(openings + 1)} piercings`, minutes: piercing },
      ],
      setUpMinutes: rates.figure('sheet-metal.laser-set-up'),
      minutesPerPiece: cutting + piercing,
    },
  ];
  const strokes = strokesOf(shape, bends);
  if (strokes > 0) {
    const radii = new Set(bends.map(({ radius_mm }) => radius_mm.toFixed(2))).size;
    steps.push({
      words: 'Bending',
      direction: null,
      faces: [{ body: shape.body, faces: bends.flatMap(({ face }) => (face === null ? [] : [face])) }],
      operations: [{ words: `${strokes} bends`, minutes: strokes * rates.figure('sheet-metal.bend') }],
      setUpMinutes: radii * rates.figure('sheet-metal.press-set-up'),
      minutesPerPiece: strokes * rates.figure('sheet-metal.bend'),
    });
  }
  return steps;
}
