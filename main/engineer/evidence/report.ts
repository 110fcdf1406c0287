/** The evidence as a page for people: what was asked, what was found, how sure it is, and how to check it. */
import type { DesignCandidate, RequirementResult } from '../../../preload/contract/index.ts';
import { prettyUnit } from '../../document/index.ts';
import { chart, figure, gradientCss, type Html, html, page, picture, table } from '../../physics/index.ts';
import type { Brief } from '../brief/brief.ts';
import { EVIDENCE_FILES, type Evidence } from './evidence.ts';

export interface CasePicture {
  png: Uint8Array;
  words: string;
  /** What the first and the last of its colours mean; null where they have no size. */
  ends: { low: number; high: number; unit: string } | null;
}

export interface EvidenceReportInput {
  evidence: Evidence;
  brief: Brief;
  candidates: readonly DesignCandidate[];
  /** By the name of the case. */
  pictures: ReadonlyMap<string, CasePicture>;
  /** Fingerprint of the key that signs. */
  key: string;
}

/** A number and its unit stay on one line. */
const SPACE = '\u00a0';
const unitOf = (unit: string): string => (unit === '1' || unit === '-' ? '' : `${SPACE}${prettyUnit(unit)}`);
/** With its sign: what fails by a hair does not read as nought. */
const percent = (share: number | null): string =>
  share === null ? 'unknown' : `${share > 0 ? '+' : ''}${figure(100 * share, 2).replace('-', '−')}${SPACE}%`;
const inWords = (name: string): string => name.replaceAll('_', ' ').replace(/\.magnitude$/, '');

export function evidenceReport(input: EvidenceReportInput): string {
  const { evidence, brief, pictures } = input;
  const holds = evidence.requirements.every((one) => one.holds);
  const body = html`
<h1>${brief.name}</h1>
<p class="lead">${evidence.outcome.summary}</p>
${brief.about && html`<p>${brief.about}</p>`}
<h2>Requirements</h2>
${requirementTable(evidence)}
${holds ? '' : html`<p class="warning">Not every requirement holds on meshes on which the figures have settled: this design does not do what was asked.</p>`}
<h2>The design</h2>
${table(
  ['', ''],
  [
    ['Concept', `${evidence.concept.name}${evidence.concept.about ? `: ${evidence.concept.about}` : ''}`],
    ...evidence.values.map(({ name, value, unit }) => [name, `${figure(value, 5)}${unitOf(unit)}`]),
    ['Material', `${evidence.material.name} (${evidence.material.source})`],
    ['Mass', `${figure(evidence.mass_kg)} kg (volume ${figure(evidence.volume_mm3, 5)} mm³)`],
    ...evidence.objectives
      .filter(({ text }) => !/^(mini|maxi)mi[sz]e mass$/.test(text))
      .map(({ text, value, unit }) => [text, value === null ? 'unknown' : `${figure(value)}${unitOf(unit)}`]),
    ...(evidence.process ? [['Process', evidence.process]] : []),
  ],
)}
<h2>What limits it, and why</h2>
${reasons(evidence)}
<h2>Load cases</h2>
<div class="pictures">${evidence.cases.map(({ name }) => {
    const shown = pictures.get(name);
    return shown
      ? html`<figure>${picture(shown.png, shown.words)}${colours(shown)}<figcaption>${shown.words}</figcaption></figure>`
      : '';
  })}</div>
${table(
  ['Case', 'Kind', 'Mesh', 'Error in energy', 'Forces out of balance', 'Largest values'],
  evidence.cases.map((one) => [
    one.name,
    one.study.study,
    `${one.mesh.elements.toLocaleString('en')} second-order tetrahedra of ${figure(one.mesh.size_mm, 3)}${SPACE}mm, worst scaled Jacobian ${figure(one.mesh.min_quality, 2)}`,
    `${figure(one.discretisation_error.energy_percent, 2)}${SPACE}%`,
    one.equilibrium_error === null ? '—' : `${one.equilibrium_error.toExponential(1)} of the load`,
    [
      ...Object.entries(one.largest).map(
        ([name, { value, unit }]) => html`${inWords(name)} ${figure(value)}${unitOf(unit)}<br>`,
      ),
      ...one.frequencies_Hz.slice(0, 3).map((value, k) => html`mode ${k + 1}: ${figure(value, 5)} Hz<br>`),
    ],
  ]),
)}
${warnings(evidence)}
<div class="together"><h2>Second opinion</h2>
${secondOpinion(evidence)}</div>
${search(input)}
<h2>How to check it</h2>
<p>Everything here can be run again from the files beside this page: <code>npx artificer verify DIR</code> checks the signature,
reads <code>${EVIDENCE_FILES.step}</code>, solves every case of <code>${EVIDENCE_FILES.brief}</code> on it and compares. The decks in
<code>cases/</code> are for CalculiX. Signed with the key of fingerprint <code>${input.key}</code>.</p>
${table(
  ['', ''],
  [
    ['Made with', madeWith(evidence)],
    ['When', `${evidence.createdAt.slice(0, 16).replace('T', ' ')} UTC`],
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
    ['', 'Requirement', 'Value', 'Bound', 'Margin', 'Error', 'Second opinion'],
    requirements.map((one) => {
      // Its number is for the search alone.
      if (one.isRule) return [verdictOf(one), one.text, one.note ?? '—', '—', '—', '—', '—'];
      const other = second.requirements.find(({ text }) => text === one.text);
      return [
        verdictOf(one),
        // The case that decides, where the requirement does not name one.
        one.case === undefined || one.text.includes(`"${one.case}"`)
          ? one.text
          : html`${one.text}<small>decided in ${one.case}</small>`,
        one.value === null ? 'unknown' : `${figure(one.value)}${unitOf(one.unit)}`,
        `${figure(one.limit)}${unitOf(one.unit)}`,
        percent(one.margin),
        one.error_percent === null ? 'exact' : `±${SPACE}${figure(one.error_percent, 2)}${SPACE}%`,
        other?.value == null ? '—' : `${figure(other.value)}${unitOf(other.unit)}`,
      ];
    }),
  );
}

const verdictOf = ({ holds }: RequirementResult): Html =>
  holds ? html`<span class="good">holds</span>` : html`<span class="bad">fails</span>`;

/** What the first and the last colour of a picture mean. */
const colours = ({ ends }: CasePicture): Html | '' =>
  ends === null
    ? ''
    : html`<div class="scale" style="background:${gradientCss()}"></div>
<div class="ends"><span>${figure(ends.low, 3)}${unitOf(ends.unit)}</span><span>${figure(ends.high, 3)}${unitOf(ends.unit)}</span></div>`;

const madeWith = ({ application: { name, version, solver } }: Evidence): string => {
  const own = `${name} ${version}`;
  return solver === own ? own : `${own}, ${solver}`;
};

/** What a reader must know of the figures, by case. */
const warnings = ({ cases }: Evidence): Html[] =>
  cases
    .filter((one) => one.warnings.length > 0)
    .map(
      ({ name, warnings: said }) => html`<h3>To know of ${name}</h3>
<ul>${[...new Set(said.map(({ message }) => message))].map((message) => html`<li>${message}</li>`)}</ul>`,
    );

/** Where nothing was found out, only what the figures themselves say. */
function unexplained(requirements: readonly RequirementResult[]): string {
  const failing = requirements.filter(({ holds }) => !holds);
  if (failing.length > 0) return `${failing.map(({ text }) => text).join('; ')}: not met, and why was not found out.`;
  const [least] = requirements
    .filter(({ isRule, margin }) => !isRule && margin !== null)
    .sort((a, b) => a.margin! - b.margin!);
  return least
    ? `No requirement is near its bound; ${least.text} comes nearest, with a margin of ${percent(least.margin)}.`
    : 'No requirement is near its bound.';
}

function reasons({ outcome, requirements }: Evidence): Html {
  if (outcome.reasons.length === 0) return html`<p>${unexplained(requirements)}</p>`;
  return html`${outcome.reasons.map(
    ({ requirement, case: name, faces, mechanism, moves }) =>
      html`<p><strong>${requirement}</strong>${
        name ? html` in <em>${name}</em>` : ''
      }${faces.length > 0 ? `, at ${faces.join(' and ')}` : ''}: ${mechanism.replace(/\.$/, '')}.${
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
            `${figure(by_percent, 3)}${SPACE}%`,
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
      difference_percent === null ? '—' : percent(difference_percent / 100),
    ]),
  )}`;
}

const MOST_ROWS = 15;

const designOf = ({ concept, material, values }: DesignCandidate): string =>
  JSON.stringify([concept, material, values.map(({ value }) => value)]);

const duration = (seconds: number): string =>
  seconds < 120 ? `${figure(seconds, 3)}${SPACE}s` : `${figure(seconds / 60, 2)}${SPACE}minutes`;

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
  const sign = objective?.direction === 'maximise' ? -1 : 1;
  const aim = ({ objectives }: DesignCandidate): number => sign * (objectives[0]?.value ?? Number.POSITIVE_INFINITY);
  // What was made sure of says more than the quick solve before it, also where that had held and this does not.
  const sure = new Set(candidates.filter(({ purpose }) => purpose === 'confirm').map(designOf));
  const ranked = candidates
    .filter(
      (one) => one.number === outcome.best || (one.feasible && (one.purpose === 'confirm' || !sure.has(designOf(one)))),
    )
    .sort((a, b) => aim(a) - aim(b));
  const place = ranked.findIndex(({ number }) => number === outcome.best);
  const shown = ranked.filter((_, index) => index < MOST_ROWS || index === place);
  return html`<div class="together"><h2>How it was found</h2>
<p>${outcome.candidates} designs tried, ${outcome.solves} solves, ${duration(outcome.seconds)}.
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
}</div>
<h3>This design among those that hold, the best first</h3>
<p>By quick solves, where a design was not made sure of.</p>
${table(
  ['Design', 'Concept', 'Material', 'Values', ...brief.objectives.map(({ text }) => text), 'Least margin'],
  shown.map(({ number, concept, material, values, objectives, margin }) => [
    number === outcome.best ? html`<strong>${number}, this one</strong>` : number,
    concept,
    material,
    values.map(({ name, value, unit }) => `${name} ${figure(value)}${unitOf(unit)}`).join(', '),
    ...objectives.map(({ value, unit }) => (value === null ? 'unknown' : `${figure(value)}${unitOf(unit)}`)),
    (margin ?? -1) < 0 ? html`<span class="bad">${percent(margin)}</span>` : percent(margin),
  ]),
)}`;
}
