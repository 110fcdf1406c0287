/**
 * Abaqus and CalculiX input decks: linear statics, natural frequencies and steady heat of tetrahedra, with an account of every
 * keyword. Sources: Abaqus Keywords Reference Guide; G. Dhondt, CalculiX CrunchiX User's Manual 2.20.
 */
import type { Vec3 } from '../vector.ts';
import { Account, foreignNumber, refuseFile } from './account.ts';
import { ASSUMED_UNITS, type DeckModel, emptyDeck } from './deck-model.ts';
import { addFacetPressure } from './facet-loads.ts';
import { type ForeignMesh, foreignMesh, sideNodes } from './foreign-mesh.ts';
import { HEAT_CARDS, HeatOfDeck } from './inp-heat.ts';
import { type InpBlock, inpBlocks } from './inp-lines.ts';
import { MaterialsOfDeck } from './inp-materials.ts';
import { StepsOfDeck } from './inp-steps.ts';

const TETRAHEDRA = new Map([
  ['C3D4', 4],
  ['C3D10', 10],
  ['C3D10M', 10],
  ['C3D10HS', 10],
  ['C3D10T', 10],
  ['DC3D4', 4],
  ['DC3D10', 10],
]);
/** Keywords that ask for output or say nothing of the physics. */
const SILENT = new Set([
  'HEADING',
  'NODE FILE',
  'EL FILE',
  'NODE PRINT',
  'EL PRINT',
  'NODE OUTPUT',
  'ELEMENT OUTPUT',
  'OUTPUT',
  'PREPRINT',
  'END STEP',
  'RESTART',
  'FIELD OUTPUT',
  'HISTORY OUTPUT',
]);

/** @throws ArtificerError `exchange.*` */
export function readInp(text: string): DeckModel {
  return new InpReader(inpBlocks(text)).read();
}

class InpReader {
  readonly #blocks: InpBlock[];
  readonly #account = new Account();
  readonly #nodeSets = new Map<string, Set<number>>();
  readonly #elementSets = new Map<string, Set<number>>();
  readonly #materials = new MaterialsOfDeck(this.#account);
  #type: DeckModel['type'] = 'static';
  #modes = 10;
  #steps!: StepsOfDeck;

  constructor(blocks: InpBlock[]) {
    this.#blocks = blocks;
  }

  read(): DeckModel {
    const found = this.#mesh();
    for (const block of this.#blocks) this.#set(block);
    const title = this.#blocks.find(({ keyword }) => keyword === 'HEADING')?.rows[0]?.words.join(', ');
    const model = emptyDeck(found, title);
    this.#steps = new StepsOfDeck(this.#account, model.forces.length);
    const heat = new HeatOfDeck(
      { account: this.#account, elements: (word, line) => this.#elements(word, found, line) },
      model,
    );
    for (const block of this.#blocks) this.#physics(block, found, model, heat);
    heat.finish();
    this.#steps.finish(model);
    this.#materials.assign(found, this.#elementSets, model, this.#type);
    return { ...model, type: this.#type, modes: this.#modes, account: this.#account.items() };
  }

  #mesh(): ForeignMesh {
    const nodeNumbers: number[] = [];
    const coordinates: number[] = [];
    const elementNumbers: number[] = [];
    const elements: number[][] = [];
    for (const block of this.#blocks) {
      if (block.keyword === 'NODE') {
        for (const { line, words } of block.rows) {
          const [number, ...at] = words.map(foreignNumber);
          const point = [at[0] ?? 0, at[1] ?? 0, at[2] ?? 0];
          if (!Number.isInteger(number) || !point.every(Number.isFinite))
            throw refuseFile('inp-node', 'a node needs a number and coordinates.', undefined, line);
          nodeNumbers.push(number!);
          coordinates.push(...point);
          this.#into(this.#nodeSets, block.parameters.get('NSET'), number!);
        }
        this.#account.note(block.line, '*NODE', 'understood', `nodes, ${ASSUMED_UNITS}`, block.rows.length);
      }
      if (block.keyword === 'ELEMENT') {
        const type = (block.parameters.get('TYPE') ?? '').toUpperCase();
        const nodes = TETRAHEDRA.get(type);
        if (nodes === undefined) {
          this.#account.note(
            block.line,
            `*ELEMENT, TYPE=${type}`,
            'not understood',
            'only tetrahedra are solved',
            block.rows.length,
          );
          continue;
        }
        for (const { line, words } of block.rows) {
          const [number, ...list] = words.map(Number);
          if (list.length !== nodes || ![number, ...list].every(Number.isInteger))
            throw refuseFile('inp-element', `a ${type} needs a number and ${nodes} nodes.`, undefined, line);
          elementNumbers.push(number!);
          elements.push(list);
          this.#into(this.#elementSets, block.parameters.get('ELSET'), number!);
        }
        this.#account.note(
          block.line,
          `*ELEMENT, TYPE=${type}`,
          nodes === 10 ? 'understood' : 'partly',
          nodes === 10 ? 'second-order tetrahedra' : 'given midside nodes: first-order tetrahedra are far too stiff',
          block.rows.length,
        );
      }
    }
    return foreignMesh({ nodeNumbers, coordinates, elementNumbers, elements });
  }

  #into(sets: Map<string, Set<number>>, name: string | undefined, number: number): void {
    if (!name) return;
    const key = name.toUpperCase();
    const set = sets.get(key);
    if (set) set.add(number);
    else sets.set(key, new Set([number]));
  }

  #set(block: InpBlock): void {
    if (block.keyword !== 'NSET' && block.keyword !== 'ELSET') return;
    const sets = block.keyword === 'NSET' ? this.#nodeSets : this.#elementSets;
    const name = block.parameters.get(block.keyword) ?? '';
    for (const { line, words } of block.rows) {
      if (block.parameters.has('GENERATE')) {
        const [from, to, by = 1] = words.map(Number);
        if (![from, to, by].every(Number.isInteger) || by < 1 || (to! - from!) / by > 5e7)
          throw refuseFile('inp-set', 'a generated set needs whole numbers.', undefined, line);
        for (let number = from!; number <= to!; number += by) this.#into(sets, name, number);
        continue;
      }
      for (const word of words) {
        if (/^\d+$/.test(word)) this.#into(sets, name, Number(word));
        else for (const number of sets.get(word.toUpperCase()) ?? []) this.#into(sets, name, number);
      }
    }
    this.#account.note(block.line, `*${block.keyword}`, 'understood', 'a set', 1);
  }

  /** Our indices of a node number or of a set's nodes. */
  #nodes(word: string, { nodeIndex }: ForeignMesh, line: number): number[] {
    const numbers = /^\d+$/.test(word) ? [Number(word)] : [...(this.#nodeSets.get(word.toUpperCase()) ?? [])];
    const found = numbers.flatMap((number) => nodeIndex.get(number) ?? []);
    if (found.length > 0) return found;
    throw refuseFile('inp-no-nodes', `there are no nodes "${word}".`, undefined, line);
  }

  #physics(block: InpBlock, found: ForeignMesh, model: DeckModel, heat: HeatOfDeck): void {
    const { keyword, line } = block;
    if (this.#materials.read(block) || ['NODE', 'ELEMENT', 'NSET', 'ELSET'].includes(keyword)) return;
    if (SILENT.has(keyword)) {
      this.#account.note(line, `*${keyword}`, 'understood', 'says nothing of the physics');
      return;
    }
    const cards: Record<string, () => void> = {
      STEP: () => this.#steps.begin(block, this.#type === 'static'),
      STATIC: () => this.#kind(block, 'static', 'a static study'),
      FREQUENCY: () => {
        this.#modes = Math.max(1, Math.min(500, Number(block.rows[0]?.words[0] ?? 10) || 10));
        this.#kind(block, 'modal', `${this.#modes} natural frequencies`);
      },
      'HEAT TRANSFER': () => this.#heatTransfer(block),
      BOUNDARY: () => this.#boundary(block, found, model),
      CLOAD: () => this.#nodalForces(block, found),
      CFLUX: () => this.#nodalHeat(block, found, model),
      DLOAD: () => this.#distributed(block, found, model),
    };
    if (!this.#steps.isFirst && keyword !== 'STEP' && this.#isLeftOut(block, cards)) return;
    const card = cards[keyword];
    if (card) card();
    else if (heat.read(block)) return;
    else if (keyword === 'INITIAL CONDITIONS' && this.#isSteadyHeat())
      this.#account.note(
        line,
        `*${keyword}`,
        'understood',
        'where a steady study starts does not change where it ends',
      );
    else this.#account.note(line, `*${keyword}`, 'not understood', 'left out', Math.max(1, block.rows.length));
  }

  #kind(block: InpBlock, type: DeckModel['type'], words: string): void {
    this.#type = type;
    this.#account.note(block.line, `*${block.keyword}`, 'understood', words);
  }

  /** In a further step only loads of statics are read; what is left out is in the account. */
  #isLeftOut({ keyword, line }: InpBlock, cards: Record<string, () => void>): boolean {
    if (this.#steps.isLost) {
      if (cards[keyword] || HEAT_CARDS.has(keyword))
        this.#account.note(line, `*${keyword}`, 'not understood', 'it is of a step that is left out');
      return true;
    }
    if (keyword === 'STATIC' || keyword === 'CLOAD' || keyword === 'DLOAD') return false;
    if (keyword === 'BOUNDARY') this.#steps.lose(line, '*BOUNDARY', 'what is held changes between steps');
    else if (keyword === 'TEMPERATURE') this.#steps.lose(line, '*TEMPERATURE', 'temperatures are not read');
    else if (cards[keyword] || HEAT_CARDS.has(keyword))
      this.#steps.lose(line, `*${keyword}`, 'only steps of statics can follow one another');
    else return false;
    return true;
  }

  #isSteadyHeat(): boolean {
    return this.#blocks.some((block) => block.keyword === 'HEAT TRANSFER' && block.parameters.has('STEADY STATE'));
  }

  #heatTransfer(block: InpBlock): void {
    if (block.parameters.has('STEADY STATE')) this.#kind(block, 'thermal', 'steady heat');
    else throw refuseFile('inp-transient', 'only steady heat transfer can be read from a deck.', undefined, block.line);
  }

  #boundary(block: InpBlock, found: ForeignMesh, model: DeckModel): void {
    for (const { line, words } of block.rows) {
      const [where, from, to = from, value = '0'] = words;
      const [first, last] = [Number(from), Number(to === '' ? from : to)];
      const amount = foreignNumber(value === '' ? '0' : value);
      if (!Number.isInteger(first) || !Number.isInteger(last) || !Number.isFinite(amount)) {
        // ENCASTRE, PINNED and the like of Abaqus: on solids all of them that hold translations hold all three.
        const held = /^(ENCASTRE|PINNED)$/i.test(from ?? '');
        if (!held) throw refuseFile('inp-boundary', 'a boundary needs degrees of freedom.', undefined, line);
        for (const node of this.#nodes(where!, found, line))
          for (let axis = 0; axis < 3; axis++) model.fixed.push({ node, axis, value_mm: 0 });
        continue;
      }
      for (const node of this.#nodes(where!, found, line))
        for (let dof = first; dof <= last; dof++) {
          if (dof === 11) model.fixedTemperatures.push({ node, temperature_degC: amount });
          else if (dof >= 1 && dof <= 3) model.fixed.push({ node, axis: dof - 1, value_mm: amount });
        }
      if (last > 3 && first !== 11)
        this.#account.note(line, '*BOUNDARY 4-6', 'partly', 'solids have no rotations: only translations are held');
    }
    this.#account.note(block.line, '*BOUNDARY', 'understood', 'prescribed values', block.rows.length);
  }

  #nodalForces(block: InpBlock, found: ForeignMesh): void {
    if (!this.#steps.takes('CLOAD', block)) return;
    const { nodal } = this.#steps.now;
    for (const { line, words } of block.rows) {
      const [dof, force] = [Number(words[1]), foreignNumber(words[2] ?? '')];
      if (!(dof >= 1 && dof <= 3) || !Number.isFinite(force))
        throw refuseFile(
          'inp-cload',
          'a concentrated load needs a direction from 1 to 3 and a force.',
          undefined,
          line,
        );
      for (const node of this.#nodes(words[0]!, found, line)) nodal[3 * node + dof - 1]! += force;
    }
    this.#account.note(block.line, '*CLOAD', 'understood', 'forces on nodes', block.rows.length);
  }

  #nodalHeat(block: InpBlock, found: ForeignMesh, model: DeckModel): void {
    for (const { line, words } of block.rows) {
      const heat = foreignNumber(words[2] ?? '');
      if (!Number.isFinite(heat)) throw refuseFile('inp-cflux', 'a concentrated flux needs a value.', undefined, line);
      for (const node of this.#nodes(words[0]!, found, line)) model.heat[node]! += heat;
    }
    this.#account.note(block.line, '*CFLUX', 'understood', 'heat into nodes', block.rows.length);
  }

  #distributed(block: InpBlock, found: ForeignMesh, model: DeckModel): void {
    if (!this.#steps.takes('DLOAD', block)) return;
    const { now } = this.#steps;
    for (const { line, words } of block.rows) {
      const [where, kind = '', ...values] = words;
      const numbers = values.map(foreignNumber);
      const side = /^P([1-4])$/i.exec(kind);
      if (kind.toUpperCase() === 'GRAV') {
        const [size, x, y, z] = numbers;
        const direction: Vec3 = [x ?? 0, y ?? 0, z ?? 0];
        if (![size, ...direction].every(Number.isFinite))
          throw refuseFile('inp-gravity', 'gravity needs a size and a direction.', undefined, line);
        now.gravity_mm_s2 = now.gravity_mm_s2.map((one, axis) => one + size! * direction[axis]!) as Vec3;
        this.#account.note(line, '*DLOAD GRAV', 'understood', 'gravity on everything');
      } else if (side && Number.isFinite(numbers[0])) {
        for (const element of this.#elements(where!, found, line))
          addFacetPressure(
            model.mesh.nodes,
            sideNodes(model.mesh.elements, element, Number(side[1]) - 1),
            numbers[0]!,
            now.sides,
          );
        this.#account.note(line, '*DLOAD P', 'understood', 'pressure on sides of elements');
      } else this.#account.note(line, `*DLOAD ${kind}`, 'not understood', 'left out');
    }
  }

  #elements(word: string, { elementIndex }: ForeignMesh, line: number): number[] {
    const numbers = /^\d+$/.test(word) ? [Number(word)] : [...(this.#elementSets.get(word.toUpperCase()) ?? [])];
    const found = numbers.flatMap((number) => elementIndex.get(number) ?? []);
    if (found.length > 0) return found;
    throw refuseFile('inp-no-elements', `there are no elements "${word}".`, undefined, line);
  }
}
