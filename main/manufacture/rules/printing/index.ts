/** Printing layer on layer: of plastic filament, and of metal powder melted by a laser. */
import type { ManufacturingPlan, Vector3 } from '../../../../preload/contract/index.ts';
import type { Shape } from '../../geometry/shape.ts';
import { type PrintedBody, planFilament, planPowderBed } from '../../plan/printing.ts';
import { boresOf } from '../common/bores.ts';
import { applyGaps, applyPins, applySize, applyWallThickness } from '../common/thickness.ts';
import { figure } from '../findings.ts';
import { isFinished, type Task } from '../process.ts';
import { bestBuild, type Limits } from './build.ts';
import { applyChannels, applyOverhangs, isLying } from './overhangs.ts';
import { applyTrappedPowder, applyTrappedSupport } from './powder.ts';

type Printing = 'fused-filament' | 'laser-powder-bed';

const limitsOf = ({ findings }: Task, process: Printing): Limits => ({
  overhang_deg: findings.limit(`${process}.overhang`),
  bridge_mm: findings.limit(`${process}.bridge`),
  ledge_mm: findings.parameter(`${process}.overhang`, 'ledge_mm'),
});

export function checkFusedFilament(task: Task): ManufacturingPlan {
  const limits = limitsOf(task, 'fused-filament');
  const bodies = task.shapes.map((shape): PrintedBody => {
    const build = common(task, shape, 'fused-filament', limits, (face) => isFinished(task, shape, face));
    applyTrappedSupport(task, shape, build, limits.bridge_mm, 'fused-filament.trapped-support');
    return { shape, build };
  });
  return planFilament(task, bodies);
}

export function checkLaserPowderBed(task: Task): ManufacturingPlan {
  const limits = limitsOf(task, 'laser-powder-bed');
  const bodies = task.shapes.map((shape): PrintedBody => {
    // Lying channels have a rule of their own.
    const leaveOut = (face: number, up: Vector3): boolean => isFinished(task, shape, face) || isLying(shape, face, up);
    const build = common(task, shape, 'laser-powder-bed', limits, leaveOut);
    applyChannels(task, shape, build.up, 'laser-powder-bed.channel');
    task.step('Looking for shut-in powder');
    applyTrappedPowder(task, shape, 'laser-powder-bed.trapped-powder');
    return { shape, build };
  });
  return planPowderBed(task, bodies);
}

function common(
  task: Task,
  shape: Shape,
  process: Printing,
  limits: Limits,
  leaveOut: (face: number, up: Vector3) => boolean,
): PrintedBody['build'] {
  task.step('Turning it to print best');
  const build = bestBuild(shape, limits, task.options.direction, leaveOut);
  applyOverhangs(task, shape, build, process, limits.bridge_mm);
  task.step('Measuring walls and gaps');
  applyWallThickness(task, shape, `${process}.wall-thickness`);
  applyGaps(task, shape, `${process}.gap`);
  applyPins(task, shape, `${process}.pin-diameter`);
  applyHoles(task, shape, `${process}.hole-diameter`);
  applySize(task, shape, `${process}.size`);
  return build;
}

function applyHoles(task: Task, shape: Shape, rule: string): void {
  for (const { faces, diameter_mm, middle_mm } of boresOf(shape)) {
    if (faces.some((face) => isFinished(task, shape, face))) continue;
    task.findings.apply(rule, shape, {
      measured: diameter_mm,
      faces,
      at_mm: middle_mm,
      say: (measured, least) => `The hole is ${measured} wide; below ${least} it closes or comes out rough.`,
      fix: (to) => [
        {
          words: `Make it ${figure(to)} mm wide, or drill it afterwards.`,
          change: { what: 'diameter', from: diameter_mm, to, unit: 'mm' },
        },
      ],
    });
  }
}
