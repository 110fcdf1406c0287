/** Tools about materials: finding them in the library, giving them to parts, comparing them by solving. */
import * as v from 'valibot';
import type { Material, MaterialRecord, PartRecord } from '../../../../preload/contract/index.ts';
import { listInWords, newId, type RecordEdit } from '../../../document/index.ts';
import { simplifiedName } from '../../../physics/index.ts';
import { commit } from './change.ts';
import { figure, kilograms, percentChange } from './figures.ts';
import { PartName, StudyName } from './inputs.ts';
import { massOf, materialNameOf } from './inspect.ts';
import { type ProjectView, partOf, refusal, studyOf, viewOf } from './project-view.ts';
import { headlineOf, solve } from './solving.ts';
import { type DryRun, defineTool, type ToolContext } from './tool.ts';

/** The project's own first, then the library's. @throws ArtificerError `agent.which` with the nearest */
export async function materialNamed(
  context: Pick<ToolContext, 'client'>,
  view: ProjectView,
  said: string,
): Promise<Material> {
  const own = [...view.records.values()].filter((record): record is MaterialRecord => record.type === 'material');
  const library = await context.client['materials.library']({});
  const exact = [...own, ...library].find(({ name }) => simplifiedName(name) === simplifiedName(said));
  if (exact) return exact;
  const wanted = simplifiedName(said);
  const fitting = library.filter(
    ({ name, category }) =>
      simplifiedName(name).includes(wanted) ||
      simplifiedName(category).includes(wanted) ||
      wanted.includes(simplifiedName(name)),
  );
  throw refusal(
    'agent.which',
    fitting.length > 0 ? `"${said}" could be any of ${fitting.length} materials.` : `There is no material "${said}".`,
    fitting.length > 0
      ? `There ${fitting.length === 1 ? 'is' : 'are'} ${listInWords(
          fitting.map(({ name }) => name),
          8,
        )}.`
      : 'Call find_materials, or add the material in the Materials panel.',
    { details: { candidates: fitting.slice(0, 12).map(({ name }) => ({ name })) } },
  );
}

export const findMaterials = defineTool({
  name: 'find_materials',
  title: 'Look materials up',
  description:
    'Materials of the library by words of their name or family, with stiffness, density, strength and source.',
  input: v.strictObject({
    words: v.optional(v.pipe(v.string(), v.maxLength(200), v.description('"titanium", "6061", "stainless"'))),
    most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  }),
  effect: 'nothing',
  run: async ({ client }, { words = '', most = 20 }) => {
    const parts = words.toLowerCase().split(/\s+/).filter(Boolean).map(simplifiedName);
    const found = (await client['materials.library']({})).filter((material) => {
      const text = simplifiedName(`${material.name} ${material.category}`);
      return parts.every((each) => text.includes(each));
    });
    return {
      text:
        found.length === 0
          ? `The library has no material for "${words}".`
          : `${found.length} ${found.length === 1 ? 'material' : 'materials'}: ${listInWords(
              found.map(({ name }) => name),
              12,
            )}.`,
      data: {
        materials: found.slice(0, most).map(({ name, category, source, properties: p }) => ({
          name,
          category,
          source,
          young_MPa: p.young_MPa,
          poisson: p.poisson,
          density_kg_m3: p.density_kg_m3,
          ...(p.yield_MPa === undefined ? {} : { yield_MPa: p.yield_MPa }),
        })),
        leftOut: Math.max(0, found.length - most),
      },
    };
  },
});

async function planMaterial(
  context: ToolContext,
  said: { part?: string | undefined; material: string },
): Promise<{ view: ProjectView; part: PartRecord; material: Material; edit: RecordEdit; label: string }> {
  const view = await viewOf(context);
  const part = partOf(view, context, said.part);
  const material = await materialNamed(context, view, said.material);
  return {
    view,
    part,
    material,
    edit: withMaterial(view, part, material),
    label: `Make ${part.name} of ${material.name}`,
  };
}

function withMaterial(view: ProjectView, part: PartRecord, material: Material): RecordEdit {
  for (const record of view.records.values())
    if (record.type === 'material' && record.name === material.name)
      return { put: [{ ...part, materialId: record.id }], remove: [] };
  const record: MaterialRecord = { ...material, type: 'material', id: newId('material') };
  return { put: [record, { ...part, materialId: record.id }], remove: [] };
}

/** Bodies with a material of their own in a study do not follow the part's. */
function ownMaterials(view: ProjectView, part: PartRecord): string[] {
  return view.studies
    .filter(
      (study) =>
        study.partId === part.id && (study.bodyMaterials?.some(({ materialId }) => materialId !== undefined) ?? false),
    )
    .map(({ name }) => `In the study "${name}" bodies have materials of their own; those stay.`);
}

export const setMaterial = defineTool({
  name: 'set_material',
  title: 'Set the material',
  description: 'Makes a part of another material: one of the project, or of the library by its full name.',
  input: v.strictObject({
    part: v.optional(PartName),
    material: v.pipe(v.string(), v.minLength(1), v.maxLength(300), v.description('Full name: "Ti-6Al-4V".')),
  }),
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const { view, part, material, label } = await planMaterial(context, input);
    const { volume_mm3, mass_kg } = await massOf(context, view, part);
    const after = volume_mm3 * 1e-9 * material.properties.density_kg_m3;
    const assumptions = ownMaterials(view, part);
    return {
      text: `${label}; it would weigh ${kilograms(after)}${mass_kg === undefined ? '' : ` (${percentChange(mass_kg, after)})`}.`,
      changes: [
        { what: `material of ${part.name}`, before: materialNameOf(view, part) ?? 'none', after: material.name },
      ],
      ...(assumptions.length > 0 ? { assumptions } : {}),
    };
  },
  run: async (context, input) => {
    const { view, part, material, edit, label } = await planMaterial(context, input);
    const { volume_mm3, mass_kg } = await massOf(context, view, part);
    const before = materialNameOf(view, part) ?? 'none';
    await commit(context, label, edit, part);
    const after = volume_mm3 * 1e-9 * material.properties.density_kg_m3;
    const assumptions = ownMaterials(view, part);
    return {
      text: `"${part.name}" is now made of ${material.name} (it was ${before}) and weighs ${kilograms(after)}${
        mass_kg === undefined ? '' : `, ${percentChange(mass_kg, after)}`
      }.`,
      data: { part: part.name, before, material: material.name, mass_kg: after, source: material.source },
      ...(assumptions.length > 0 ? { assumptions } : {}),
    };
  },
});

async function planComparison(context: ToolContext, input: { study?: string | undefined; materials: string[] }) {
  const view = await viewOf(context);
  const study = studyOf(view, input.study);
  const part = view.records.get(study.partId);
  if (part?.type !== 'part')
    throw refusal(
      'agent.not-a-part',
      `"${study.name}" is of several parts: their materials are compared one by one by hand.`,
    );
  const materials: Material[] = [];
  for (const name of input.materials) materials.push(await materialNamed(context, view, name));
  return { view, study, part, materials };
}

export const compareMaterials = defineTool({
  name: 'compare_materials',
  title: 'Compare materials',
  description:
    'Solves a study once for each material and for the one that the part has, and compares mass, safety factor, stress and deflection. The part keeps the material that it had, unless `keep` names another.',
  input: v.strictObject({
    study: v.optional(StudyName),
    materials: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(300))), v.minLength(1), v.maxLength(6)),
    keep: v.optional(v.pipe(v.string(), v.maxLength(300), v.description('The material that the part has afterwards.'))),
  }),
  effect: 'document',
  solves: true,
  dryRun: async (context, input): Promise<DryRun> => {
    const { view, study, part, materials } = await planComparison(context, input);
    const now = materialNameOf(view, part);
    return {
      text: `Solve "${study.name}" with ${listInWords([...(now ? [now] : []), ...materials.map(({ name }) => name)])}, and compare.`,
      changes: [
        {
          what: `material of ${part.name}, while they are compared`,
          before: now ?? 'none',
          after: input.keep ?? now ?? 'none',
        },
      ],
    };
  },
  run: async (context, input) => {
    const { view, study, part, materials } = await planComparison(context, input);
    const now = part.materialId === undefined ? undefined : view.records.get(part.materialId);
    const candidates: Material[] = now?.type === 'material' ? [now, ...materials] : materials;
    const unique = candidates.filter(({ name }, k) => candidates.findIndex((each) => each.name === name) === k);
    const keep = input.keep === undefined ? undefined : await materialNamed(context, view, input.keep);
    const rows: ReturnType<typeof rowOf>[] = [];
    try {
      for (const [k, material] of unique.entries()) {
        context.progress(`Solving with ${material.name}`, k / unique.length);
        await put(context, part, material, `Try ${part.name} of ${material.name}`);
        rows.push(rowOf(material, await solve(context, study)));
      }
    } finally {
      // Whatever happened: the part does not stay in a material that nobody asked for.
      await restore(context, part, keep ?? (now?.type === 'material' ? now : undefined));
    }
    const [first] = rows;
    return {
      text: rows.map((row) => rowInWords(row, row === first ? undefined : first)).join(' '),
      data: {
        study: study.name,
        part: part.name,
        materials: rows,
        kept: keep?.name ?? materialNameOf(view, part) ?? null,
      },
    };
  },
});

async function put(context: ToolContext, part: PartRecord, material: Material, label: string): Promise<void> {
  const view = await viewOf(context);
  const now = partOf(view, context, part.id);
  if (materialNameOf(view, now) === material.name) return;
  await commit(context, label, withMaterial(view, now, material), now);
}

async function restore(context: ToolContext, part: PartRecord, material: Material | undefined): Promise<void> {
  // After a cancel too: this takes milliseconds.
  const anyway = { ...context, signal: new AbortController().signal };
  const view = await viewOf(anyway);
  const now = view.records.get(part.id);
  if (now?.type !== 'part') return;
  if (material) return put(anyway, now, material, `Make ${part.name} of ${material.name}`);
  if (now.materialId === undefined) return;
  const { materialId: _material, ...rest } = now;
  await commit(anyway, `Take the material of ${part.name} away`, { put: [rest], remove: [] }, now);
}

function rowOf(material: Material, solved: Awaited<ReturnType<typeof solve>>) {
  const { summary } = solved.entry;
  return {
    material: material.name,
    poisson: material.properties.poisson,
    ...headlineOf(summary),
    inputHash: solved.entry.inputHash,
  };
}

function rowInWords(row: ReturnType<typeof rowOf>, first: ReturnType<typeof rowOf> | undefined): string {
  const against = (key: 'mass_kg' | 'max_displacement_mm' | 'safety_factor' | 'first_frequency_Hz'): string =>
    first?.[key] === undefined || row[key] === undefined ? '' : ` (${percentChange(first[key], row[key])})`;
  const said = [
    `${kilograms(row.mass_kg)}${against('mass_kg')}`,
    row.safety_factor === undefined
      ? null
      : `safety factor ${figure(row.safety_factor, '', 3)}${against('safety_factor')}`,
    row.max_displacement_mm === undefined
      ? null
      : `moves ${figure(row.max_displacement_mm, 'mm', 3)}${against('max_displacement_mm')}`,
    row.first_frequency_Hz === undefined
      ? null
      : `first frequency ${figure(row.first_frequency_Hz, 'Hz')}${against('first_frequency_Hz')}`,
  ].filter((each) => each !== null);
  return `${row.material}: ${said.join(', ')}.`;
}

export const MATERIAL_TOOLS = [findMaterials, setMaterial, compareMaterials];
