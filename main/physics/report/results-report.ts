/** The report of one result: what was asked, the answer, how far it can be trusted, and where it came from. */
import type { Vector3 } from '../../../preload/contract/geometry.ts';
import { isSingularPlace } from '../../../preload/contract/singular-places.ts';
import type {
  FieldQuantity,
  Material,
  ResultFrame,
  ResultSummary,
  StudyDefinition,
} from '../../../preload/contract/studies.ts';
import { unitOf } from '../results/quantities.ts';
import { chart } from './chart.ts';
import { gradientCss } from './colours.ts';
import { conditionRows } from './conditions.ts';
import { figure, type Html, html, page, picture, table } from './html.ts';
import { drawPicture } from './picture.ts';

export interface ReportInput {
  name: string;
  part: string;
  study: StudyDefinition;
  bodies: { name: string; material: Material | null }[];
  summary: ResultSummary;
  /** The fields bundle; without it the report has no pictures. */
  fields?: Uint8Array;
}

/** Frames that are drawn; the numbers of all are in the table. */
const MOST_PICTURES = 12;

const QUANTITY_WORDS: Partial<Record<FieldQuantity, string>> = {
  von_mises: 'von Mises stress',
  'displacement.magnitude': 'displacement',
  temperature: 'temperature',
  'heat_flux.magnitude': 'heat flux',
};
const TYPE_WORDS: Record<string, string> = {
  static: 'Static study',
  modal: 'Natural frequencies',
  harmonic: 'Harmonic response',
  buckling: 'Linear buckling',
  thermal: 'Steady heat',
  'transient-thermal': 'Transient heat',
  'thermal-stress': 'Thermal stress',
};

/** @returns a page of its own in UTF-8 */
export function resultsReport(input: ReportInput): string {
  const { summary, study } = input;
  const body = html`
<h1>${input.name}</h1>
<p class="lead">${TYPE_WORDS[summary.type ?? 'static'] ?? summary.type} of ${input.part}. Solved by ${summary.solver},
${new Date(summary.createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.</p>
${summary.warnings.map(({ message }) => html`<p class="warning">${message}</p>`)}
<h2>Answer</h2>
${answer(summary)}
${pictures(input)}
${(summary.curves ?? []).map((curve) => html`<h2>${curve.name}</h2><figure>${chart(curve)}</figure>`)}
${frames(summary)}
${bodies(summary)}
<h2>What was asked</h2>
${table(['What', 'Kind', 'Values'], conditionRows(study))}
<h2>Materials</h2>
${table(
  ['Body', 'Material', 'E [MPa]', 'ν', 'Density [kg/m³]', 'Strength [MPa]', 'Source of figures'],
  input.bodies.map(({ name, material }) => [
    name,
    material?.name ?? 'none',
    material?.properties.orthotropic ? 'orthotropic' : figure(material?.properties.young_MPa),
    material?.properties.orthotropic ? 'orthotropic' : figure(material?.properties.poisson),
    figure(material?.properties.density_kg_m3),
    figure(material?.properties.yield_MPa ?? material?.properties.ultimate_MPa),
    material?.source ?? '',
  ]),
)}
<h2>How far it can be trusted</h2>
${trust(summary)}
${reactions(summary)}
<h2>Where it came from</h2>
${table(
  ['', ''],
  [
    ['Input hash', summary.inputHash],
    [
      'Method',
      `${summary.method}, ${summary.iterations} iterations, relative residual ${summary.relativeResidual.toExponential(1)}`,
    ],
    [
      'Mesh',
      `${summary.mesh.elements} second-order tetrahedra, ${summary.mesh.nodes} nodes, ${summary.mesh.dof} unknowns, element size ${figure(summary.mesh.size_mm, 3)} mm`,
    ],
    [
      'Worst element',
      `scaled Jacobian ${figure(summary.mesh.min_quality, 3)}; ${summary.mesh.straightened} straightened`,
    ],
    ['Mass', `${figure(summary.mass_kg)} kg`],
    [
      'Time',
      `${figure(summary.seconds.total, 3)} s (mesh ${figure(summary.seconds.mesh, 3)} s, solve ${figure(summary.seconds.solve, 3)} s)`,
    ],
  ],
)}`;
  return page(`${input.name}: report`, body);
}

/** Said after a number that is no property of the part. */
const doubt = (summary: ResultSummary, at_mm: Vector3): string =>
  isSingularPlace(summary, at_mm) ? ' on this mesh; not to be believed: at a singular place it grows without end' : '';

function answer(summary: ResultSummary): Html {
  const rows: (string | Html)[][] = [];
  for (const quantity of ['von_mises', 'displacement.magnitude', 'temperature', 'heat_flux.magnitude'] as const) {
    const extreme = summary.extremes[quantity];
    if (!extreme || summary.type === 'modal' || summary.type === 'buckling') continue;
    rows.push([
      `Largest ${QUANTITY_WORDS[quantity]}`,
      `${figure(extreme.max.value)} ${extreme.max.unit}${quantity === 'von_mises' ? doubt(summary, extreme.max.at_mm) : ''}`,
      `at (${extreme.max.at_mm.map((value) => figure(value)).join(', ')}) mm`,
    ]);
  }
  const factor = summary.minimumSafetyFactor;
  if (factor) rows.push(['Least safety factor', figure(factor.value, 3) + doubt(summary, factor.at_mm), factor.basis]);
  for (const probe of summary.probes) rows.push([probe.name, `${figure(probe.value)} ${probe.unit}`, probe.quantity]);
  for (const [index, { factor: value }] of (summary.bucklingFactors ?? []).entries())
    rows.push([`Buckling factor ${index + 1}`, figure(value), 'times the loads of the study']);
  return html`${table(['Quantity', 'Value', 'Where, or on what basis'], rows)}${
    summary.modes &&
    table(
      ['Mode', 'Frequency [Hz]', 'Error estimate [%]', 'Effective mass x, y, z [kg]'],
      summary.modes.map((mode, index) => [
        index + 1,
        mode.rigid ? html`${figure(mode.frequency_Hz)} <small>rigid</small>` : figure(mode.frequency_Hz, 5),
        figure(mode.error_percent, 2),
        mode.effectiveMass_kg.map((value) => figure(value, 3)).join(', '),
      ]),
    )
  }`;
}

function pictures({ summary, fields }: ReportInput): Html {
  if (!fields) return html``;
  const shape = summary.type === 'modal' || summary.type === 'buckling';
  const quantity: FieldQuantity =
    summary.extremes['temperature'] && !summary.extremes['von_mises']
      ? 'temperature'
      : shape || !summary.extremes['von_mises']
        ? 'displacement.magnitude'
        : 'von_mises';
  const list: Pick<ResultFrame, 'name'>[] = summary.frames ?? [{ name: '' }];
  // The first ones, or evenly spread ones where they are moments of one history.
  const moving =
    list.length > MOST_PICTURES && summary.frames?.some(({ kind }) => kind === 'time' || kind === 'load-step');
  const places = Array.from({ length: Math.min(MOST_PICTURES, list.length) }, (_, i) =>
    moving ? Math.round((i * (list.length - 1)) / (MOST_PICTURES - 1)) : i,
  );
  return html`<div class="pictures">${places.map((frame) => {
    const drawn = drawPicture({ fields, frame, quantity });
    const name = list[frame]!.name;
    const words = `${name ? `${name}: ` : ''}${QUANTITY_WORDS[quantity]}`;
    const scale = drawn.deformationScale ? `deformation × ${figure(drawn.deformationScale, 3)}` : 'not deformed';
    return html`<figure>${picture(drawn.png, words)}
<div class="scale" style="background:${gradientCss()}"></div>
<div class="ends"><span>${figure(drawn.range[0])}</span><span>${shape ? 'relative' : unitOf(quantity)}</span><span>${figure(drawn.range[1])}</span></div>
<figcaption>${words}; ${scale}</figcaption></figure>`;
  })}</div>`;
}

function frames(summary: ResultSummary): Html {
  if (!summary.frames || summary.frames.length < 2 || summary.modes) return html``;
  return html`<h2>Frames</h2>${table(
    [
      'Frame',
      'Value',
      'Largest von Mises [MPa]',
      'Largest displacement [mm]',
      'Highest temperature [degC]',
      'Least safety factor',
    ],
    summary.frames.map((frame) => [
      frame.name,
      frame.value === undefined ? '' : `${figure(frame.value)} ${frame.unit === '-' ? '' : (frame.unit ?? '')}`,
      figure(frame.extremes['von_mises']?.max.value),
      figure(frame.extremes['displacement.magnitude']?.max.value),
      figure(frame.extremes['temperature']?.max.value),
      figure(frame.minimumSafetyFactor?.value, 3),
    ]),
  )}`;
}

/** Which body bears what, in the first frame; of a mode there is no such number. */
function bodies({ bodies: all = [], modes }: ResultSummary): Html {
  if (all.length < 2 || modes) return html``;
  return html`<h2>Bodies</h2>${table(
    ['Body', 'Largest von Mises [MPa]', 'Largest displacement [mm]', 'Highest temperature [degC]'],
    all.map(({ name, maxima }) => [
      name,
      figure(maxima['von_mises']?.value),
      figure(maxima['displacement.magnitude']?.value),
      figure(maxima['temperature']?.value),
    ]),
  )}`;
}

function trust(summary: ResultSummary): Html {
  const error = summary.discretisation_error;
  const peak = summary.extremes['von_mises']?.max;
  const rows: string[][] = [
    ['Discretisation error, energy norm', `${figure(error.energy_percent, 2)} %`],
    [
      'Discretisation error of the largest stress',
      peak && isSingularPlace(summary, peak.at_mm)
        ? 'none to state: the stress has no limit'
        : `${figure(error.peak_stress_percent, 2)} %`,
    ],
  ];
  if (error.peak_flux_percent !== undefined)
    rows.push(['Discretisation error of the largest heat flux', `${figure(error.peak_flux_percent, 2)} %`]);
  if (summary.equilibrium_error !== undefined)
    rows.push(['Forces out of balance', `${summary.equilibrium_error.toExponential(1)} of the loads`]);
  if (summary.heat) rows.push(['Heat out of balance', `${summary.heat.balance_error.toExponential(1)} of the heat`]);
  for (const singular of summary.singularities) rows.push(['Stress that grows with the mesh', singular.reason]);
  return html`${table(['What', 'Estimate'], rows)}${
    summary.convergence &&
    table(
      ['Unknowns', 'Element size [mm]', ...Object.keys(summary.convergence[0]?.values ?? {}), 'Change [%]'],
      summary.convergence.map((step) => [
        step.dof,
        figure(step.size_mm, 3),
        ...Object.values(step.values).map((value) => figure(value)),
        step.change_percent === null ? '' : figure(step.change_percent, 2),
      ]),
    )
  }`;
}

function reactions(summary: ResultSummary): Html {
  const vector = (force: readonly number[] | undefined): string[] =>
    force ? force.map((value) => figure(value, 5)) : ['', '', ''];
  const rows: string[][] = [];
  if (summary.applied_N) rows.push(['Applied', ...vector(summary.applied_N)]);
  for (const one of summary.reactions_N?.byRestraint ?? []) rows.push([one.name, ...vector(one.force_N)]);
  for (const one of summary.connections ?? []) if (one.force_N) rows.push([one.name, ...vector(one.force_N)]);
  return html`${rows.length > 0 && html`<h2>Forces</h2>${table(['At', 'X [N]', 'Y [N]', 'Z [N]'], rows)}`}${
    summary.heat &&
    html`<h2>Heat</h2>${table(
      ['Through', 'Inflow [W]'],
      [
        ...summary.heat.inflow_W.map(({ name, power_W }) => [name, figure(power_W)]),
        ['stored', figure(summary.heat.stored_W)],
      ],
    )}`
  }`;
}
