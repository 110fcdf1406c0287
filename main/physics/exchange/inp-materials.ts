/** Materials and sections of an Abaqus or CalculiX deck. */
import type { Material } from '../../../preload/contract/studies.ts';
import { type Account, foreignNumber, refuseFile } from './account.ts';
import { type DeckModel, J_KGK_PER_MJ_TONNEK, KG_M3_PER_TONNE_MM3 } from './deck-model.ts';
import type { ForeignMesh } from './foreign-mesh.ts';
import type { InpBlock } from './inp-lines.ts';

interface OpenMaterial {
  name: string;
  line: number;
  properties: Partial<Material['properties']>;
}

export class MaterialsOfDeck {
  readonly #account: Account;
  readonly #materials = new Map<string, OpenMaterial>();
  readonly #sections: { line: number; set: string; material: string }[] = [];
  #open: OpenMaterial | null = null;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Reads what belongs to materials; false where the block is about something else. */
  read(block: InpBlock): boolean {
    const { keyword, line, parameters } = block;
    if (keyword === 'MATERIAL') {
      const name = parameters.get('NAME') ?? '';
      this.#open = { name, line, properties: {} };
      this.#materials.set(name.toUpperCase(), this.#open);
      this.#account.note(line, '*MATERIAL', 'understood', 'a material');
      return true;
    }
    if (keyword === 'SOLID SECTION') {
      const [set, material] = [parameters.get('ELSET') ?? '', parameters.get('MATERIAL') ?? ''];
      this.#sections.push({ line, set: set.toUpperCase(), material: material.toUpperCase() });
      this.#account.note(
        line,
        '*SOLID SECTION',
        parameters.has('ORIENTATION') ? 'partly' : 'understood',
        parameters.has('ORIENTATION') ? 'its orientation is left out' : 'elements get their material',
      );
      return true;
    }
    const put: Record<string, (numbers: number[]) => Partial<Material['properties']>> = {
      ELASTIC: ([young, poisson]) => ({ young_MPa: young!, poisson: poisson! }),
      DENSITY: ([density]) => ({ density_kg_m3: density! * KG_M3_PER_TONNE_MM3 }),
      EXPANSION: ([expansion]) => ({ thermalExpansion_1_K: expansion! }),
      CONDUCTIVITY: ([conductivity]) => ({ conductivity_W_mK: conductivity! }),
      'SPECIFIC HEAT': ([heat]) => ({ specificHeat_J_kgK: heat! * J_KGK_PER_MJ_TONNEK }),
    };
    const property = put[keyword];
    if (!property) return false;
    if (!this.#open) throw refuseFile('inp-no-material', `*${keyword} belongs to no material.`, undefined, line);
    const type = parameters.get('TYPE')?.toUpperCase();
    if ((keyword === 'ELASTIC' || keyword === 'CONDUCTIVITY') && type !== undefined && !/^ISO/.test(type)) {
      this.#account.note(
        line,
        `*${keyword}, TYPE=${type}`,
        'not understood',
        'only isotropic materials are read from decks',
      );
      return true;
    }
    const numbers = block.rows[0]?.words.map(foreignNumber) ?? [];
    const read = property(numbers);
    if (!Object.values(read).every((value) => Number.isFinite(value)))
      throw refuseFile('inp-property', `*${keyword} has a value that is no number.`, undefined, line);
    Object.assign(this.#open.properties, read);
    this.#account.note(
      line,
      `*${keyword}`,
      block.rows.length > 1 ? 'partly' : 'understood',
      block.rows.length > 1 ? 'of a table by temperature the first row is taken' : 'a property',
    );
    return true;
  }

  /** Gives every element its material. @throws ArtificerError where one has none, or none that can be solved */
  assign(
    { elementIndex }: ForeignMesh,
    sets: ReadonlyMap<string, ReadonlySet<number>>,
    model: DeckModel,
    type: DeckModel['type'],
  ): void {
    for (const { line, set, material } of this.#sections) {
      const found = this.#materials.get(material);
      if (!found) throw refuseFile('inp-no-material', `there is no material "${material}".`, undefined, line);
      const index = this.#indexOf(found, model, type);
      for (const number of sets.get(set) ?? []) {
        const element = elementIndex.get(number);
        if (element !== undefined) model.elementMaterial[element] = index;
      }
    }
    const bare = model.elementMaterial.indexOf(-1);
    if (bare < 0) return;
    // A deck without sections but with one material means that one.
    if (this.#sections.length === 0 && this.#materials.size === 1) {
      model.elementMaterial.fill(this.#indexOf([...this.#materials.values()][0]!, model, type));
      return;
    }
    throw refuseFile(
      'inp-no-section',
      `Element ${[...elementIndex.entries()].find(([, i]) => i === bare)?.[0]} has no material.`,
    );
  }

  #indexOf(material: OpenMaterial, model: DeckModel, type: DeckModel['type']): number {
    const known = model.materials.findIndex(({ name }) => name === (material.name || 'material'));
    if (known >= 0) return known;
    const { young_MPa, poisson } = material.properties;
    const valid = young_MPa !== undefined && young_MPa > 0 && poisson !== undefined && poisson > -1 && poisson < 0.5;
    if (type === 'thermal' ? material.properties.conductivity_W_mK === undefined : !valid)
      throw refuseFile(
        'inp-material',
        `material "${material.name}" has no ${type === 'thermal' ? 'isotropic conductivity' : 'isotropic elasticity'} that can be solved.`,
        undefined,
        material.line,
      );
    model.materials.push({
      name: material.name || 'material',
      category: 'Deck',
      source: 'imported deck',
      // What is not asked for may be missing: heat flows whatever the elasticity.
      properties: { density_kg_m3: 0, ...material.properties, young_MPa: young_MPa ?? 1, poisson: poisson ?? 0 },
    });
    return model.materials.length - 1;
  }
}
