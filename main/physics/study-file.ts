/**
 * The study file of the command line: YAML with units, turned into a study. Every key that is not known and every value that
 * cannot be read is an error that names its line: a misspelt load must not be a load left out.
 */
import * as v from 'valibot';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { ArtificerError } from '../../preload/contract/errors.ts';
import type { Reference, TopologyKind } from '../../preload/contract/geometry.ts';
import {
  FIELD_QUANTITIES,
  type FieldQuantity,
  type Load,
  type Material,
  type MeshControl,
  type Probe,
  type Restraint,
} from '../../preload/contract/studies.ts';
import { type Dimension, parseSelector, parseQuantity as parseUnit } from '../document/index.ts';
import type { PrimitiveSpecification } from '../kernel/port.ts';
import { materialByName } from './materials.ts';
import { PrimitivesSchema } from './primitives.ts';
import type { StaticStudy } from './types.ts';
import type { Vec3 } from './vector.ts';

export type StudyGeometry =
  /** A CAD file, relative to the study file. */
  | { kind: 'file'; path: string }
  | { kind: 'project'; path: string; part?: string }
  | { kind: 'primitives'; specifications: PrimitiveSpecification[] };

export interface ParsedStudy {
  name: string;
  geometry: StudyGeometry;
  type: 'static';
  material: Material;
  study: StaticStudy;
  /** Refine until the quantities of interest change by less than this, percent. */
  accuracyGoal_percent?: number;
}

export interface ParseStudyOptions {
  /** Keys that the caller reads itself (verification files have targets). */
  extraKeys?: readonly string[];
}

/** @throws ArtificerError `study-file.*` naming the line; what a material or unit is refused for keeps its own code */
export function parseStudyFile(text: string, options: ParseStudyOptions = {}): ParsedStudy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const problem = document.errors[0];
  if (problem)
    throw refuse(
      'syntax',
      lines.linePos(problem.pos[0]).line,
      problem.message.split('\n')[0]!.replace(/ at line.*/, ''),
    );
  if (!isMap(document.contents)) throw refuse('syntax', 1, 'a study file is a list of keys and values');
  return readStudy(new Entry(document.contents, { lines, document }, 'the study'), options);
}

function refuse(code: string, line: number, message: string, hint?: string): ArtificerError {
  return new ArtificerError({
    code: `study-file.${code}`,
    category: 'refused',
    message: `Line ${line}: ${message}.`,
    ...(hint ? { hint } : {}),
    details: { line },
  });
}

interface StudyText {
  lines: LineCounter;
  document: Document;
}

/** One map of the file, which knows its line and what it is called, and lets no key go unread. */
class Entry {
  readonly #map: YAMLMap;
  readonly #file: StudyText;
  readonly #what: string;

  constructor(map: YAMLMap, file: StudyText, what: string) {
    this.#map = map;
    this.#file = file;
    this.#what = what;
  }

  lineOf(node: unknown): number {
    const range = (node as Node | null)?.range ?? this.#map.range;
    return range ? this.#file.lines.linePos(range[0]).line : 1;
  }

  fail(node: unknown, message: string, hint?: string): ArtificerError {
    return refuse('value', this.lineOf(node), message, hint);
  }

  keys(): string[] {
    return this.#map.items.map((item) => String((item.key as { value?: unknown }).value));
  }

  /** Refuses keys that nothing here reads. */
  only(known: readonly string[]): void {
    for (const item of this.#map.items) {
      const key = String((item.key as { value?: unknown }).value);
      if (known.includes(key)) continue;
      throw refuse(
        'unknown-key',
        this.lineOf(item.key),
        `"${key}" is not a key of ${this.#what}`,
        `It may have ${known.join(', ')}.`,
      );
    }
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  node(key: string): Node {
    const node = this.#map.get(key, true) as Node | undefined;
    if (node === undefined || node === null)
      throw refuse('missing-key', this.lineOf(this.#map), `${this.#what} needs "${key}"`);
    return node;
  }

  text(key: string): string {
    const node = this.node(key);
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value);
    throw this.fail(node, `"${key}" must be text`);
  }

  /** What is under a key as plain data, with references to other places followed. */
  plain(key: string): unknown {
    return this.node(key).toJS(this.#file.document);
  }

  /** A key that is only there to be true. */
  yes(key: string): void {
    const node = this.node(key);
    if (!isScalar(node) || node.value !== true) throw this.fail(node, `"${key}" can only be true`);
  }

  choice<T extends string>(key: string, choices: readonly T[]): T {
    const value = this.text(key);
    const found = choices.find((choice) => choice === value);
    if (found) return found;
    throw this.fail(this.node(key), `"${key}" is "${value}"`, `It may be ${choices.join(', ')}.`);
  }

  /** A number with or without a unit, in the base unit of its kind. */
  quantity(key: string, dimension: Dimension): number {
    return this.#quantityOf(this.node(key), key, dimension);
  }

  vector(key: string, dimension: Dimension): Vec3 {
    const node = this.node(key);
    if (!isSeq(node) || node.items.length !== 3)
      throw this.fail(node, `"${key}" must be three numbers, like [0, 0, -500]`);
    return node.items.map((item) => this.#quantityOf(item, key, dimension)) as Vec3;
  }

  #quantityOf(node: unknown, key: string, dimension: Dimension): number {
    if (isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')) {
      try {
        const value = parseUnit(node.value, dimension);
        if (Number.isFinite(value)) return value;
      } catch (error) {
        if (!(error instanceof ArtificerError)) throw error;
        throw refuse('value', this.lineOf(node), `"${key}": ${error.message.replace(/\.$/, '')}`, error.data.hint);
      }
    }
    throw this.fail(node, `"${key}" must be a number, with a unit if need be`);
  }

  list(key: string): Entry[] {
    if (!this.has(key)) return [];
    const node = this.node(key);
    if (!isSeq(node)) throw this.fail(node, `"${key}" must be a list`);
    return node.items.map((item) => {
      if (!isMap(item)) throw this.fail(item, `each of "${key}" must be keys and values`);
      return new Entry(item, this.#file, `an entry of ${key}`);
    });
  }

  /** The map under a key. */
  map(key: string): Entry {
    const node = this.node(key);
    if (!isMap(node)) throw this.fail(node, `"${key}" must be keys and values`);
    return new Entry(node, this.#file, `"${key}"`);
  }

  /** Axis letters: `[x, y]` or `xy` or `all`. */
  axes(key: string): ('x' | 'y' | 'z')[] {
    const node = this.node(key);
    const items = isSeq(node)
      ? node.items.map((item) => String((item as { value?: unknown }).value))
      : [this.text(key)];
    if (items.length === 1 && items[0] === 'all') return ['x', 'y', 'z'];
    const letters = items.flatMap((item) => [...item]);
    if (letters.length === 0 || letters.some((letter) => !['x', 'y', 'z'].includes(letter)))
      throw this.fail(node, `"${key}" must name axes, like [x, y, z]`);
    return letters as ('x' | 'y' | 'z')[];
  }

  on(): Reference[] {
    const node = this.node('on');
    const items = isSeq(node) ? node.items : [node];
    return items.map((item) => {
      if (!isScalar(item) || typeof item.value !== 'string' || item.value.trim() === '')
        throw this.fail(item, '"on" must be a selector, like "faces >Z"');
      // A persistent name: `face Base/end`. What its step is called only the part knows.
      const named = /^(face|edge|vertex|body)\s+(.*\S)\s*$/s.exec(item.value);
      if (named) return { by: 'name', kind: named[1] as TopologyKind, name: named[2]! };
      try {
        parseSelector(item.value);
      } catch (error) {
        if (!(error instanceof ArtificerError)) throw error;
        throw refuse('selector', this.lineOf(item), error.message.replace(/\.$/, ''), error.data.hint);
      }
      return { by: 'selector', selector: item.value };
    });
  }
}

const STUDY_KEYS = [
  'name',
  'geometry',
  'project',
  'part',
  'primitives',
  'type',
  'material',
  'mesh',
  'restraints',
  'loads',
  'probes',
];

function readStudy(entry: Entry, options: ParseStudyOptions): ParsedStudy {
  entry.only([...STUDY_KEYS, ...(options.extraKeys ?? [])]);
  if (entry.has('type')) {
    const type = entry.text('type');
    if (type !== 'static')
      throw entry.fail(entry.node('type'), `studies of type "${type}" cannot be solved yet`, 'Use type: static.');
  }
  const { mesh, goal } = readMesh(entry);
  const restraints = entry.list('restraints').map(readRestraint);
  const loads = entry.list('loads').map(readLoad);
  return {
    name: entry.has('name') ? entry.text('name') : 'Study',
    geometry: readGeometry(entry),
    type: 'static',
    material: readMaterial(entry),
    study: { restraints, loads, mesh, probes: entry.list('probes').map(readProbe) },
    ...(goal === undefined ? {} : { accuracyGoal_percent: goal }),
  };
}

function readGeometry(entry: Entry): StudyGeometry {
  const given = ['geometry', 'project', 'primitives'].filter((key) => entry.has(key));
  if (given.length !== 1)
    throw entry.fail(
      null,
      given.length === 0 ? 'the study names no geometry' : `the study has ${given.join(' and ')}: one is enough`,
      'Give geometry: FILE, or project: FILE with part: NAME.',
    );
  if (given[0] === 'geometry') {
    const path = entry.text('geometry');
    if (/\.artificer$/i.test(path))
      return { kind: 'project', path, ...(entry.has('part') ? { part: entry.text('part') } : {}) };
    return { kind: 'file', path };
  }
  if (given[0] === 'project')
    return {
      kind: 'project',
      path: entry.text('project'),
      ...(entry.has('part') ? { part: entry.text('part') } : {}),
    };
  const node = entry.node('primitives');
  const parsed = v.safeParse(PrimitivesSchema, entry.plain('primitives'));
  if (parsed.success) return { kind: 'primitives', specifications: parsed.output };
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue) ?? '';
  throw entry.fail(node, `"primitives" cannot be read at ${path || 'its top'}: ${issue.message}`);
}

function readMaterial(entry: Entry): Material {
  if (!entry.has('material'))
    throw entry.fail(null, 'the study has no material', 'Give material: NAME from the library, or its properties.');
  const node = entry.node('material');
  if (!isMap(node)) {
    try {
      return materialByName(entry.text('material'));
    } catch (error) {
      if (!(error instanceof ArtificerError)) throw error;
      throw refuse('material', entry.lineOf(node), error.message.replace(/\.$/, ''), error.data.hint);
    }
  }
  const inline = entry.map('material');
  inline.only(['name', ...Object.keys(PROPERTIES)]);
  const properties: Record<string, number> = { density_kg_m3: 0 };
  for (const [key, [name, dimension]] of Object.entries(PROPERTIES))
    if (inline.has(key)) properties[name] = inline.quantity(key, dimension);
  const young = inline.quantity('young', 'stress');
  const poisson = inline.quantity('poisson', 'number');
  if (!(young > 0)) throw inline.fail(inline.node('young'), '"young" must be positive');
  if (!(poisson > -1 && poisson < 0.5))
    throw inline.fail(inline.node('poisson'), '"poisson" must lie between -1 and 0.5');
  return {
    name: inline.has('name') ? inline.text('name') : 'Inline material',
    category: 'Inline',
    source: 'study file',
    properties: { ...(properties as unknown as Material['properties']), young_MPa: young, poisson },
  };
}

const PROPERTIES: Record<string, [keyof Material['properties'], Dimension]> = {
  young: ['young_MPa', 'stress'],
  poisson: ['poisson', 'number'],
  density: ['density_kg_m3', 'density'],
  yield: ['yield_MPa', 'stress'],
  ultimate: ['ultimate_MPa', 'stress'],
  compressive: ['compressive_MPa', 'stress'],
  expansion: ['thermalExpansion_1_K', 'expansion'],
  conductivity: ['conductivity_W_mK', 'conductivity'],
  specific_heat: ['specificHeat_J_kgK', 'specificHeat'],
};

const PRESET_NAMES = ['draft', 'default', 'fine'] as const;

function readMesh(entry: Entry): { mesh: MeshControl; goal?: number } {
  const mesh: MeshControl = { order: 2, accuracy: 'default', refinements: [] };
  if (!entry.has('mesh')) return { mesh };
  const map = entry.map('mesh');
  map.only(['size', 'order', 'accuracy', 'refine']);
  if (map.has('size')) mesh.size_mm = positive(map, 'size', 'length');
  if (map.has('order')) mesh.order = Number(map.choice('order', ['1', '2'])) as 1 | 2;
  mesh.refinements = map.list('refine').map((one, index) => {
    one.only(['on', 'size']);
    return { id: `refine-${index + 1}`, on: one.on(), size_mm: positive(one, 'size', 'length') };
  });
  if (!map.has('accuracy')) return { mesh };
  const accuracy = map.text('accuracy');
  const percent = /^\s*([\d.]+)\s*%\s*$/.exec(accuracy);
  if (percent && Number(percent[1]) > 0) return { mesh, goal: Number(percent[1]) };
  mesh.accuracy = map.choice('accuracy', PRESET_NAMES);
  return { mesh };
}

function positive(entry: Entry, key: string, dimension: Dimension): number {
  const value = entry.quantity(key, dimension);
  if (value > 0) return value;
  throw entry.fail(entry.node(key), `"${key}" must be more than nothing`);
}

/** The keys of which an entry must have exactly one. */
function kindOf<T extends string>(entry: Entry, kinds: readonly T[], also: readonly string[]): T {
  entry.only([...kinds, ...also]);
  const given = kinds.filter((kind) => entry.has(kind));
  if (given.length === 1) return given[0]!;
  throw entry.fail(
    null,
    given.length === 0 ? `this says where, but not what` : `this is ${given.join(' and ')} at once`,
    `Give one of ${kinds.join(', ')}.`,
  );
}

function readRestraint(entry: Entry, index: number): Restraint {
  const kind = kindOf(entry, ['fix', 'displace', 'symmetry', 'support'], ['on', 'name']);
  const base = {
    id: `restraint-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `restraint ${index + 1}`,
    on: entry.on(),
  };
  if (kind === 'symmetry') {
    entry.yes('symmetry');
    return { ...base, kind: 'symmetry' };
  }
  if (kind === 'support') {
    const map = entry.map('support');
    map.only(['normal', 'tangential']);
    return {
      ...base,
      kind: 'elastic-support',
      normal_N_mm3: map.has('normal') ? map.quantity('normal', 'foundationStiffness') : 0,
      tangential_N_mm3: map.has('tangential') ? map.quantity('tangential', 'foundationStiffness') : 0,
    };
  }
  if (kind === 'displace') {
    const map = entry.map('displace');
    map.only(['x', 'y', 'z']);
    const values: { x_mm?: number; y_mm?: number; z_mm?: number } = {};
    for (const axis of ['x', 'y', 'z'] as const) if (map.has(axis)) values[`${axis}_mm`] = map.quantity(axis, 'length');
    return { ...base, kind: 'displacement', ...values };
  }
  const axes = entry.axes('fix');
  if (axes.length === 3) return { ...base, kind: 'fixed' };
  return { ...base, kind: 'displacement', ...Object.fromEntries(axes.map((axis) => [`${axis}_mm`, 0])) };
}

function readLoad(entry: Entry, index: number): Load {
  const kind = kindOf(
    entry,
    ['force', 'pressure', 'traction', 'moment', 'bearing', 'remote_force', 'gravity', 'acceleration'],
    ['on', 'name', 'at', 'with_moment'],
  );
  const base = {
    id: `load-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `load ${index + 1}`,
  };
  const remote = kind === 'remote_force';
  for (const key of ['at', 'with_moment'])
    if (entry.has(key) && !remote) throw entry.fail(entry.node(key), `"${key}" belongs to a remote_force`);
  if (kind === 'gravity' || kind === 'acceleration') {
    if (entry.has('on')) throw entry.fail(entry.node('on'), `${kind} acts on everything: it takes no "on"`);
    return { ...base, kind, acceleration_mm_s2: entry.vector(kind, 'acceleration') };
  }
  const on = entry.on();
  switch (kind) {
    case 'force':
      return { ...base, on, kind, force_N: entry.vector(kind, 'force') };
    case 'bearing':
      return { ...base, on, kind, force_N: entry.vector(kind, 'force') };
    case 'pressure':
      return { ...base, on, kind, pressure_MPa: entry.quantity(kind, 'stress') };
    case 'traction':
      return { ...base, on, kind, traction_MPa: entry.vector(kind, 'stress') };
    case 'moment':
      return { ...base, on, kind, moment_N_mm: entry.vector(kind, 'moment') };
    case 'remote_force':
      return {
        ...base,
        on,
        kind: 'remote-force',
        force_N: entry.vector(kind, 'force'),
        point_mm: entry.vector('at', 'length'),
        ...(entry.has('with_moment') ? { moment_N_mm: entry.vector('with_moment', 'moment') } : {}),
      };
  }
}

function readProbe(entry: Entry, index: number): Probe {
  entry.only(['name', 'at', 'quantity']);
  const quantity = entry.has('quantity') ? { quantity: entry.choice<FieldQuantity>('quantity', FIELD_QUANTITIES) } : {};
  return {
    id: `probe-${index + 1}`,
    name: entry.has('name') ? entry.text('name') : `probe ${index + 1}`,
    at_mm: entry.vector('at', 'length'),
    ...quantity,
  };
}
