/** The validation of a model as a page: self-contained, without scripts or links out. */
import type { SurrogateCard } from '../../../preload/contract/index.ts';
import { figure, type Html, html, page, picture, table } from '../../physics/index.ts';
import { coveragePlot, parityPlot } from './plots.ts';
import type { JudgedDesign, ValidationReport } from './validate-model.ts';
import type { WorstCase } from './worst-cases.ts';

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
const verdict = (holds: boolean): Html =>
  html`<span class="${holds ? 'good' : 'bad'}">${holds ? 'holds' : 'DOES NOT HOLD'}</span>`;

export function validationHtml(report: ValidationReport, card: SurrogateCard, worst: readonly WorstCase[]): string {
  const { designs, interval } = report;
  return page(
    `Validation of ${report.name}`,
    html`<h1>Validation of ${report.name}</h1>
<p class="lead ${report.passed ? 'good' : 'bad'}">${
      report.passed ? 'Every bar is reached.' : 'Not every bar is reached: do not rely on this model.'
    }</p>
<p>A design surrogate of ${report.part}, learnt from ${designs.training} solved designs and asked about ${designs.unseen} that had
no part in it; ${designs.answered} were answered. Seed ${report.seed}. Model ${report.modelSha256.slice(0, 12)}, data
${report.dataHash.slice(0, 12)}${report.dataHash !== report.trainedOn && ' (more than it was trained on)'}, study
${card.studyHash.slice(0, 12)}. Intervals are of the ${percent(interval.level, 0)} level, calibrated with ${card.interval.n} designs:
their coverage is marginal, over many designs, and nothing is promised of a single one.</p>
<h2>Numbers</h2>
${table(
  ['Quantity', 'R²', 'Bar', 'RMS error', `Covered (n = ${designs.answered})`, 'Verdict'],
  report.scalars.map(({ name, unit, r2, rms, coverage, holds }) => [
    name,
    r2.toFixed(4),
    '0.99',
    `${figure(rms, 3)} ${unit}`,
    percent(coverage),
    verdict(holds),
  ]),
)}
<div class="pictures">${report.scalars.map(
      ({ name, unit }, q) =>
        html`<figure>${parityPlot(
          name,
          unit,
          report.judged.map(({ scalars }) => scalars[q]!),
        )}<figcaption>${name}</figcaption></figure>`,
    )}</div>
<h2>Fields</h2>
${table(
  ['Field', 'Relative L2', 'Worst design', 'Bar', 'Covered, all points', 'Verdict'],
  report.fields.map(({ name, relativeL2, worstRelativeL2, bar, coverage, holds }) => [
    name,
    percent(relativeL2, 2),
    percent(worstRelativeL2, 2),
    percent(bar, 0),
    percent(coverage),
    verdict(holds),
  ]),
)}
<h2>Intervals</h2>
<p>Over all quantities and fields, each with one voice, ${percent(interval.pooled)} of the intervals hold the solved value
(${interval.n} designs; the bar is ${percent(interval.band.low, 0)} to ${percent(interval.band.high, 0)}): ${verdict(interval.holds)}.
Over the quantities alone ${percent(interval.scalars)} of ${interval.answers} answers.</p>
<div class="pictures">${report.scalars.map(
      ({ name, curve }) => html`<figure>${coveragePlot(name, curve)}<figcaption>${name}</figcaption></figure>`,
    )}</div>
<h2>Validity</h2>
<p>${designs.answered} of ${designs.unseen} designs within the ranges are answered (bar ${percent(report.answered.bar, 0)}): ${verdict(report.answered.holds)}.
Inputs that the model cannot know are declined: ${verdict(report.outOfValidityHolds)}.</p>
${table(
  ['What', 'Tried', 'Declined', 'Bar'],
  report.outOfValidity.map(({ kind, tried, declined }) => [
    kind,
    tried,
    `${declined} (${percent(declined / tried)})`,
    '95 %',
  ]),
)}
${report.declined.length > 0 && html`<p class="muted">Declined within the ranges: ${report.declined.map(({ index, reasons }) => `design ${index} (${reasons.join(' ')})`).join('; ')}</p>`}
<h2>Error by region of the design space</h2>
<p class="muted">Of the designs in each third of a range: root mean square of the relative errors.</p>
${regions(report, card)}
<h2>The worst designs</h2>
${worst.map(
  (each) => html`<h3>Design ${each.design.index}: ${each.field} ${percent(each.relativeL2, 2)} off</h3>
<p>${inWords(each.design, card)}</p>
<div class="pictures">${each.pictures.map(({ png, words }) => html`<figure>${picture(png, words)}<figcaption class="muted">${words}</figcaption></figure>`)}</div>`,
)}
<h2>Time</h2>
<p>One prediction with its fields takes ${(1000 * report.seconds.prediction).toFixed(1)} ms, one solution on the carried mesh took
${report.seconds.solve.toFixed(2)} s: ${report.seconds.timesFaster.toFixed(0)} times faster on this machine as it was then.</p>`,
  );
}

const inWords = ({ values }: JudgedDesign, { parameters }: SurrogateCard): string =>
  parameters.map(({ name, unit }, k) => `${name} ${figure(values[k]!)}${unit === '1' ? '' : ` ${unit}`}`).join(', ');

const THIRDS = ['low', 'middle', 'high'] as const;

export interface Region {
  parameter: string;
  third: (typeof THIRDS)[number];
  designs: number;
  /** Root mean square of relative errors, by the names of scalars and fields. */
  errors: Record<string, number>;
}

/** Errors in each third of the range of each parameter. */
export function regionsOf({ judged, scalars, fields }: ValidationReport, { parameters }: SurrogateCard): Region[] {
  return parameters.flatMap(({ name, minimum, maximum }, k) =>
    THIRDS.map((third, t): Region => {
      const within = judged.filter(({ values }) => {
        const place = (values[k]! - minimum) / (maximum - minimum);
        return Math.min(2, Math.floor(3 * place)) === t;
      });
      const rootMeanSquare = (errors: number[]): number =>
        errors.length > 0
          ? Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length)
          : Number.NaN;
      const errors: Region['errors'] = {};
      scalars.forEach((scalar, q) => {
        errors[scalar.name] = rootMeanSquare(
          within.map((each) => each.scalars[q]!.value / each.scalars[q]!.solved - 1),
        );
      });
      for (const field of fields)
        errors[field.name] = rootMeanSquare(
          within.map((each) => each.fields.find((one) => one.name === field.name)!.relativeL2),
        );
      return { parameter: name, third, designs: within.length, errors };
    }),
  );
}

function regions(report: ValidationReport, card: SurrogateCard): Html {
  const names = [...report.scalars, ...report.fields].map(({ name }) => name);
  return table(
    ['Parameter', 'Third', 'Designs', ...names],
    regionsOf(report, card).map(({ parameter, third, designs, errors }) => [
      parameter,
      third,
      designs,
      ...names.map((name) => (Number.isFinite(errors[name]!) ? percent(errors[name]!, 2) : '—')),
    ]),
  );
}
