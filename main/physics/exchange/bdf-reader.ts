/**
 * Nastran bulk data: linear statics (SOL 101) and natural frequencies (SOL 103) of CTETRA elements, with an account of every
 * card. Each subcase of statics is a step of its own. Source: MSC Nastran Quick Reference Guide.
 */
import type { Vec3 } from '../vector.ts';
import { Account, foreignNumber, refuseFile } from './account.ts';
import { type BdfCard, bdfFile } from './bdf-cards.ts';
import { type CaseControl, caseControl } from './bdf-control.ts';
import { ASSUMED_UNITS, type DeckModel, type DeckStep, emptyDeck, KG_M3_PER_TONNE_MM3 } from './deck-model.ts';
import { addFacetPressure } from './facet-loads.ts';
import { type ForeignMesh, foreignMesh, sideNodes } from './foreign-mesh.ts';

/** Corners of the four sides, in the order of `sideNodes`, and the corner across from each. */
const ACROSS = [3, 2, 0, 1] as const;

/** @throws ArtificerError `exchange.*` */
export function readBdf(text: string): DeckModel {
  return new BdfReader(text).read();
}

/** What acts in a subcase, and with which factor each set of loads does. */
interface LoadCase {
  step: DeckStep;
  factors: ReadonlyMap<number, number>;
}

class BdfReader {
  readonly #cards: BdfCard[];
  readonly #account = new Account();
  readonly #control: CaseControl;
  /** Set of properties and of materials by their numbers. */
  readonly #materialOfProperty = new Map<number, number>();
  readonly #propertyOfElement: number[] = [];

  constructor(text: string) {
    const { control, cards } = bdfFile(text);
    this.#cards = cards;
    this.#control = caseControl(control, this.#account);
  }

  read(): DeckModel {
    const found = this.#mesh();
    const { type, subcases } = this.#control;
    const model: DeckModel = { ...emptyDeck(found), type };
    this.#materialsInto(model);
    const spcs = this.#setsOf('SPCADD', subcases[0].spc);
    const cases = subcases.map(
      ({ name, load }): LoadCase => ({
        step: { name, forces: new Float64Array(model.forces.length), gravity_mm_s2: [0, 0, 0] },
        factors: this.#loadFactors(load),
      }),
    );
    for (const card of this.#cards) this.#physics(card, found, model, spcs, cases);
    const [first, ...later] = cases.map(({ step }) => step) as [DeckStep, ...DeckStep[]];
    return {
      ...model,
      stepName: first.name,
      forces: first.forces,
      gravity_mm_s2: first.gravity_mm_s2,
      laterSteps: later,
      account: this.#account.items(),
    };
  }

  #number(card: BdfCard, field: number, otherwise?: number): number {
    const text = card.fields[field] ?? '';
    if (text === '' && otherwise !== undefined) return otherwise;
    const value = foreignNumber(text);
    if (Number.isFinite(value)) return value;
    throw refuseFile('bdf-number', `field ${field + 2} of ${card.name} is no number: "${text}".`, undefined, card.line);
  }

  #mesh(): ForeignMesh {
    const nodeNumbers: number[] = [];
    const coordinates: number[] = [];
    const elementNumbers: number[] = [];
    const elements: number[][] = [];
    for (const card of this.#cards) {
      if (card.name === 'GRID') {
        if (this.#number(card, 1, 0) !== 0)
          throw refuseFile(
            'bdf-coordinates',
            'nodes in coordinate systems of their own cannot be read.',
            undefined,
            card.line,
          );
        nodeNumbers.push(this.#number(card, 0));
        for (let axis = 0; axis < 3; axis++) coordinates.push(this.#number(card, 2 + axis, 0));
        this.#account.note(card.line, 'GRID', 'understood', `nodes, ${ASSUMED_UNITS}`);
      }
      if (card.name === 'CTETRA') {
        const list = card.fields
          .slice(2, 12)
          .filter((word) => word !== '')
          .map(Number);
        if ((list.length !== 4 && list.length !== 10) || !list.every(Number.isInteger))
          throw refuseFile('bdf-element', 'a CTETRA needs 4 or 10 nodes.', undefined, card.line);
        elementNumbers.push(this.#number(card, 0));
        this.#propertyOfElement.push(this.#number(card, 1));
        elements.push(list);
        if (list.length === 10) this.#account.note(card.line, 'CTETRA', 'understood', 'second-order tetrahedra');
        else
          this.#account.note(
            card.line,
            'CTETRA',
            'partly',
            'given midside nodes: first-order tetrahedra are far too stiff',
          );
      }
    }
    return foreignMesh({ nodeNumbers, coordinates, elementNumbers, elements });
  }

  #materialsInto(model: DeckModel): void {
    const indexOf = new Map<number, number>();
    for (const card of this.#cards) {
      if (card.name === 'MAT1') {
        const young = this.#number(card, 1);
        // Two of E, G and nu are enough.
        const shear = this.#number(card, 2, Number.NaN);
        const poisson = this.#number(card, 3, Number.isNaN(shear) ? 0 : young / (2 * shear) - 1);
        if (!(young > 0) || !(poisson > -1 && poisson < 0.5))
          throw refuseFile('bdf-material', 'MAT1 has constants that no solid has.', undefined, card.line);
        indexOf.set(this.#number(card, 0), model.materials.length);
        const expansion = this.#number(card, 5, 0);
        model.materials.push({
          name: `MAT1 ${this.#number(card, 0)}`,
          category: 'Deck',
          source: 'imported deck',
          properties: {
            young_MPa: young,
            poisson,
            density_kg_m3: this.#number(card, 4, 0) * KG_M3_PER_TONNE_MM3,
            ...(expansion ? { thermalExpansion_1_K: expansion } : {}),
          },
        });
        this.#account.note(card.line, 'MAT1', 'understood', 'isotropic materials');
      }
      if (card.name === 'PSOLID') {
        this.#materialOfProperty.set(this.#number(card, 0), this.#number(card, 1));
        this.#account.note(card.line, 'PSOLID', 'understood', 'solid properties');
      }
    }
    this.#propertyOfElement.forEach((property, element) => {
      const material = indexOf.get(this.#materialOfProperty.get(property) ?? Number.NaN);
      if (material === undefined)
        throw refuseFile('bdf-property', `Property ${property} has no PSOLID with an isotropic material.`);
      model.elementMaterial[element] = material;
    });
  }

  /** The set itself and those it adds up. */
  #setsOf(adding: string, chosen: number | null): Set<number> {
    if (chosen === null) return new Set();
    const sum = this.#cards.find((card) => card.name === adding && Number(card.fields[0]) === chosen);
    if (!sum) return new Set([chosen]);
    this.#account.note(sum.line, adding, 'understood', 'a sum of sets');
    return new Set(
      sum.fields
        .slice(1)
        .filter((word) => word !== '')
        .map(Number),
    );
  }

  /** Factor of each load set in the chosen one. */
  #loadFactors(chosen: number | null): Map<number, number> {
    if (chosen === null) return new Map();
    const sum = this.#cards.find((card) => card.name === 'LOAD' && Number(card.fields[0]) === chosen);
    if (!sum) return new Map([[chosen, 1]]);
    this.#account.note(sum.line, 'LOAD', 'understood', 'a combination of loads');
    const overall = this.#number(sum, 1);
    const factors = new Map<number, number>();
    for (let field = 2; field + 1 < sum.fields.length && sum.fields[field] !== ''; field += 2)
      factors.set(this.#number(sum, field + 1), overall * this.#number(sum, field));
    return factors;
  }

  #node(number: number, { nodeIndex }: ForeignMesh, line: number): number {
    const node = nodeIndex.get(number);
    if (node !== undefined) return node;
    throw refuseFile('bdf-no-node', `there is no node ${number}.`, undefined, line);
  }

  #physics(
    card: BdfCard,
    found: ForeignMesh,
    model: DeckModel,
    spcs: ReadonlySet<number>,
    cases: readonly LoadCase[],
  ): void {
    const { name, line } = card;
    if (['GRID', 'CTETRA', 'MAT1', 'PSOLID', 'SPCADD', 'LOAD', 'PARAM'].includes(name)) {
      if (name === 'PARAM') this.#account.note(line, 'PARAM', 'not understood', 'parameters of another solver');
      return;
    }
    const set = Number(card.fields[0]);
    if (name === 'SPC' || name === 'SPC1') {
      if (!spcs.has(set)) {
        this.#account.note(line, name, 'understood', 'not chosen by the case control: left out');
        return;
      }
      if (name === 'SPC1') this.#spc1(card, found, model);
      else
        for (let field = 1; field + 1 < card.fields.length && card.fields[field] !== ''; field += 3)
          this.#hold(
            model,
            this.#node(this.#number(card, field), found, line),
            card.fields[field + 1]!,
            this.#number(card, field + 2, 0),
          );
      this.#account.note(line, name, 'understood', 'prescribed displacements');
      return;
    }
    if (['FORCE', 'GRAV', 'PLOAD4'].includes(name)) {
      const choosing = cases.filter(({ factors }) => factors.has(set));
      if (choosing.length === 0)
        this.#account.note(line, name, 'understood', 'not chosen by the case control: left out');
      for (const { step, factors } of choosing) this.#loadCard(card, found, step, factors.get(set)!);
      return;
    }
    if (name === 'EIGRL') {
      const { method } = this.#control.subcases[0];
      if (method === null || set === method) model.modes = this.#number(card, 3, 10);
      this.#account.note(line, 'EIGRL', 'understood', 'how many frequencies');
      return;
    }
    this.#account.note(line, name, 'not understood', 'left out');
  }

  #spc1(card: BdfCard, found: ForeignMesh, model: DeckModel): void {
    const words = card.fields.slice(2).filter((word) => word !== '');
    const numbers =
      words[1]?.toUpperCase() === 'THRU'
        ? [...found.nodeIndex.keys()].filter((number) => number >= Number(words[0]) && number <= Number(words[2]))
        : words.map(Number);
    for (const number of numbers) this.#hold(model, this.#node(number, found, card.line), card.fields[1]!, 0);
  }

  /** @param components digits of the directions that are held, like `123` */
  #hold(model: DeckModel, node: number, components: string, value_mm: number): void {
    for (const digit of components) {
      const axis = Number(digit) - 1;
      if (axis >= 0 && axis < 3) model.fixed.push({ node, axis, value_mm });
    }
  }

  #loadCard(card: BdfCard, found: ForeignMesh, step: DeckStep, factor: number): void {
    const { name, line } = card;
    if (name === 'PLOAD4') {
      this.#pressure(card, found, step, factor);
      return;
    }
    const system = name === 'FORCE' ? 2 : 1;
    if (this.#number(card, system, 0) !== 0)
      throw refuseFile('bdf-coordinates', `${name} in a coordinate system of its own cannot be read.`, undefined, line);
    const size = factor * this.#number(card, system + 1);
    const vector = [0, 1, 2].map((axis) => size * this.#number(card, system + 2 + axis, 0)) as Vec3;
    if (name === 'GRAV') step.gravity_mm_s2 = step.gravity_mm_s2.map((one, axis) => one + vector[axis]!) as Vec3;
    else {
      const node = this.#node(this.#number(card, 1), found, line);
      for (let axis = 0; axis < 3; axis++) step.forces[3 * node + axis]! += vector[axis]!;
    }
    this.#account.note(line, name, 'understood', name === 'GRAV' ? 'gravity' : 'forces on nodes');
  }

  /** PLOAD4 on a tetrahedron: G1 is a corner of the loaded side, G4 the corner that is not on it. */
  #pressure(card: BdfCard, found: ForeignMesh, step: DeckStep, factor: number): void {
    const element = found.elementIndex.get(this.#number(card, 1));
    if (element === undefined)
      throw refuseFile('bdf-no-element', 'PLOAD4 is on an element that is not there.', undefined, card.line);
    const values = [2, 3, 4].map((field) => this.#number(card, field, this.#number(card, 2)));
    if (values.some((value) => value !== values[0])) {
      this.#account.note(card.line, 'PLOAD4', 'not understood', 'a pressure that varies over the side: left out');
      return;
    }
    const corner = this.#node(this.#number(card, 7), found, card.line);
    const across = ACROSS.findIndex((k) => found.mesh.elements[10 * element + k] === corner);
    if (across < 0)
      throw refuseFile('bdf-pload4', 'PLOAD4 names a corner that its element does not have.', undefined, card.line);
    addFacetPressure(
      found.mesh.nodes,
      sideNodes(found.mesh.elements, element, across),
      factor * values[0]!,
      step.forces,
    );
    this.#account.note(card.line, 'PLOAD4', 'understood', 'pressure on sides of elements');
  }
}
