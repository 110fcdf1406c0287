/** Restraints, loads and connections of a study in words, for reports: every value under its own name and unit. */
import type { StudyDefinition } from '../../../preload/contract/studies.ts';
import { figure } from './html.ts';

/** Keys that say who or where, not how much. */
const ADDRESS = new Set(['id', 'name', 'kind', 'on', 'to', 'opposite', 'suppressed', 'curve']);
const UNITS: readonly [suffix: string, unit: string][] = [
  ['_N_mm3', 'N/mm³'],
  ['_N_mm', 'N·mm'],
  ['_mm_s2', 'mm/s²'],
  ['_W_m2K', 'W/(m²·K)'],
  ['_W_m2', 'W/m²'],
  ['_W_m3', 'W/m³'],
  ['_rad_s', 'rad/s'],
  ['_degC', '°C'],
  ['_MPa', 'MPa'],
  ['_rad', 'rad'],
  ['_mm', 'mm'],
  ['_N', 'N'],
  ['_W', 'W'],
];

/** `force_N: [0, 0, -500]` as `force (0, 0, -500) N` */
function valueInWords(key: string, value: unknown): string {
  const [suffix, unit] = UNITS.find(([each]) => key.endsWith(each)) ?? ['', ''];
  // A stiffness of a spring ends like a moment, but is none.
  const shown = key === 'stiffness_N_mm' ? 'N/mm' : unit;
  const name = key
    .slice(0, key.length - suffix.length)
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();
  return `${name} ${numbersInWords(value)}${shown ? ` ${shown}` : ''}`;
}

function numbersInWords(value: unknown): string {
  if (typeof value === 'number') return figure(value, 6);
  if (Array.isArray(value)) return `(${value.map(numbersInWords).join(', ')})`;
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, each]) => valueInWords(key, each))
      .join(', ');
  return String(value);
}

export function conditionRows(study: StudyDefinition): string[][] {
  return [...study.restraints, ...study.loads, ...(study.connections ?? [])]
    .filter(({ suppressed }) => !suppressed)
    .map((item) => [
      item.name,
      item.kind.replaceAll('-', ' '),
      Object.entries(item)
        .filter(([key, value]) => !ADDRESS.has(key) && value !== undefined)
        .map(([key, value]) => valueInWords(key, value))
        .join('; '),
    ]);
}
