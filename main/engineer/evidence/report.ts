/** The evidence as a page for people: what was asked, what was found, how sure it is, and how to check it. */
import type { DesignCandidate, RequirementResult } from '../../../preload/contract/index.ts';
import { prettyUnit } from '../../document/index.ts';
import { chart, figure, type Html, html, page, picture, table } from '../../physics/index.ts';
import type { Brief } from '../brief/brief.ts';
import { EVIDENCE_FILES, type Evidence } from './evidence.ts';

export interface EvidenceReportInput {
  evidence: Evidence;
  brief: Brief;
  candidates: readonly DesignCandidate[];
  /** By the name of the case. */
  pictures: ReadonlyMap<string, { png: Uint8Array; words: string }>;
  /** Fingerprint of the key that signs. */
  key: string;
}

const unitOf = (unit: string): string => (unit === '1' || unit === '-' ? '' : ` ${prettyUnit(unit)}`);
const percent = (share: number | null): string => (share === null ? 'unknown' : `${(100 * share).toFixed(1)} %`);

export function evidenceReport(input: EvidenceReportInput): string {
  const { evidence, brief, pictures } = input;
  const holds = evidence.requirements.every((one) => one.holds);
  const body = html`
<h1>${brief.name}</h1>
<p class="lead">${evidence.outcome.summary}</p>
${brief.about && html`<p>${brief.about}</p>`}
<h2>Requirements</h2>
${requirementTable(evidence)}
${holds ? '' : html`<p class="warning">Not every requirement holds: this is the closest design that was found.</p>`}
<h2>The design</h2>
${table(
  ['', ''],
  [
    ['Concept', `${evidence.concept.name}${evidence.concept.about ? `: ${evidence.concept.about}` : ''}`],
    ...evidence.values.map(({ name, value, unit }) => [name, `${figure(value, 5)}${unitOf(unit)}`]),
    ['Material', `${evidence.material.name} (${evidence.material.source})`],
    ['Mass', `${figure(evidence.mass_kg)} kg (volume ${figure(evidence.volume_mm3, 5)} mm³)`],
    ...evidence.objectives.map(({ text, value, unit }) => [
      text,
      value === null ? 'unknown' : `${figure(value)}${unitOf(unit)}`,
    ]),
    ...(evidence.process ? [['Process', evidence.process]] : []),
  ],
)}
<h2>What limits it, and why</h2>
${reasons(evidence)}
<h2>Load cases</h2>
<div class="pictures">${evidence.cases.map(({ name }) => {
    const shown = pictures.get(name);
    return shown
      ? html`<figure>${picture(shown.png, shown.words)}<figcaption>${shown.words}</figcaption></figure>`
      : '';
  })}</div>
${table(
  ['Case', 'Kind', 'Mesh', 'Error in energy', 'Balance of forces', 'Largest values', 'Warnings'],
  evidence.cases.map((one) => [
    one.name,
    one.study.study,
    `${one.mesh.elements} second-order tetrahedra, worst scaled Jacobian ${figure(one.mesh.min_quality, 2)}`,
    `${figure(one.discretisation_error.energy_percent, 2)} %`,
    one.equilibrium_error === null ? '—' : one.equilibrium_error.toExponential(1),
    [
      ...Object.entries(one.largest).map(
        ([name, { value, unit }]) => html`${name} ${figure(value)} ${prettyUnit(unit)}<br>`,
      ),
      ...one.frequencies_Hz.slice(0, 3).map((value, k) => html`mode ${k + 1}: ${figure(value, 5)} Hz<br>`),
    ],
    one.warnings.map(({ message }) => html`<small>${message}</small>`),
  ]),
)}
<h2>Second opinion</h2>
${secondOpinion(evidence)}
<h2>How it was found</h2>
${search(input)}
<h2>How to check it</h2>
<p>Everything here can be run again from the files beside this page: <code>npx artificer verify DIR</code> checks the signature,
reads <code>${EVIDENCE_FILES.step}</code>, solves every case of <code>${EVIDENCE_FILES.brief}</code> on it and compares. The decks in
<code>cases/</code> are for CalculiX. Signed with the key of fingerprint <code>${input.key}</code>.</p>
${table(
  ['', ''],
  [
    ['Made with', `${evidence.application.name} ${evidence.application.version}, ${evidence.application.solver}`],
    ['When', evidence.createdAt],
    ['Brief (SHA-256)', evidence.brief.sha256],
    ['Script (SHA-256)', evidence.concept.sha256],
    [
      'Left out',
      `stress within ${figure(evidence.leaveOut_mm, 3)} mm of sharp inner edges, rims of clamps and loaded points and edges: it is infinite in theory, and grows with every finer mesh`,
    ],
  ],
)}`;
  return page(`${brief.name}: evidence`, body);
}

function requirementTable({ requirements, secondOpinion: second }: Evidence): Html {
  return table(
    ['', 'Requirement', 'Value', 'Bound', 'Margin', 'Error of the value', 'Case', 'Elsewhere solved'],
    requirements.map((one) => {
      // Its number is for the search alone.
      if (one.isRule) return [verdictOf(one), one.text, one.note ?? '—', '—', '—', '—', '', '—'];
      const other = second.requirements.find(({ text }) => text === one.text);
      return [
        verdictOf(one),
        one.text,
        one.value === null ? 'unknown' : `${figure(one.value)}${unitOf(one.unit)}`,
        `${figure(one.limit)}${unitOf(one.unit)}`,
        percent(one.margin),
        one.error_percent === null ? 'exact' : `± ${figure(one.error_percent, 2)} %`,
        one.case ?? '',
        other?.value == null ? '—' : `${figure(other.value)}${unitOf(other.unit)}`,
      ];
    }),
  );
}

const verdictOf = ({ holds }: RequirementResult): Html =>
  holds ? html`<span class="good">holds</span>` : html`<span class="bad">fails</span>`;

function reasons({ outcome }: Evidence): Html {
  if (outcome.reasons.length === 0) return html`<p>No requirement is near its bound.</p>`;
  return html`${outcome.reasons.map(
    ({ requirement, case: name, faces, mechanism, moves }) =>
      html`<p><strong>${requirement}</strong>${
        name ? html` in <em>${name}</em>` : ''
      }${faces.length > 0 ? `, at ${faces.join(' and ')}` : ''}: ${mechanism}.${
        moves.length > 0
          ? html` Would help (predicted from the designs tried, not solved): ${moves
              .map(
                ({ text, predictedMargin }) =>
                  `${text}${predictedMargin === undefined ? '' : `, margin ${percent(predictedMargin)}`}`,
              )
              .join('; ')}.`
          : ''
      }</p>`,
  )}${
    outcome.conflict.length > 0
      ? html`<p>These cannot hold together within the given ranges: ${outcome.conflict.join('; ')}.</p>${table(
          ['Alone relaxed', 'to', 'by'],
          outcome.relax.map(({ requirement, to, unit, by_percent }) => [
            requirement,
            `${figure(to)}${unitOf(unit)}`,
            `${figure(by_percent, 3)} %`,
          ]),
        )}`
      : ''
  }`;
}

function secondOpinion({ secondOpinion: second }: Evidence): Html {
  if (second.unavailable !== null) return html`<p>${second.unavailable}</p>`;
  return html`<p>The same requirements on the exported geometry, meshed by ${second.mesher} and solved by ${second.solver}:</p>${table(
    ['', 'Requirement', 'Value', 'Margin', 'Against ours'],
    second.requirements.map(({ text, value, unit, margin, holds, difference_percent }) => [
      holds === null
        ? html`<span class="muted">not asked</span>`
        : holds
          ? html`<span class="good">holds</span>`
          : html`<span class="bad">fails</span>`,
      text,
      value === null ? '—' : `${figure(value)}${unitOf(unit)}`,
      percent(margin),
      difference_percent === null ? '—' : `${figure(difference_percent, 2)} %`,
    ]),
  )}`;
}

const MOST_ROWS = 15;

function search({ evidence, candidates, brief }: EvidenceReportInput): Html {
  const { outcome } = evidence;
  const objective = brief.objectives[0];
  const solved = candidates.filter(({ state, objectives }) => state === 'solved' && objectives[0]?.value != null);
  let best = Number.NaN;
  const history = solved.map(({ feasible, objectives }) => {
    const value = objectives[0]!.value!;
    if (feasible && !(objective?.direction === 'maximise' ? value <= best : value >= best)) best = value;
    return best;
  });
  const ranked = candidates.filter(({ feasible }) => feasible).slice(-MOST_ROWS);
  return html`<p>${outcome.candidates} designs tried, ${outcome.solves} solves, ${figure(outcome.seconds, 3)} s.
${outcome.front.length > 1 ? `On the front of the objectives: designs ${outcome.front.join(', ')}.` : ''}</p>
${
  solved.length > 2 && history.some(Number.isFinite)
    ? html`<figure>${chart({
        id: 'history',
        name: 'Best so far',
        kind: 'convergence',
        x: { name: 'design', unit: '-', values: solved.map(({ number }) => number) },
        y: [{ name: objective?.text ?? 'objective', unit: solved[0]!.objectives[0]!.unit, values: history }],
      })}</figure>`
    : ''
}
${table(
  ['Design', 'Concept', 'Material', 'Values', ...brief.objectives.map(({ text }) => text), 'Least margin'],
  ranked.map(({ number, concept, material, values, objectives, margin }) => [
    number,
    concept,
    material,
    values.map(({ name, value, unit }) => `${name} ${figure(value)}${unitOf(unit)}`).join(', '),
    ...objectives.map(({ value, unit }) => (value === null ? 'unknown' : `${figure(value)}${unitOf(unit)}`)),
    percent(margin),
  ]),
)}`;
}
