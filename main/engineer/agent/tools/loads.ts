/** Tools about studies as records: the size of a load, a study like another one. */
import * as v from 'valibot';
import type { Load, StudyRecord, StudyType, Vector3 } from '../../../../preload/contract/index.ts';
import { newId, parseQuantity } from '../../../document/index.ts';
import { commit } from './change.ts';
import { figure, place } from './figures.ts';
import { StudyName } from './inputs.ts';
import { oneOf, refusal, studyOf, viewOf } from './project-view.ts';
import { type DryRun, defineTool, type ToolContext } from './tool.ts';

const Input = v.strictObject({
  study: v.optional(StudyName),
  load: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(300))),
  factor: v.optional(v.pipe(v.number(), v.finite(), v.description('Scales the load.'))),
  size: v.optional(
    v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(100),
      v.description('Its new size in the same direction: "1200 N", "2 MPa".'),
    ),
  ),
});

async function planLoad(context: ToolContext, input: v.InferOutput<typeof Input>) {
  const view = await viewOf(context);
  const study = studyOf(view, input.study);
  const load = oneOf(study.loads, input.load, 'load');
  if ((input.factor === undefined) === (input.size === undefined))
    throw refusal('agent.load-size', 'A load is either scaled by a factor or given a size.');
  const changed = scaled(load, input);
  const record: StudyRecord = { ...study, loads: study.loads.map((each) => (each.id === load.id ? changed : each)) };
  return {
    study,
    load,
    changed,
    edit: { put: [record], remove: [] },
    label: `Change ${load.name} of ${study.name} to ${sizeOf(changed)}`.slice(0, 300),
  };
}

function scaled(load: Load, { factor, size }: { factor?: number | undefined; size?: string | undefined }): Load {
  const stretch = (vector: Vector3, kind: 'force' | 'stress'): Vector3 => {
    const length = Math.hypot(...vector);
    if (factor === undefined && length === 0)
      throw refusal(
        'agent.no-direction',
        `"${load.name}" is zero and has no direction: give it one in the Studies panel.`,
      );
    const by = factor ?? parseQuantity(size!, kind) / length;
    return vector.map((each) => Number((each * by).toPrecision(12))) as Vector3;
  };
  switch (load.kind) {
    case 'force':
    case 'bearing':
    case 'remote-force':
      return { ...load, force_N: stretch(load.force_N, 'force') };
    case 'traction':
      return { ...load, traction_MPa: stretch(load.traction_MPa, 'stress') };
    case 'pressure':
      return {
        ...load,
        pressure_MPa: factor === undefined ? parseQuantity(size!, 'stress') : load.pressure_MPa * factor,
      };
    default:
      throw refusal(
        'agent.load-kind',
        `"${load.name}" is of a kind (${load.kind}) that is changed in the Studies panel.`,
      );
  }
}

function sizeOf(load: Load): string {
  switch (load.kind) {
    case 'force':
    case 'bearing':
    case 'remote-force':
      return `${place(load.force_N)} N`;
    case 'traction':
      return `${place(load.traction_MPa)} MPa`;
    case 'pressure':
      return figure(load.pressure_MPa, 'MPa');
    default:
      return load.kind;
  }
}

export const setLoad = defineTool({
  name: 'set_load',
  title: 'Change a load',
  description: 'Scales a force or pressure of a study, or gives it another size in the direction that it has.',
  input: Input,
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const { study, load, changed, label } = await planLoad(context, input);
    return {
      text: `${label}.`,
      changes: [{ what: `${load.name} of ${study.name}`, before: sizeOf(load), after: sizeOf(changed) }],
    };
  },
  run: async (context, input) => {
    const { study, load, changed, edit, label } = await planLoad(context, input);
    await commit(context, label, edit);
    return {
      text: `${load.name} of "${study.name}": ${sizeOf(load)} → ${sizeOf(changed)}. Its results are those of the old load until it is solved again.`,
      data: { study: study.name, load: load.name, before: sizeOf(load), after: sizeOf(changed) },
    };
  },
});

/** What a study like another one is called. */
export const nameOfStudy = (type: string, like: string): string =>
  `${type === 'modal' ? 'Vibrations' : 'Buckling'} of ${like}`;

const LIKE = ['modal', 'buckling'] as const satisfies readonly StudyType[];
const StudyInput = v.strictObject({
  type: v.picklist(LIKE),
  like: v.optional(v.pipe(StudyName, v.description('The study that it is held, and for buckling loaded, as.'))),
  name: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(300))),
});

async function planStudy(context: ToolContext, input: v.InferOutput<typeof StudyInput>) {
  const view = await viewOf(context);
  const from =
    input.like === undefined
      ? oneOf(
          view.studies.filter(({ study }) => study === 'static'),
          undefined,
          'static study',
        )
      : studyOf(view, input.like);
  if (from.study !== 'static' && from.study !== 'thermal-stress')
    throw refusal(
      'agent.study-like',
      `"${from.name}" is a ${from.study} study: one of statics says how the part is held.`,
    );
  const name = input.name ?? nameOfStudy(input.type, from.name);
  const record: StudyRecord = {
    type: 'study',
    id: newId('study'),
    name,
    study: input.type,
    partId: from.partId,
    restraints: from.restraints,
    loads: input.type === 'modal' ? [] : from.loads,
    mesh: from.mesh,
    probes: [],
    ...(from.connections ? { connections: from.connections } : {}),
    ...(from.bodyMaterials ? { bodyMaterials: from.bodyMaterials } : {}),
  };
  return { from, record, edit: { put: [record], remove: [] }, label: `Add the study ${name}`.slice(0, 300) };
}

export const addStudy = defineTool({
  name: 'add_study',
  title: 'Add a study',
  description: 'Makes a study of vibrations or buckling of a part that is held (and loaded) as in a static study.',
  input: StudyInput,
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const { from, record, label } = await planStudy(context, input);
    return {
      text: `${label}, held as in "${from.name}".`,
      changes: [{ what: `study ${record.name}`, after: record.study }],
    };
  },
  run: async (context, input) => {
    const { from, record, edit, label } = await planStudy(context, input);
    await commit(context, label, edit);
    return {
      text: `The study "${record.name}" is there, held as in "${from.name}".`,
      data: { study: record.name, id: record.id, type: record.study },
    };
  },
});

export const LOAD_TOOLS = [setLoad, addStudy];
