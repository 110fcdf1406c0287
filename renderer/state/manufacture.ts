/** What was asked about making each part, and the answer; and which finding is pointed out. */
import * as v from 'valibot';
import { create } from 'zustand';
import { type ManufacturingReport, ManufacturingReportSchema, type Process } from '../../preload/contract/index.ts';
import { useGeometry } from './geometry.ts';

export interface ManufactureState {
  process: Process;
  quantity: number;
  /** By part. */
  answers: ReadonlyMap<string, ManufacturingReport>;
  /** The finding that is pointed out, by its place in the report. */
  shown: { partId: string; index: number } | null;
}
export const useManufacture = create<ManufactureState>(() => ({
  process: 'milling',
  quantity: 10,
  answers: new Map(),
  shown: null,
}));

/** What the part looks like, in one word. */
export const shapeOf = (partId: string): string =>
  (useGeometry.getState().parts.get(partId)?.bodies ?? []).map(({ tessellation }) => tessellation.hash).join();

/** Keeps what a job answered. @throws ValiError for anything but a report */
export function putReport(partId: string, answer: unknown): void {
  const report = v.parse(ManufacturingReportSchema, answer);
  useManufacture.setState(({ answers }) => ({ answers: new Map(answers).set(partId, report), shown: null }));
}

export const forgetManufacture = (): void => useManufacture.setState({ answers: new Map(), shown: null });
