/** Puts a plan together from its set-ups: time and cost follow. */
import type { ManufacturingPlan, ManufacturingSetUp } from '../../../preload/contract/index.ts';
import type { Task } from '../rules/process.ts';
import { CURRENCY, type RateBook } from './rate-book.ts';

export interface Spending {
  what: string;
  /** Of every piece. */
  perPiece?: number;
  /** Once for the lot. */
  once?: number;
}

export interface Draft {
  rates: RateBook;
  stock: ManufacturingPlan['stock'];
  setUps: ManufacturingSetUp[];
  /** Minutes besides the set-ups, once. */
  programmingMinutes: number;
  spendings: Spending[];
  notes?: string[];
}

/** mm^3 to kg */
export const massOf = (volume_mm3: number, { density_kg_m3 }: Pick<Task, 'density_kg_m3'>): number =>
  volume_mm3 * 1e-9 * density_kg_m3;

export const partVolume = ({ shapes }: Pick<Task, 'shapes'>): number =>
  shapes.reduce((sum, { info }) => sum + info.mass.volume_mm3, 0);

export function assemble({ quantity }: Pick<Task, 'quantity'>, draft: Draft): ManufacturingPlan {
  const { rates, setUps, spendings, stock } = draft;
  const onceMinutes = draft.programmingMinutes + setUps.reduce((sum, { setUpMinutes }) => sum + setUpMinutes, 0);
  const minutesPerPiece = setUps.reduce((sum, each) => sum + each.minutesPerPiece, 0);
  const items = spendings
    .map(({ what, perPiece = 0, once = 0 }) => ({ what, perPiece: perPiece + once / quantity }))
    .filter(({ perPiece }) => perPiece > 0);
  const share = rates.figure('overhead.share');
  const bare = items.reduce((sum, { perPiece }) => sum + perPiece, 0);
  if (share > 0) items.push({ what: 'Sales, quality and profit', perPiece: bare * share });
  const perPiece = bare * (1 + share);
  return {
    stock,
    setUps,
    time: { onceMinutes, minutesPerPiece, lotHours: (onceMinutes + minutesPerPiece * quantity) / 60 },
    cost: { currency: CURRENCY, perPiece, lot: perPiece * quantity, items },
    assumptions: rates.assumptions(),
    notes: draft.notes ?? [],
  };
}
