/**
 * FreeCAD's solver (planegcs, LGPL, used unmodified as a WebAssembly module) as a second opinion: another method on another
 * formulation. Speaks to its system directly; what it has no words for (splines) it is not asked.
 */
import { Algorithm, Constraint_Alignment, DebugMode, type init_planegcs_module } from '@salusoft89/planegcs';
import { Contacts } from '../equations/contacts.ts';
import { add, angleOf, distance, scale, subtract, unit } from '../model/vector.ts';
import { isAxis, SketchView, withPositions, X_AXIS } from '../model/view.ts';
import type { Constraint, Entity, Position, SolvableSketch } from '../types.ts';

type PlanegcsModule = Awaited<ReturnType<typeof init_planegcs_module>>;
type System = InstanceType<PlanegcsModule['GcsSystem']>;

export interface PlanegcsAnswer {
  entities: Entity[];
  converged: boolean;
  degreesOfFreedom: number;
  conflicting: string[];
  redundant: string[];
}

const DRIVING = true;
const SCALE = 1;
/** Tag of what holds of geometry itself, beyond those of constraints. Negative ones would mean temporary constraints. */
const OWN = 1_000_000;

/** Null for a sketch that planegcs has no words for. */
export function solveByPlanegcs(module: PlanegcsModule, sketch: SolvableSketch): PlanegcsAnswer | null {
  const view = new SketchView(sketch.entities);
  const system = new module.GcsSystem();
  try {
    return new Translation(system, view, sketch.constraints).solve();
  } finally {
    system.clear_data();
    system.delete();
  }
}

class Unspeakable extends Error {}

class Translation {
  readonly #system: System;
  readonly #view: SketchView;
  readonly #constraints: readonly Constraint[];
  readonly #contacts: Contacts;
  readonly #points = new Map<string, number>();
  /** Radius of a circle or arc, minor radius of an ellipse. */
  readonly #radii = new Map<string, number>();
  readonly #angles = new Map<string, number>();
  readonly #foci = new Map<string, number>();
  readonly #axes: number;
  readonly #garbage: { delete(): void }[] = [];

  constructor(system: System, view: SketchView, constraints: readonly Constraint[]) {
    this.#system = system;
    // It would write to the console otherwise.
    system.set_debug_mode(DebugMode.NoDebug);
    this.#view = view;
    this.#constraints = constraints;
    this.#contacts = new Contacts(view, constraints);
    this.#axes = this.#push(0, true);
    for (const value of [0, 1, 0, 0, 1]) this.#push(value, true);
    const fixed = view.fixedIds();
    for (const entity of view.entities) if (entity.kind === 'point') this.#pushPoint(entity.id, fixed.has(entity.id));
    for (const entity of view.entities) this.#pushCurve(entity, fixed.has(entity.id));
  }

  #push(value: number, fixed: boolean): number {
    const index = this.#system.params_size();
    this.#system.push_p_param(value, fixed);
    return index;
  }

  #pushPoint(id: string, fixed: boolean): void {
    const [x, y] = this.#view.point(id);
    this.#points.set(id, this.#push(x, fixed));
    this.#push(y, fixed);
  }

  #pushCurve(entity: Entity, fixed: boolean): void {
    if (entity.kind === 'circle') this.#radii.set(entity.id, this.#push(entity.radius_mm, fixed));
    else if (entity.kind === 'arc') {
      const { centre, radius } = this.#view.round(entity.id);
      const from = angleOf(subtract(this.#view.point(entity.start), centre));
      const to = angleOf(subtract(this.#view.point(entity.end), centre));
      this.#angles.set(entity.id, this.#push(from, fixed));
      this.#push(to < from ? to + 2 * Math.PI : to, fixed);
      this.#radii.set(entity.id, this.#push(radius, fixed));
      if (!fixed) this.#add('arc_rules', this.#arc(entity.id), OWN);
    } else if (entity.kind === 'ellipse') {
      const [centre, major] = [this.#view.point(entity.centre), this.#view.point(entity.major)];
      const [a, b] = [distance(centre, major), entity.minorRadius_mm];
      // Its foci lie on the major axis: an ellipse that is wider across it has no place here.
      if (b > a) throw new Unspeakable();
      const focus = add(centre, scale(unit(subtract(major, centre)), Math.sqrt(a * a - b * b)));
      this.#foci.set(entity.id, this.#push(focus[0], fixed));
      this.#push(focus[1], fixed);
      this.#radii.set(entity.id, this.#push(b, fixed));
      if (fixed) return;
      for (const alignment of [0, 1])
        this.#add(
          'internal_alignment_point2ellipse',
          this.#ellipse(entity.id),
          this.#point(entity.major),
          alignment,
          OWN,
        );
    }
  }

  /** Every argument list of planegcs ends with the tag, whether it drives, and a scale. */
  #add(name: string, ...values: unknown[]): undefined {
    const method = (this.#system as unknown as Record<string, (...values: unknown[]) => void>)[
      `add_constraint_${name}`
    ];
    if (!method) throw new Unspeakable();
    method.call(this.#system, ...values, DRIVING, SCALE);
  }

  #equal(p: number, q: number, tag: number): undefined {
    this.#system.add_constraint_equal(p, q, tag, DRIVING, Constraint_Alignment.NoInternalAlignment, SCALE);
  }

  #keep<Shape extends { delete(): void }>(shape: Shape): Shape {
    this.#garbage.push(shape);
    return shape;
  }
  #at = (id: string): number => {
    const index = id === 'origin' ? this.#axes : this.#points.get(id);
    if (index === undefined) throw new Unspeakable();
    return index;
  };
  #point(id: string) {
    const at = this.#at(id);
    return this.#keep(this.#system.make_point(at, at + 1));
  }
  #centre(id: string) {
    const entity = this.#view.isPoint(id) ? null : this.#view.entity(id);
    if (!entity) return this.#point(id);
    if (entity.kind !== 'circle' && entity.kind !== 'arc' && entity.kind !== 'ellipse') throw new Unspeakable();
    return this.#point(entity.centre);
  }
  #ends(id: string): [number, number] {
    if (isAxis(id)) return [this.#axes, this.#axes + (id === X_AXIS ? 2 : 4)];
    const line = this.#view.entity(id);
    if (line.kind !== 'line') throw new Unspeakable();
    return [this.#at(line.start), this.#at(line.end)];
  }
  #line(id: string) {
    const [s, e] = this.#ends(id);
    return this.#keep(this.#system.make_line(s, s + 1, e, e + 1));
  }
  #circle(id: string) {
    const circle = this.#view.entity(id);
    if (circle.kind !== 'circle') throw new Unspeakable();
    const c = this.#at(circle.centre);
    return this.#keep(this.#system.make_circle(c, c + 1, this.#radii.get(id)!));
  }
  #arc(id: string) {
    const arc = this.#view.entity(id);
    if (arc.kind !== 'arc') throw new Unspeakable();
    const [c, s, e] = [this.#at(arc.centre), this.#at(arc.start), this.#at(arc.end)];
    const angle = this.#angles.get(id)!;
    return this.#keep(this.#system.make_arc(c, c + 1, s, s + 1, e, e + 1, angle, angle + 1, this.#radii.get(id)!));
  }
  #ellipse(id: string) {
    const ellipse = this.#view.entity(id);
    if (ellipse.kind !== 'ellipse') throw new Unspeakable();
    const [c, f] = [this.#at(ellipse.centre), this.#foci.get(id)!];
    return this.#keep(this.#system.make_ellipse(c, c + 1, f, f + 1, this.#radii.get(id)!));
  }
  #value = (value: number) => this.#push(value, true);
  #kind(id: string): string {
    if (this.#view.isLine(id)) return 'line';
    return this.#view.isPoint(id) ? 'point' : this.#view.entity(id).kind;
  }

  solve(): PlanegcsAnswer | null {
    try {
      this.#constraints.forEach((constraint, tag) => {
        if (!('reference' in constraint) || !constraint.reference) this.#constrain(constraint, tag + 1);
      });
      let converged = false;
      for (const algorithm of [Algorithm.DogLeg, Algorithm.LevenbergMarquardt, Algorithm.BFGS]) {
        const status = this.#system.solve_system(algorithm);
        this.#system.apply_solution();
        converged = status === 0 || status === 1;
        if (converged) break;
      }
      const named = (tags: { size(): number; get(i: number): number; delete(): void }) => {
        const ids: string[] = [];
        for (let i = 0; i < tags.size(); i++) {
          const constraint = this.#constraints[tags.get(i) - 1];
          if (constraint) ids.push(constraint.id);
        }
        tags.delete();
        return ids;
      };
      return {
        entities: this.#entities(),
        converged,
        degreesOfFreedom: this.#system.dof(),
        conflicting: named(this.#system.get_conflicting()),
        redundant: named(this.#system.get_redundant()),
      };
    } catch (error) {
      if (error instanceof Unspeakable) return null;
      throw error;
    } finally {
      for (const shape of this.#garbage) shape.delete();
    }
  }

  #entities(): Entity[] {
    const read = (index: number) => this.#system.get_p_param(index);
    const points = new Map<string, Position>();
    for (const [id, index] of this.#points) points.set(id, [read(index), read(index + 1)]);
    const radii = new Map<string, number>();
    for (const [id, index] of this.#radii) radii.set(id, Math.abs(read(index)));
    return withPositions(this.#view.entities, points, radii);
  }

  #constrain(constraint: Constraint, tag: number): undefined {
    switch (constraint.kind) {
      case 'coincident':
        return this.#add('p2p_coincident', this.#point(constraint.a), this.#point(constraint.b), tag);
      case 'concentric':
        return this.#add('p2p_coincident', this.#centre(constraint.a), this.#centre(constraint.b), tag);
      case 'point-on': {
        const p = this.#point(constraint.point);
        const kind = this.#kind(constraint.curve);
        if (kind === 'line') return this.#add('point_on_line_pl', p, this.#line(constraint.curve), tag);
        if (kind === 'circle') return this.#add('point_on_circle', p, this.#circle(constraint.curve), tag);
        if (kind === 'arc') return this.#add('point_on_arc', p, this.#arc(constraint.curve), tag);
        if (kind === 'ellipse') return this.#add('point_on_ellipse', p, this.#ellipse(constraint.curve), tag);
        throw new Unspeakable();
      }
      case 'midpoint': {
        const line = this.#view.entity(constraint.line);
        if (line.kind !== 'line') throw new Unspeakable();
        return this.#add(
          'p2p_symmetric_ppp',
          this.#point(line.start),
          this.#point(line.end),
          this.#point(constraint.point),
          tag,
        );
      }
      case 'horizontal':
      case 'vertical':
        return constraint.b === undefined
          ? this.#add(`${constraint.kind}_l`, this.#line(constraint.a), tag)
          : this.#add(`${constraint.kind}_pp`, this.#point(constraint.a), this.#point(constraint.b), tag);
      case 'parallel':
        return this.#add('parallel', this.#line(constraint.a), this.#line(constraint.b), tag);
      case 'perpendicular':
        return this.#add('perpendicular_ll', this.#line(constraint.a), this.#line(constraint.b), tag);
      case 'collinear': {
        const [a, b] = isAxis(constraint.b) ? [constraint.b, constraint.a] : [constraint.a, constraint.b];
        for (const end of this.#ends(b)) {
          const point = this.#keep(this.#system.make_point(end, end + 1));
          this.#add('point_on_line_pl', point, this.#line(a), tag);
        }
        return;
      }
      case 'equal': {
        const [a, b] = [this.#kind(constraint.a), this.#kind(constraint.b)];
        if (a === 'line' && b === 'line')
          return this.#add('equal_length', this.#line(constraint.a), this.#line(constraint.b), tag);
        if (a === 'ellipse' && b === 'ellipse')
          return this.#add('equal_radii_ee', this.#ellipse(constraint.a), this.#ellipse(constraint.b), tag);
        const [p, q] = [this.#radii.get(constraint.a), this.#radii.get(constraint.b)];
        if (p === undefined || q === undefined) throw new Unspeakable();
        return this.#equal(p, q, tag);
      }
      case 'symmetric': {
        const [a, b] = [this.#point(constraint.a), this.#point(constraint.b)];
        return this.#view.isLine(constraint.about)
          ? this.#add('p2p_symmetric_ppl', a, b, this.#line(constraint.about), tag)
          : this.#add('p2p_symmetric_ppp', a, b, this.#point(constraint.about), tag);
      }
      case 'fixed': {
        const [x, y] = this.#view.point(constraint.point);
        this.#add('coordinate_x', this.#point(constraint.point), this.#value(x), tag);
        return this.#add('coordinate_y', this.#point(constraint.point), this.#value(y), tag);
      }
      case 'distance':
        return this.#distance(constraint, tag);
      case 'horizontal-distance':
      case 'vertical-distance': {
        const up = constraint.kind === 'vertical-distance' ? 1 : 0;
        if (!this.#view.isPoint(constraint.a) || !this.#view.isPoint(constraint.b)) throw new Unspeakable();
        return this.#add(
          'difference',
          this.#at(constraint.a) + up,
          this.#at(constraint.b) + up,
          this.#value(constraint.value),
          tag,
        );
      }
      case 'radius':
      case 'diameter': {
        const kind = this.#kind(constraint.curve);
        if (kind !== 'circle' && kind !== 'arc') throw new Unspeakable();
        const shape = kind === 'circle' ? this.#circle(constraint.curve) : this.#arc(constraint.curve);
        return this.#add(`${kind}_${constraint.kind}`, shape, this.#value(constraint.value), tag);
      }
      case 'angle':
        return this.#add(
          'l2l_angle_ll',
          this.#line(constraint.a),
          this.#line(constraint.b),
          this.#value(constraint.value),
          tag,
        );
      case 'tangent':
        return this.#tangent(constraint.a, constraint.b, tag);
    }
  }

  #distance(constraint: Extract<Constraint, { kind: 'distance' }>, tag: number): undefined {
    const value = this.#value(constraint.value);
    if (constraint.b === undefined) {
      const [s, e] = this.#ends(constraint.a).map((at) => this.#keep(this.#system.make_point(at, at + 1)));
      return this.#add('p2p_distance', s, e, value, tag);
    }
    const [a, b] =
      this.#view.isLine(constraint.a) && !isAxis(constraint.b)
        ? [constraint.b, constraint.a]
        : [constraint.a, constraint.b];
    if (!this.#view.isLine(b)) return this.#add('p2p_distance', this.#centre(a), this.#centre(b), value, tag);
    const at = this.#view.isLine(a) ? this.#ends(a)[0] : null;
    const from = at === null ? this.#centre(a) : this.#keep(this.#system.make_point(at, at + 1));
    this.#add('p2l_distance', from, this.#line(b), value, tag);
  }

  #tangent(one: string, two: string, tag: number): undefined {
    const [a, b] = this.#view.isLine(two) ? [two, one] : [one, two];
    const [kindA, kindB] = [this.#kind(a), this.#kind(b)];
    const contact = this.#contacts.between(a, b);
    if (contact !== null) {
      if (!this.#view.isRound(b) || (kindA !== 'line' && !this.#view.isRound(a))) throw new Unspeakable();
      const p = this.#point(contact);
      if (kindA !== 'line') return this.#add('point_on_line_ppp', p, this.#centre(a), this.#centre(b), tag);
      const [s, e] = this.#ends(a).map((at) => this.#keep(this.#system.make_point(at, at + 1)));
      return this.#add('perpendicular_pppp', s, e, p, this.#centre(b), tag);
    }
    if (kindA === 'line') {
      if (kindB === 'circle') return this.#add('tangent_lc', this.#line(a), this.#circle(b), tag);
      if (kindB === 'arc') return this.#add('tangent_la', this.#line(a), this.#arc(b), tag);
      if (kindB === 'ellipse') return this.#add('tangent_le', this.#line(a), this.#ellipse(b), tag);
      throw new Unspeakable();
    }
    const [p, q] = [this.#radii.get(a), this.#radii.get(b)];
    if (!this.#view.isRound(a) || !this.#view.isRound(b) || p === undefined || q === undefined) throw new Unspeakable();
    const apart = distance(this.#view.round(a).centre, this.#view.round(b).centre);
    const [ra, rb] = [this.#view.round(a).radius, this.#view.round(b).radius];
    const internal = Math.abs(apart - ra - rb) > Math.abs(apart - Math.abs(ra - rb));
    this.#add('tangent_circumf', this.#centre(a), this.#centre(b), p, q, internal, tag);
  }
}
