/** What every process is: rules to apply, and a plan to make. */
import type { ManufacturingOptions, ManufacturingPlan, Vector3 } from '../../../preload/contract/index.ts';
import type { Shape } from '../geometry/shape.ts';
import type { MaterialClass } from '../material-class.ts';
import type { Findings } from './findings.ts';

export interface Task {
  shapes: readonly Shape[];
  material: MaterialClass;
  density_kg_m3: number;
  quantity: number;
  options: ManufacturingOptions;
  findings: Findings;
  /** Looked at between steps that take long. */
  step(stage: string): void;
}

/** Applies the rules and says how it would be made. */
export type ProcessCheck = (task: Task) => ManufacturingPlan;

/** Whether another process finishes a face. */
export const isFinished = ({ options }: Pick<Task, 'options'>, shape: Shape, face: number): boolean =>
  options.finishedFaces?.some(({ body, faces }) => body === shape.body && faces.includes(face)) ?? false;

export const middleOf = (shape: Shape, face: number): Vector3 => shape.info.faces[face]!.centroid_mm;
