/** The card of the preview: what it is, how it was measured against references, and how wide its bands are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { resourceFolder } from '../../physics/index.ts';
import { refuseSurrogate } from '../errors.ts';
import { sha256 } from '../library/sha256.ts';
import type { Correction } from './correction.ts';
import { PART_FEATURES } from './features.ts';
import { readCorrection } from './onnx.ts';

const Finite = v.pipe(v.number(), v.finite());
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Of many parts this share has its true value between `low` and `high` times the previewed one. */
const BandSchema = v.object({ low: v.pipe(Finite, v.gtValue(0)), high: v.pipe(Finite, v.gtValue(0)) });
export type Band = v.InferOutput<typeof BandSchema>;

const MeasuredSchema = v.object({
  /** Relative L2 error of the displacement field, percent. */
  displacementMedian_percent: Finite,
  displacement90_percent: Finite,
  /** Parts with at most 15 %. */
  displacementWithin15: Count,
  /** The same of the von Mises stress, away from singular places. */
  vonMisesMedian_percent: Finite,
  /** Of the peak stress away from singular places: Spearman's rank correlation, and how far off it is by a factor, percent. */
  peakRankCorrelation: Finite,
  concentrationRankCorrelation: Finite,
  peakMedian_percent: Finite,
  peak90_percent: Finite,
});
export type Measured = v.InferOutput<typeof MeasuredSchema>;

export const PreviewCardSchema = v.object({
  format: v.literal('artificer-preview-1'),
  name: v.string(),
  /** What is shipped as the preview: whichever won on the unseen parts. */
  method: v.picklist(['coarse solve', 'corrected coarse solve']),
  model: v.nullable(
    v.object({
      name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      bytes: Count,
    }),
  ),
  createdAt: v.string(),
  seeds: v.object({
    training: v.array(v.object({ first: Count, count: Count })),
    unseen: v.object({ first: Count, count: Count }),
    network: Count,
  }),
  /** Parts that were made, solved and learnt from; and those that the method is judged by, which nothing was learnt from. */
  trainingParts: Count,
  unseenParts: Count,
  measured: v.object({
    coarse: MeasuredSchema,
    /** The coarse solve that is given more time than the correction takes. */
    equalTime: MeasuredSchema,
    corrected: MeasuredSchema,
  }),
  /** Unseen parts on which the corrected one is nearer than the coarse one of equal time. */
  wins: v.object({ displacement: Count, peakStress: Count }),
  bands: v.object({
    /** Marginal coverage that the bands promise, and the number of parts that they are taken from. */
    level: Finite,
    n: Count,
    coarse: v.object({ displacement: BandSchema, peakStress: BandSchema }),
    corrected: v.object({ displacement: BandSchema, peakStress: BandSchema }),
  }),
  /** Least and largest of each PART_FEATURES in training: beyond them nothing was measured. */
  range: v.pipe(v.array(v.tuple([Finite, Finite])), v.length(PART_FEATURES.length)),
  licence: v.string(),
  notes: v.array(v.string()),
});
export type PreviewCard = v.InferOutput<typeof PreviewCardSchema>;

export interface GeneralModel {
  card: PreviewCard;
  /** Null where the coarse solve alone is the preview. */
  correction: Correction | null;
}

export const GENERAL_FOLDER = join('resources', 'surrogates', 'general');
/** Not the name of a design surrogate's card: it is another kind of model. */
export const CARD_FILE = 'preview-card.json';

/** @throws ArtificerError `surrogate.bad-model` where card and model do not go together */
export function openGeneralModel(folder: string = resourceFolder(GENERAL_FOLDER)): GeneralModel {
  const read = v.safeParse(PreviewCardSchema, JSON.parse(readFileSync(join(folder, CARD_FILE), 'utf8')));
  if (!read.success)
    throw refuseSurrogate('bad-model', 'The card of the preview cannot be read.', undefined, {
      cause: read.issues[0].message,
    });
  const card = read.output;
  if (card.method === 'coarse solve' || !card.model) return { card, correction: null };
  const bytes = new Uint8Array(readFileSync(join(folder, card.model.name)));
  if (sha256(bytes) !== card.model.sha256)
    throw refuseSurrogate(
      'bad-model',
      `The model "${card.model.name}" is not the one that its card describes.`,
      'Install it again.',
    );
  return { card, correction: readCorrection(bytes) };
}
