/** The preview of bodies that nobody has seen: coarse solve and learned correction, against a reference on unseen parts. */
import { toErrorData } from '../../../preload/contract/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics } from '../../physics/index.ts';
import {
  DISPLACEMENT_BAR,
  isWorthwhile,
  type JudgedPart,
  judgePair,
  measuredOf,
  openGeneralModel,
  quantile,
  RANK_BAR,
  SECONDS_BAR,
  seedsOf,
  solvePair,
  UNSEEN_SEEDS,
  winsOf,
} from '../../surrogates/benchmarks.ts';
import { terminalContext } from '../output.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const WAYS = ['coarse', 'equalTime', 'corrected'] as const;
const WORDS: Record<(typeof WAYS)[number], string> = {
  coarse: 'coarse solve',
  equalTime: 'coarse solve, a tenth more elements',
  corrected: 'corrected',
};

export const generalModel: Benchmark = {
  name: 'general-model',
  summary: `previews of ${UNSEEN_SEEDS.count} unseen random parts against a fine solution: some ten minutes`,
  async run(io) {
    const { card, correction } = openGeneralModel();
    const kernel = createKernel();
    const physics = createPhysics();
    const parts: JudgedPart[] = [];
    let failed = 0;
    try {
      physics.warmPreview();
      for (const seed of seedsOf([UNSEEN_SEEDS])) {
        io.signal.throwIfAborted();
        try {
          parts.push(judgePair(await solvePair(kernel, physics, seed, true, terminalContext(io)), correction));
        } catch (thrown) {
          if (io.signal.aborted) throw thrown;
          failed++;
          io.err(`part ${seed}: ${toErrorData(thrown).message}\n`);
        }
      }
    } finally {
      await physics.dispose();
      await kernel.dispose();
    }
    const preview = card.method === 'coarse solve' ? 'coarse' : 'corrected';
    const lines: BenchmarkLine[] = [
      {
        what: `seeds ${UNSEEN_SEEDS.first} to ${UNSEEN_SEEDS.first + UNSEEN_SEEDS.count - 1}: parts`,
        value: parts.length,
        bar: 'none fails',
        holds: failed === 0,
      },
      { what: 'the preview is', value: card.method },
    ];
    for (const way of WAYS) {
      const judged = parts.flatMap((part) => part[way] ?? []);
      if (judged.length === 0) continue;
      const figures = measuredOf(judged);
      const seconds = parts.map(
        (part) =>
          (way === 'equalTime' ? part.seconds.rival : part.seconds.preview) +
          (way === 'corrected' ? part.seconds.correction : 0),
      );
      const held = way === preview;
      const name = WORDS[way];
      const bar = (holds: boolean, words: string): Partial<BenchmarkLine> => (held ? { bar: words, holds } : {});
      const median = figures.displacementMedian_percent;
      lines.push(
        {
          what: `${name}: displacement, relative L2, median`,
          value: median,
          unit: '%',
          ...bar(median <= 100 * DISPLACEMENT_BAR, 'at most 15 %'),
        },
        {
          what: `${name}: displacement, relative L2, 90th percentile`,
          value: figures.displacement90_percent,
          unit: '%',
        },
        { what: `${name}: parts within 15 % in displacement`, value: figures.displacementWithin15 },
        { what: `${name}: von Mises stress, relative L2, median`, value: figures.vonMisesMedian_percent, unit: '%' },
        {
          what: `${name}: rank correlation of peak stress`,
          value: figures.peakRankCorrelation,
          ...bar(figures.peakRankCorrelation >= RANK_BAR, `at least ${RANK_BAR}`),
        },
        {
          what: `${name}: rank correlation of peak over mean stress`,
          value: figures.concentrationRankCorrelation,
        },
        { what: `${name}: peak stress off by, median`, value: figures.peakMedian_percent, unit: '%' },
        { what: `${name}: peak stress off by, 90th percentile`, value: figures.peak90_percent, unit: '%' },
        {
          what: `${name}: seconds, median`,
          value: quantile(seconds, 0.5),
          unit: 's',
          ...bar(quantile(seconds, 0.5) < SECONDS_BAR, `under ${SECONDS_BAR} s`),
        },
        { what: `${name}: seconds, largest`, value: Math.max(...seconds), unit: 's' },
      );
    }
    const corrected = parts.flatMap((part) => part.corrected ?? []);
    if (corrected.length === parts.length && parts.length > 0) {
      const rival = parts.map((part) => part.equalTime);
      const wins = winsOf(corrected, rival);
      lines.push(
        {
          what: 'parts on which the corrected displacement is nearer than that of equal time',
          value: wins.displacement,
        },
        { what: 'parts on which the corrected peak stress is nearer than that of equal time', value: wins.peakStress },
        {
          what: 'the correction beats the coarse solve of equal time',
          value: isWorthwhile(corrected, rival) ? 'yes' : 'no',
          bar: 'where it is shipped',
          holds: isWorthwhile(corrected, rival),
        },
      );
    }
    return { name: 'general-model', lines };
  },
};
