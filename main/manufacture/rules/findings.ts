/** Rules applied place by place: what fails becomes a finding, and how every rule stands is kept. */
import type {
  FindingSeverity,
  ManufacturingFinding,
  ManufacturingFix,
  Process,
  RuleStanding,
  Vector3,
} from '../../../preload/contract/index.ts';
import type { Shape } from '../geometry/shape.ts';
import type { MaterialClass } from '../material-class.ts';
import { gentlestLimit, limitFor, marginOf, type Rule, rulesOf } from './rule-book.ts';

export interface Place {
  measured: number;
  /** Faces to paint, the guilty one first. */
  faces: readonly number[];
  edges?: readonly number[];
  at_mm: Vector3;
  /** A sentence; it is given both figures with their unit. */
  say(measured: string, limit: string): string;
  /** What would put it right, where the rule is kept without a warning at `to`. */
  fix(to: number): ManufacturingFix[];
}

const ORDER: readonly FindingSeverity[] = ['error', 'warning', 'advice'];
/** Numbers of the kernel that differ by less are the same. */
const SLACK = 1e-6;

export class Findings {
  readonly #material: MaterialClass;
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #found = new Map<string, ManufacturingFinding>();
  readonly #standing = new Map<string, RuleStanding>();

  constructor(process: Process, material: MaterialClass) {
    this.#material = material;
    const rules = rulesOf(process);
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    for (const { id, title } of rules) this.#standing.set(id, { rule: id, title, places: 0, worst: null });
  }

  /** The limit below (or above) which a rule has something to say. */
  limit(id: string): number {
    return gentlestLimit(this.#rule(id), this.#material);
  }

  /** A figure of a rule besides its limit. */
  parameter(id: string, name: string): number {
    const value = this.#rule(id).parameters?.[name];
    if (value === undefined) throw new Error(`rule ${id} has no parameter ${name}`);
    return value;
  }

  apply(id: string, shape: Shape, place: Place): void {
    const rule = this.#rule(id);
    const gentlest = gentlestLimit(rule, this.#material);
    const { measured } = place;
    if (!Number.isFinite(measured)) throw new Error(`${id} was applied to ${measured}`);
    this.#note(rule, shape, place, gentlest);
    const severity = ORDER.find((each) => {
      const limit = limitFor(rule, each, this.#material);
      return limit !== undefined && marginOf(rule, measured, limit) < -SLACK;
    });
    if (!severity) return;
    const limit = limitFor(rule, severity, this.#material)!;
    const faces = [...new Set(place.faces)];
    const { info, body } = shape;
    const finding: ManufacturingFinding = {
      rule: id,
      severity,
      title: rule.title,
      message: place.say(inWords(measured, rule.unit), inWords(gentlest, rule.unit)),
      places: 1,
      body,
      faces,
      edges: [...new Set(place.edges ?? [])],
      names: [...new Set(faces.flatMap((face) => info.faces[face]?.persistentNames ?? []))],
      at_mm: place.at_mm,
      measured,
      limit,
      unit: rule.unit,
      sense: rule.sense,
      margin: marginOf(rule, measured, limit),
      source: rule.source,
      fixes: place.fix(gentlest),
    };
    const key = `${id}|${body}|${[...faces].sort((a, b) => a - b).join()}|${faces.length === 0 ? finding.edges.join() : ''}`;
    const known = this.#found.get(key);
    if (!known || marginOf(rule, known.measured, gentlest) > marginOf(rule, measured, gentlest))
      this.#found.set(key, finding);
  }

  /** The worst first. */
  all(): ManufacturingFinding[] {
    return alikeTogether([...this.#found.values()]).sort(
      (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || a.margin - b.margin || a.body - b.body,
    );
  }
  standings(): RuleStanding[] {
    return [...this.#standing.values()];
  }

  #note(rule: Rule, shape: Shape, { measured, faces }: Place, limit: number): void {
    const standing = this.#standing.get(rule.id)!;
    standing.places++;
    const margin = marginOf(rule, measured, limit);
    if (!standing.worst || margin < standing.worst.margin)
      standing.worst = { measured, limit, unit: rule.unit, margin, body: shape.body, faces: [...new Set(faces)] };
  }

  #rule(id: string): Rule {
    const rule = this.#rules.get(id);
    if (!rule) throw new Error(`there is no rule ${id}`);
    return rule;
  }
}

/** Twelve fins that are too thin are one thing to say. */
function alikeTogether(findings: readonly ManufacturingFinding[]): ManufacturingFinding[] {
  const groups = new Map<string, ManufacturingFinding>();
  for (const finding of findings) {
    const key = [finding.rule, finding.body, finding.severity, finding.message].join('|');
    const known = groups.get(key);
    if (!known) groups.set(key, { ...finding });
    else {
      known.places += 1;
      known.faces = [...new Set([...known.faces, ...finding.faces])];
      known.edges = [...new Set([...known.edges, ...finding.edges])];
      known.names = [...new Set([...known.names, ...finding.names])];
    }
  }
  return [...groups.values()];
}

/** Three figures are what a workshop reads. */
export const figure = (value: number): string => `${Number(value.toPrecision(3))}`;
const inWords = (value: number, unit: Rule['unit']): string =>
  unit === '1' ? figure(value) : `${figure(value)} ${unit === 'deg' ? 'degrees' : unit}`;
