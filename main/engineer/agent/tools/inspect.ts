/** Tools that read the project: what is in it, a part, its faces, its mass. */
import * as v from 'valibot';
import type { BodyInfo, PartRecord } from '../../../../preload/contract/index.ts';
import { listInWords, nameOf } from '../../../document/index.ts';
import { densityOf } from './change.ts';
import { figure, kilograms, place, variableText } from './figures.ts';
import { PartName } from './inputs.ts';
import {
  bodiesOf,
  currentResult,
  evaluatedHistory,
  faceInWords,
  type ProjectView,
  partOf,
  pointAt,
  stepNames,
  viewOf,
} from './project-view.ts';
import { defineTool, type ToolContext } from './tool.ts';

const SHOWN = 40;
const solids = (bodies: readonly BodyInfo[]): BodyInfo[] => bodies.filter(({ kind }) => kind === 'solid');

export const materialNameOf = (view: ProjectView, part: PartRecord): string | undefined => {
  const material = part.materialId === undefined ? undefined : view.records.get(part.materialId);
  return material?.type === 'material' ? material.name : undefined;
};

export const listProject = defineTool({
  name: 'list_project',
  title: 'Look at the project',
  description:
    'Lists what is in the project: parts with their material and variables, studies and whether they are solved, and what the person has selected. Call it first.',
  input: v.strictObject({}),
  effect: 'nothing',
  run: async (context) => {
    const view = await viewOf(context);
    const parts = await Promise.all(
      view.parts.slice(0, SHOWN).map(async (part) => {
        const history = await evaluatedHistory(context, part);
        return {
          id: part.id,
          name: part.name,
          material: materialNameOf(view, part) ?? null,
          steps: history?.outcomes.map(({ name, state }) => ({ name, state })) ?? [],
          variables:
            history?.variables.map(({ name, dimension, value, minimum, maximum, note }) => ({
              name,
              value: variableText(value, dimension),
              ...(minimum === undefined ? {} : { minimum: variableText(minimum, dimension) }),
              ...(maximum === undefined ? {} : { maximum: variableText(maximum, dimension) }),
              ...(note ? { note } : {}),
            })) ?? [],
        };
      }),
    );
    const studies = await Promise.all(
      view.studies.slice(0, SHOWN).map(async (study) => ({
        id: study.id,
        name: study.name,
        type: study.study,
        of: nameOf(view.records.get(study.partId) ?? study),
        loads: study.loads.map(({ name, kind }) => `${name} (${kind})`),
        restraints: study.restraints.map(({ name, kind }) => `${name} (${kind})`),
        solved: (await currentResult(context, study)) !== undefined,
      })),
    );
    return {
      text: `${parts.length === 0 ? 'No parts' : listInWords(parts.map(({ name }) => `"${name}"`))}; ${
        studies.length === 0 ? 'no studies' : `studies ${listInWords(studies.map(({ name }) => `"${name}"`))}`
      }.`,
      data: {
        parts,
        leftOut: Math.max(0, view.parts.length - SHOWN),
        studies,
        selection: context.selection,
        branch: view.branch,
      },
    };
  },
});

export const inspectPart = defineTool({
  name: 'inspect_part',
  title: 'Look at a part',
  description: 'Steps of a part with what became of them, its variables, its bodies with size, volume and mass.',
  input: v.strictObject({ part: v.optional(PartName) }),
  effect: 'nothing',
  run: async (context, { part: said }) => {
    const view = await viewOf(context);
    const part = partOf(view, context, said);
    const history = await evaluatedHistory(context, part);
    const bodies = await bodiesOf(context, part);
    const density = densityOf(view, part);
    const failed = history?.outcomes.filter(({ state }) => state === 'failed') ?? [];
    const size = (info: BodyInfo) => info.box.max.map((each, k) => each - info.box.min[k]!);
    const sizes = bodies.map((info) =>
      size(info)
        .map((each) => figure(each))
        .join(' × '),
    );
    return {
      text: [
        `"${part.name}" has ${bodies.length === 1 ? 'one body' : `${bodies.length} bodies`} of ${listInWords(sizes.map((each) => `${each} mm`))}, ${
          materialNameOf(view, part) ? `made of ${materialNameOf(view, part)}` : 'and no material'
        }.`,
        ...failed.map(({ name, error }) => `Its step "${name}" fails: ${error?.message ?? 'unknown why'}.`),
      ].join(' '),
      data: {
        id: part.id,
        name: part.name,
        material: materialNameOf(view, part) ?? null,
        steps:
          history?.outcomes.map(({ id, name, state, error, scripted }) => ({
            id,
            name,
            state,
            ...(scripted ? { scripted } : {}),
            ...(error ? { error: error.message } : {}),
          })) ?? [],
        variables:
          history?.variables.map(({ name, expression, value, dimension, note }) => ({
            name,
            expression,
            value: variableText(value, dimension),
            ...(note ? { note } : {}),
          })) ?? [],
        bodies: bodies.map((info) => ({
          name: info.name,
          kind: info.kind,
          size_mm: size(info),
          volume_mm3: info.mass.volume_mm3,
          ...(density === undefined ? {} : { mass_kg: info.mass.volume_mm3 * 1e-9 * density }),
          faces: info.faces.length,
        })),
      },
    };
  },
});

const SURFACES = ['plane', 'cylinder', 'cone', 'sphere', 'torus', 'other'] as const;

export const listFaces = defineTool({
  name: 'list_faces',
  title: 'List faces',
  description:
    'Faces of a part, largest first: words, surface, area, centre, normal, and the name by which other tools take them.',
  input: v.strictObject({
    part: v.optional(PartName),
    surface: v.optional(v.picklist(SURFACES)),
    most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200))),
  }),
  effect: 'nothing',
  run: async (context, { part: said, surface, most = 20 }) => {
    const view = await viewOf(context);
    const part = partOf(view, context, said);
    const bodies = await bodiesOf(context, part);
    const names = stepNames(view, await evaluatedHistory(context, part));
    const all = bodies
      .flatMap((info, body) => info.faces.map((face, index) => ({ info, body, face, index })))
      .filter(({ face }) => surface === undefined || face.type === surface)
      .sort((a, b) => b.face.area_mm2 - a.face.area_mm2);
    const faces = all.slice(0, most).map(({ info, body, face, index }) => ({
      words: faceInWords(info, index, names),
      body,
      index,
      name: face.persistentNames?.[0] ?? null,
      surface: face.type,
      area_mm2: face.area_mm2,
      centre_mm: face.centroid_mm,
      ...(face.normal ? { normal: face.normal } : {}),
      ...(face.radius_mm === undefined ? {} : { radius_mm: face.radius_mm }),
    }));
    return {
      text: `"${part.name}" has ${all.length} ${surface ?? ''} faces${all.length > most ? `; the ${most} largest are listed` : ''}.`.replace(
        '  ',
        ' ',
      ),
      data: { faces, leftOut: Math.max(0, all.length - most) },
      faces: faces.slice(0, 12).map((each) => pointAt(view, part, each, each.words)),
    };
  },
});

/** What a part weighs as it is now, or why that cannot be said. */
export async function massOf(
  context: ToolContext,
  view: ProjectView,
  part: PartRecord,
): Promise<{ volume_mm3: number; mass_kg?: number; centre_mm: [number, number, number] }> {
  const bodies = solids(await bodiesOf(context, part));
  const volume_mm3 = bodies.reduce((sum, { mass }) => sum + mass.volume_mm3, 0);
  const density = densityOf(view, part);
  const centre = [0, 1, 2].map(
    (k) => bodies.reduce((sum, { mass }) => sum + mass.volume_mm3 * mass.centroid_mm[k]!, 0) / volume_mm3,
  ) as [number, number, number];
  return {
    volume_mm3,
    ...(density === undefined ? {} : { mass_kg: volume_mm3 * 1e-9 * density }),
    centre_mm: centre,
  };
}

export const measureMass = defineTool({
  name: 'measure_mass',
  title: 'Weigh a part',
  description: 'Mass, volume and centre of mass of a part as it is now.',
  input: v.strictObject({ part: v.optional(PartName) }),
  effect: 'nothing',
  run: async (context, { part: said }) => {
    const view = await viewOf(context);
    const part = partOf(view, context, said);
    const { volume_mm3, mass_kg, centre_mm } = await massOf(context, view, part);
    const volume = `${figure(volume_mm3 / 1000, 'cm³')}`;
    return {
      text:
        mass_kg === undefined
          ? `"${part.name}" has a volume of ${volume}. It has no material, so its mass is not known: give it one first.`
          : `"${part.name}" weighs ${kilograms(mass_kg)} (${volume} of ${materialNameOf(view, part)}). Its centre of mass is at ${place(centre_mm)} mm.`,
      data: { part: part.name, volume_mm3, ...(mass_kg === undefined ? {} : { mass_kg }), centre_mm },
    };
  },
});

export const INSPECT_TOOLS = [listProject, inspectPart, listFaces, measureMass];
