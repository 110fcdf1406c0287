/** Designs and outcomes as a person reads them in a terminal. */
import type { DesignCandidate, DesignOutcome, RequirementResult } from '../../../preload/contract/index.ts';
import { formatNumber, prettyUnit } from '../../document/index.ts';
import type { Evidence } from '../../engineer/index.ts';

const unitOf = (unit: string): string => (unit === '1' || unit === '-' || unit === '' ? '' : ` ${prettyUnit(unit)}`);

/** `12 improve  thickness 5.2 mm, ...  0.312 kg  margin 2.1 %` */
export function candidateInWords(candidate: DesignCandidate): string {
  const { number, purpose, concept, material, values, failure, margin, objectives, requirements } = candidate;
  const chosen = values.map(({ name, unit, value }) => `${name} ${formatNumber(value, 4)}${unitOf(unit)}`).join(', ');
  const head = `${String(number).padStart(3)} ${purpose.padEnd(7)} ${concept}, ${material}: ${chosen}`;
  if (failure) return `${head} - not possible (${failure.stage}): ${failure.error.message}`;
  const aims = objectives.map(({ value, unit }) =>
    value === null ? 'unknown' : `${formatNumber(value, 4)}${unitOf(unit)}`,
  );
  const worst = requirements.reduce<RequirementResult | null>(
    (least, one) => (!least || (one.margin ?? -1e9) < (least.margin ?? -1e9) ? one : least),
    null,
  );
  const least = margin === null ? 'unknown' : `${(100 * margin).toFixed(1)} %`;
  return `${head} - ${aims.join(', ')}; least margin ${least}${worst && margin !== null && margin < 0 ? ` (${worst.text})` : ''}`;
}

export function outcomeInWords(outcome: DesignOutcome, best: DesignCandidate | null): string {
  const lines = [outcome.summary];
  if (best) {
    for (const { name, unit, value } of best.values) lines.push(`  ${name} = ${formatNumber(value, 5)}${unitOf(unit)}`);
    for (const requirement of best.requirements) lines.push(`  ${requirementInWords(requirement)}`);
    for (const { text, value, unit } of best.objectives)
      lines.push(`  ${text}: ${value === null ? 'unknown' : `${formatNumber(value, 5)}${unitOf(unit)}`}`);
  }
  for (const { requirement, mechanism, faces, moves } of outcome.reasons) {
    lines.push(`  "${requirement}" governs${faces.length > 0 ? ` at ${faces.join(' and ')}` : ''}: ${mechanism}`);
    for (const { text, predictedMargin } of moves)
      lines.push(
        `    would help: ${text}${predictedMargin === undefined ? '' : ` (predicted margin ${(100 * predictedMargin).toFixed(1)} %)`}`,
      );
  }
  for (const { requirement, to, unit, by_percent } of outcome.relax)
    lines.push(
      `  or relax "${requirement}" by ${formatNumber(by_percent, 3)} %: to ${formatNumber(to, 4)}${unitOf(unit)}`,
    );
  lines.push(
    `${outcome.candidates} designs, ${outcome.solves} solves, ${outcome.seconds.toFixed(0)} s${outcome.front.length > 1 ? `; front: designs ${outcome.front.join(', ')}` : ''}`,
  );
  return lines.join('\n');
}

function requirementInWords({
  text,
  value,
  unit,
  margin,
  error_percent,
  holds,
  isRule,
  note,
}: RequirementResult): string {
  if (isRule) return `${holds ? 'holds' : 'FAILS'} ${text}${note ? `: ${note}` : ''}`;
  const error = error_percent === null ? '' : ` ± ${formatNumber(error_percent, 2)} %`;
  const shown = value === null ? 'unknown' : `${formatNumber(value, 4)}${unitOf(unit)}${error}`;
  return `${holds ? 'holds' : 'FAILS'} ${text}: ${shown}, margin ${margin === null ? 'unknown' : `${(100 * margin).toFixed(1)} %`}${note ? ` (${note})` : ''}`;
}

export const secondOpinionInWords = (second: Evidence['secondOpinion']): string[] =>
  second.unavailable !== null
    ? [`second opinion: ${second.unavailable}`]
    : second.requirements.map(
        ({ text, value, unit, margin, holds, difference_percent }) =>
          `  ${holds === null ? 'not asked' : holds ? 'holds' : 'FAILS'} in CalculiX on a mesh of Gmsh: ${text}${
            value === null
              ? ''
              : `: ${formatNumber(value, 4)}${unitOf(unit)}, margin ${(100 * (margin ?? 0)).toFixed(1)} %, ${formatNumber(difference_percent ?? 0, 2)} % from ours`
          }`,
      );
