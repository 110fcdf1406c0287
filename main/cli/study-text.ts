/** What `artificer solve` says of a result to people. */
import { isSingularPlace, type ResultSummary } from '../../preload/contract/index.ts';

/** Of shapes without an amplitude neither a length nor a stress is said: any number of them would be one to believe. */
const SHAPES = new Set<ResultSummary['type']>(['modal', 'buckling']);
const QUANTITIES = [
  'displacement.magnitude',
  'von_mises',
  'principal.1',
  'principal.3',
  'temperature',
  'heat_flux.magnitude',
];

export function textOf(name: string, summary: ResultSummary, settled: boolean): string {
  const { mesh, seconds } = summary;
  const lines = [
    `${name}: ${mesh.elements} elements, ${mesh.dof} degrees of freedom, ${summary.method}, residual ${summary.relativeResidual.toExponential(1)}`,
    ...(SHAPES.has(summary.type) ? [] : extremeLines(summary)),
    ...modeLines(summary),
    ...bucklingLines(summary),
    ...caseLines(summary),
    ...heatLines(summary),
  ];
  for (const probe of summary.probes)
    lines.push(`  ${probe.name} (${probe.quantity})  ${probe.value.toPrecision(5)} ${probe.unit}`);
  if (summary.minimumSafetyFactor)
    lines.push(
      `  safety factor ${summary.minimumSafetyFactor.value.toPrecision(3)} on ${summary.minimumSafetyFactor.basis}${doubt(summary, summary.minimumSafetyFactor.at_mm)}`,
    );
  lines.push(
    errorLine(summary),
    `  mesh ${seconds.mesh.toFixed(1)} s, assemble ${seconds.assemble.toFixed(1)} s, solve ${seconds.solve.toFixed(1)} s, recover ${seconds.recover.toFixed(1)} s`,
  );
  if (!settled) lines.push('  warning: the quantities of interest did not settle to the asked accuracy');
  for (const warning of summary.warnings) lines.push(`  warning: ${warning.message}`);
  return lines.join('\n');
}

const extremeLines = (summary: ResultSummary): string[] =>
  QUANTITIES.flatMap((quantity) => {
    const extreme = summary.extremes[quantity];
    if (!extreme) return [];
    const { min, max } = extreme;
    const believed = quantity.startsWith('displacement') ? '' : doubt(summary, max.at_mm);
    return [`  ${quantity.padEnd(24)} ${short(min.value)} to ${short(max.value)} ${max.unit}${believed}`];
  });

/** Four digits, and no power of ten where none is needed. */
const short = (value: number): string => String(Number(value.toPrecision(4)));
const percent = (value: number | undefined): string =>
  value === undefined ? '' : `, estimated ${Number(value.toPrecision(2))} % too high`;

const modeLines = ({ modes = [] }: ResultSummary): string[] =>
  modes.map(({ frequency_Hz, cumulativeMass_percent, rigid, error_percent }, index) => {
    if (rigid) return `  mode ${index + 1}: moves as a rigid body`;
    const moved = cumulativeMass_percent
      ? `; moved up to here: ${cumulativeMass_percent.map((share, axis) => `${share.toFixed(0)} % along ${'xyz'[axis]}`).join(', ')}`
      : '';
    return `  mode ${index + 1}: ${frequency_Hz.toPrecision(5)} Hz${percent(error_percent)}${moved}`;
  });

const bucklingLines = ({ bucklingFactors = [] }: ResultSummary): string[] =>
  bucklingFactors.map(
    ({ factor, error_percent }, index) =>
      `  buckling factor ${index + 1}: ${factor.toPrecision(5)}${percent(error_percent)}${factor < 0 ? ' (loads the other way round)' : ''}`,
  );

/** Load cases and their combinations, each with its largest values. */
const caseLines = ({ frames = [] }: ResultSummary): string[] =>
  frames
    .filter(({ kind }) => kind === 'case' || kind === 'combination')
    .map(({ name, extremes }) => {
      const largest = ['displacement.magnitude', 'von_mises'].flatMap((quantity) => {
        const max = extremes[quantity]?.max;
        return max ? [`${quantity} up to ${short(max.value)} ${max.unit}`] : [];
      });
      return `  ${name}: ${largest.join(', ')}`;
    });

const heatLines = ({ heat }: ResultSummary): string[] =>
  (heat?.inflow_W ?? []).map(({ name, power_W }) => `  heat in through ${name}: ${short(power_W)} W`);

/** Said after a number that is no property of the part. */
const doubt = (summary: ResultSummary, at_mm: [number, number, number]): string =>
  isSingularPlace(summary, at_mm) ? ' (do not believe it: at a singular place, another on another mesh)' : '';

function errorLine(summary: ResultSummary): string {
  const { energy_percent, peak_flux_percent } = summary.discretisation_error;
  const energy = `  estimated error ${energy_percent.toPrecision(2)} % (energy)`;
  if (peak_flux_percent !== undefined) return `${energy}, ${peak_flux_percent.toPrecision(2)} % (peak heat flux)`;
  if (SHAPES.has(summary.type)) return energy;
  return `${energy}, ${peakError(summary)} (peak stress); equilibrium ${summary.equilibrium_error?.toExponential(1) ?? '-'}`;
}

/** Stress without a limit has no error either. */
function peakError({ extremes, ...summary }: ResultSummary): string {
  const peak = extremes['von_mises']?.max;
  if (peak && isSingularPlace({ extremes, ...summary }, peak.at_mm)) return 'none to state';
  return `${summary.discretisation_error.peak_stress_percent.toPrecision(2)} %`;
}
