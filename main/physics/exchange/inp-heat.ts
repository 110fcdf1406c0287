/**
 * Heat through sides of elements and inside them, in Abaqus and CalculiX decks. Source: G. Dhondt, CalculiX CrunchiX User's
 * Manual 2.20, *FILM, *RADIATE, *DFLUX, *PHYSICAL CONSTANTS.
 */
import type { HeatSurface } from '../../../native/index.d.ts';
import { type Account, foreignNumber, refuseFile } from './account.ts';
import type { DeckModel } from './deck-model.ts';
import { sideNodes } from './foreign-mesh.ts';
import type { InpBlock } from './inp-lines.ts';

/** The cards of heat that belong to a step. */
export const HEAT_CARDS: ReadonlySet<string> = new Set(['FILM', 'RADIATE', 'DFLUX']);

export interface HeatCards {
  account: Account;
  /** Indices of the elements that a word names. */
  elements(word: string, line: number): number[];
}

const WORDS: Record<HeatSurface['kind'], string> = {
  convection: 'heat to a fluid from sides of elements',
  radiation: 'heat radiated to the surroundings from sides of elements',
  flux: 'heat into sides of elements',
};

/** Collects the facets of equal coefficient and ambient temperature into one surface each. */
export class HeatOfDeck {
  readonly #cards: HeatCards;
  readonly #model: DeckModel;
  readonly #facets = new Map<string, { surface: Omit<HeatSurface, 'facets'>; facets: number[] }>();
  /** Radiation needs temperatures from absolute zero on: ours are in degC. */
  #celsius = false;

  constructor(cards: HeatCards, model: DeckModel) {
    this.#cards = cards;
    this.#model = model;
  }

  /** Reads what belongs to heat; false where the block is about something else. */
  read(block: InpBlock): boolean {
    const { keyword, line, parameters } = block;
    switch (keyword) {
      case 'PHYSICAL CONSTANTS': {
        const zero = foreignNumber(parameters.get('ABSOLUTE ZERO') ?? '0');
        this.#celsius = Math.abs(zero + 273.15) < 0.2;
        this.#cards.account.note(
          line,
          '*PHYSICAL CONSTANTS',
          this.#celsius ? 'understood' : 'not understood',
          this.#celsius ? 'temperatures in degC' : 'absolute zero is not that of degC, in which temperatures are taken',
        );
        return true;
      }
      case 'FILM':
        this.#rows(block, /^F([1-4])$/i, 'convection', ([ambient, coefficient]) => ({
          coefficient: coefficient!,
          ambient: ambient!,
        }));
        return true;
      case 'RADIATE':
        if (this.#celsius)
          this.#rows(block, /^R([1-4])$/i, 'radiation', ([ambient, coefficient]) => ({
            coefficient: coefficient!,
            ambient: ambient!,
          }));
        else
          this.#cards.account.note(
            line,
            '*RADIATE',
            'not understood',
            'it needs *PHYSICAL CONSTANTS with the absolute zero of degC',
            block.rows.length,
          );
        return true;
      case 'DFLUX':
        this.#rows(block, /^S([1-4])$/i, 'flux', ([coefficient]) => ({ coefficient: coefficient! }));
        return true;
      default:
        return false;
    }
  }

  /** Puts what was collected into the model. */
  finish(): void {
    for (const { surface, facets } of this.#facets.values())
      this.#model.surfaces.push({ ...surface, facets: Int32Array.from(facets) });
  }

  #rows(
    block: InpBlock,
    sides: RegExp,
    kind: HeatSurface['kind'],
    meaning: (numbers: number[]) => Pick<HeatSurface, 'coefficient' | 'ambient'>,
  ): void {
    const { account, elements } = this.#cards;
    const timed = block.parameters.has('AMPLITUDE') || block.parameters.has('FILM AMPLITUDE');
    const understood = timed ? 'partly' : 'understood';
    const also = timed ? '; its amplitude is left out' : '';
    for (const { line, words } of block.rows) {
      const [where = '', label = '', ...values] = words;
      const numbers = values.map(foreignNumber);
      const side = sides.exec(label);
      const inside = kind === 'flux' && /^BF$/i.test(label);
      const meant = meaning(numbers);
      if (side || inside)
        for (const value of Object.values(meant))
          if (!Number.isFinite(value))
            throw refuseFile('inp-heat', `*${block.keyword} has a value that is no number.`, undefined, line);
      if (inside) {
        this.#model.sources.push({ elements: Int32Array.from(elements(where, line)), generation: meant.coefficient });
        account.note(line, '*DFLUX BF', understood, `heat generated inside elements${also}`);
      } else if (side) {
        const key = `${kind} ${meant.coefficient} ${meant.ambient}`;
        const entry = this.#facets.get(key) ?? { surface: { kind, ...meant }, facets: [] };
        this.#facets.set(key, entry);
        for (const element of elements(where, line))
          entry.facets.push(...sideNodes(this.#model.mesh.elements, element, Number(side[1]) - 1));
        account.note(line, `*${block.keyword}`, understood, `${WORDS[kind]}${also}`);
      } else account.note(line, `*${block.keyword} ${label}`, 'not understood', 'left out');
    }
  }
}
