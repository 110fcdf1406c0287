/** Tools that add to a part's history: holes, roundings and bevels, steps left out. */
import * as v from 'valibot';
import type { BodyInfo, Feature, FeatureOf, PartRecord } from '../../../../preload/contract/index.ts';
import {
  addFeature,
  evaluateAs,
  hasHistory,
  listInWords,
  makePick,
  newId,
  type RecordEdit,
  resolveReference,
  select,
  suppressFeatures,
} from '../../../document/index.ts';
import { commit, densityOf, tryOn, volumeOf } from './change.ts';
import { figure, kilograms } from './figures.ts';
import { sketchOfHoles } from './hole-places.ts';
import { FaceName, Length, PartName } from './inputs.ts';
import {
  bodiesOf,
  evaluatedHistory,
  faceInWords,
  featuresOfPart,
  oneOf,
  type ProjectView,
  partOf,
  pointAt,
  refusal,
  selectedFaces,
  stepNames,
  variablesOf,
  viewOf,
} from './project-view.ts';
import { type DryRun, defineTool, type PointedItem, type ToolContext } from './tool.ts';
import { tableOf } from './variables.ts';

interface FacePlace {
  body: number;
  index: number;
  words: string;
}

/** The face that is meant: named, selected, or the only one that can be. @throws ArtificerError `agent.which` */
async function faceOf(
  context: ToolContext,
  view: ProjectView,
  part: PartRecord,
  bodies: readonly BodyInfo[],
  said: string | undefined,
): Promise<FacePlace> {
  const names = stepNames(view, await evaluatedHistory(context, part));
  const placed = (body: number, index: number): FacePlace => ({
    body,
    index,
    words: faceInWords(bodies[body]!, index, names),
  });
  const flatOnly = (found: FacePlace): FacePlace => {
    if (bodies[found.body]!.faces[found.index]!.type === 'plane') return found;
    throw refusal(
      'agent.not-flat',
      `${found.words} is not flat: holes are drilled into flat faces.`,
      'Choose another face.',
    );
  };
  if (said !== undefined) {
    const reference = /^(faces?|edges|vertices)\b/.test(said)
      ? ({ by: 'selector', selector: said } as const)
      : ({ by: 'name', kind: 'face', name: said } as const);
    const { items, error } = resolveReference(reference, bodies);
    if (error) throw refusal('agent.which', error.message, error.hint);
    const faces = items.filter(({ kind }) => kind === 'face').map(({ body, index }) => placed(body, index));
    if (faces.length === 1) return flatOnly(faces[0]!);
    throw whichFace(view, part, bodies, faces, `“${said}” means ${faces.length} faces: which one?`);
  }
  const selected = selectedFaces(context, part);
  const [only] = selected;
  if (only && selected.length === 1) return flatOnly(placed(only.body, only.index));
  if (selected.length > 1)
    throw whichFace(
      view,
      part,
      bodies,
      selected.map(({ body, index }) => placed(body, index)),
      'Several faces are selected: which one?',
    );
  const planes = bodies.flatMap(({ faces }, body) =>
    faces.flatMap((face, index) => (face.type === 'plane' && face.normal ? [{ body, index, face }] : [])),
  );
  const largest = Math.max(0, ...planes.map(({ face }) => face.area_mm2));
  const candidates = planes.filter(({ face }) => face.area_mm2 > 0.4 * largest);
  // The two sides of a plate are the same to a hole that goes through: the upper one is taken.
  const directions: (typeof candidates)[] = [];
  for (const each of candidates.sort((a, b) => upness(b.face.normal!) - upness(a.face.normal!))) {
    const known = directions.find(
      ([first]) =>
        first!.body === each.body &&
        Math.abs(Math.abs(dot(first!.face.normal!, each.face.normal!)) - 1) < 1e-6 &&
        first!.face.area_mm2 < 1.2 * each.face.area_mm2 &&
        each.face.area_mm2 < 1.2 * first!.face.area_mm2,
    );
    if (known) known.push(each);
    else directions.push([each]);
  }
  if (directions.length === 1) return placed(directions[0]![0]!.body, directions[0]![0]!.index);
  throw whichFace(
    view,
    part,
    bodies,
    directions.map(([first]) => placed(first!.body, first!.index)),
    directions.length === 0 ? `"${part.name}" has no flat face.` : 'On which face?',
  );
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, each, k) => sum + each * b[k]!, 0);
const upness = ([x, y, z]: readonly [number, number, number]): number => 4 * z - 2 * y + x;

function whichFace(
  view: ProjectView,
  part: PartRecord,
  bodies: readonly BodyInfo[],
  faces: readonly FacePlace[],
  message: string,
) {
  const shown = faces.slice(0, 8);
  return refusal('agent.which', message, 'Select the face in the model, or name it.', {
    details: {
      candidates: shown.map(({ body, index, words }) => ({
        name:
          bodies[body]!.faces[index]!.persistentNames?.[0] ??
          `faces near (${bodies[body]!.faces[index]!.centroid_mm.join(', ')})`,
        words,
        what: 'face',
      })),
      faces: shown.map((each): PointedItem => pointAt(view, part, each, each.words)),
    },
  });
}

/** An imported part begins its history with its import; what studies picked on it by number is named then. */
async function makeEditable(context: ToolContext, said: string | undefined): Promise<void> {
  const part = partOf(await viewOf(context), context, said);
  if (!hasHistory(part)) await context.client['parts.makeEditable']({ partId: part.id }, { signal: context.signal });
}

const HoleInput = v.strictObject({
  part: v.optional(PartName),
  face: v.optional(FaceName),
  size: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(M\d+(\.\d+)?|#?\d[\d/ -]*)$/, 'a thread size such as M6'),
      v.description('Thread size: "M6". With it a type.'),
    ),
  ),
  type: v.optional(v.picklist(['clearance', 'tapped', 'counterbore', 'countersink'])),
  fit: v.optional(v.picklist(['close', 'normal', 'loose'])),
  diameter: v.optional(Length),
  where: v.picklist(['corners', 'centre']),
  inset: v.optional(v.pipe(Length, v.description('From the edges to the holes; twice their diameter where left out.'))),
  depth: v.optional(v.pipe(Length, v.description('All the way through where left out.'))),
});

async function planHoles(context: ToolContext, input: v.InferOutput<typeof HoleInput>) {
  const view = await viewOf(context);
  const part = partOf(view, context, input.part);
  const bodies = await bodiesOf(context, part);
  const variables = tableOf(await variablesOf(context, part));
  const length = (text: string): number => evaluateAs(text, 'length', variables);
  if ((input.size === undefined) === (input.diameter === undefined))
    throw refusal('agent.hole-size', 'Holes have either a thread size or a diameter.');
  const nominal =
    input.size === undefined ? length(input.diameter!) : Number(/^M(\d+(\.\d+)?)/.exec(input.size)?.[1] ?? Number.NaN);
  if (!(nominal > 0))
    throw refusal('agent.hole-size', `"${input.size ?? input.diameter}" is no size of a hole that is known here.`);
  const face = await faceOf(context, view, part, bodies, input.face);
  const assumptions: string[] = [];
  // Twice the diameter to the middle of the hole leaves one and a half of it as wall: a common rule for bolted plates.
  const inset = input.inset ?? `${2 * nominal} mm`;
  if (input.inset === undefined && input.where === 'corners')
    assumptions.push(`The holes stand ${inset} from both edges (twice their size), because no distance was given.`);
  if (input.size !== undefined && input.fit === undefined && (input.type ?? 'clearance') === 'clearance')
    assumptions.push('Normal fit (ISO 273, medium).');
  if (input.face === undefined && selectedFaces(context, part).length === 0)
    assumptions.push(`On ${face.words}, the largest flat face.`);
  const { sketch, points, tied, places } = sketchOfHoles(bodies, face, input.where, length(inset), inset, nominal / 2);
  if (input.where === 'corners' && !tied)
    assumptions.push('The outline is not square, so the holes keep their places when it changes.');
  const sketchId = newId('feature');
  const hole: FeatureOf<'hole'> = {
    kind: 'hole',
    sketch: sketchId,
    points,
    ...(input.size === undefined
      ? { standard: 'custom', type: 'simple', diameter: { length: input.diameter! } }
      : {
          standard: 'iso',
          type: input.type ?? 'clearance',
          size: input.size,
          ...((input.type ?? 'clearance') === 'tapped' ? {} : { fit: input.fit ?? 'normal' }),
        }),
    extent: input.depth === undefined ? { to: 'through-all' } : { to: 'depth', depth: { length: input.depth } },
  };
  const what =
    input.size === undefined ? `holes of ${input.diameter}` : `${input.size} ${input.type ?? 'clearance'} holes`;
  const words = points.length === 1 ? what.replace('holes', 'hole') : what;
  const first = addFeature(part, { name: `Places of ${words}`, feature: sketch, id: sketchId });
  const second = addFeature(first.part, { name: words, feature: hole });
  const edit: RecordEdit = { put: [...first.put.filter(({ id }) => id !== part.id), ...second.put], remove: [] };
  return {
    view,
    part,
    edit,
    face,
    count: points.length,
    words,
    places,
    holeId: second.record.id,
    assumptions,
    before: bodies,
  };
}

/** Every hole must have gone into the material: one beside it would be a silent nothing. */
async function tryHoles(context: ToolContext, planned: Awaited<ReturnType<typeof planHoles>>) {
  const tried = await tryOn(context, planned.part, planned.edit);
  const before = planned.before.reduce((sum, { mass }) => sum + mass.volume_mm3, 0);
  const after = volumeOf(tried.view);
  const outcome = tried.after.outcomes.find(({ id }) => id === planned.holeId);
  const walls = new Set(outcome?.made?.flatMap((name) => /wall\(([^)]+)\)/.exec(name)?.[1] ?? []));
  if (after >= before || (walls.size > 0 && walls.size < planned.count))
    throw refusal(
      'agent.holes.miss',
      `Not every hole would meet material (${walls.size} of ${planned.count}).`,
      'Choose another face, or another distance from the edges.',
    );
  return { after, removed_mm3: before - after };
}

export const addHoles = defineTool({
  name: 'add_holes',
  title: 'Add holes',
  description:
    'Drills holes into a flat face, at its four corners or in its middle: for a thread size (clearance, tapped, counterbored, countersunk by ISO) or a diameter. They are tied to the edges of the face.',
  input: HoleInput,
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const planned = await planHoles(context, input);
    const { removed_mm3 } = await tryHoles(context, planned);
    return {
      text: `Drill ${planned.count === 1 ? 'one' : planned.count} ${planned.words} into ${planned.face.words}; ${figure(removed_mm3 / 1000, 'cm³', 3)} of material goes.`,
      changes: [{ what: `${planned.words} of ${planned.part.name}`, after: `${planned.count} holes` }],
      assumptions: planned.assumptions,
      faces: [pointAt(planned.view, planned.part, planned.face, planned.face.words)],
    };
  },
  run: async (context, input) => {
    await makeEditable(context, input.part);
    const planned = await planHoles(context, input);
    const { after, removed_mm3 } = await tryHoles(context, planned);
    const { view, part, words, count, face, places } = planned;
    await commit(context, `Add ${count} ${words} to ${part.name}`.slice(0, 300), planned.edit, part);
    const density = densityOf(view, part);
    return {
      text: `${count === 1 ? 'One' : count} ${words} drilled into ${face.words}.${density === undefined ? '' : ` The part now weighs ${kilograms(after * density * 1e-9)}.`}`,
      data: { part: part.name, holes: count, places_mm: places, removed_mm3, volume_mm3: after },
      assumptions: planned.assumptions,
      faces: [pointAt(view, part, face, face.words)],
    };
  },
});

const EdgeInput = v.strictObject({
  part: v.optional(PartName),
  as: v.picklist(['fillet', 'chamfer']),
  edges: v.optional(
    v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(2000),
      v.description('A selector: "edges |Z". Left out: the selected edges, or those of the selected faces.'),
    ),
  ),
  size: Length,
});

async function planEdges(context: ToolContext, input: v.InferOutput<typeof EdgeInput>) {
  const view = await viewOf(context);
  const part = partOf(view, context, input.part);
  const bodies = await bodiesOf(context, part);
  let items: { body: number; index: number }[];
  if (input.edges !== undefined) items = select(input.edges, bodies).filter(({ kind }) => kind === 'edge');
  else
    items = context.selection
      .filter(({ partId }) => partId === part.id)
      .flatMap(({ body, kind, index }) =>
        kind === 'edge'
          ? [{ body, index }]
          : kind === 'face'
            ? (bodies[body]?.faces[index]?.edges ?? []).map((edge) => ({ body, index: edge }))
            : [],
      );
  // Where two faces run into each other smoothly there is nothing to round.
  const sharp = items.filter(({ body, index }) => Math.abs(bodies[body]?.edges[index]?.angle_rad ?? 1) > 0.02);
  if (sharp.length === 0)
    throw refusal(
      'agent.no-edges',
      input.edges === undefined ? 'No edge is selected.' : `“${input.edges}” is no sharp edge of "${part.name}".`,
      'Select edges in the model.',
    );
  const unique = new Map(sharp.map((each) => [`${each.body}/${each.index}`, each]));
  const references = [...unique.values()].map(({ body, index }) =>
    makePick(bodies, body, 'edge', index),
  ) as FeatureOf<'fillet'>['edges'];
  const feature: Feature =
    input.as === 'fillet'
      ? { kind: 'fillet', edges: references, radius: { length: input.size } }
      : { kind: 'chamfer', edges: references, distance: { length: input.size } };
  const name = input.as === 'fillet' ? `Rounding of ${input.size}` : `Chamfer of ${input.size}`;
  const { put, remove } = addFeature(part, { name, feature });
  return { view, part, edit: { put, remove }, count: unique.size, name };
}

export const dressEdges = defineTool({
  name: 'dress_edges',
  title: 'Round or bevel edges',
  description: 'Adds a fillet or a chamfer to edges of a part: the selected ones, or those of a selector.',
  input: EdgeInput,
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const { part, edit, count, name } = await planEdges(context, input);
    await tryOn(context, part, edit);
    return {
      text: `${name} on ${count} edges of ${part.name}.`,
      changes: [{ what: `${count} edges of ${part.name}`, after: name }],
    };
  },
  run: async (context, input) => {
    await makeEditable(context, input.part);
    const { view, part, edit, count, name } = await planEdges(context, input);
    const tried = await tryOn(context, part, edit);
    await commit(context, `${name} on ${part.name}`.slice(0, 300), edit, part);
    const density = densityOf(view, part);
    return {
      text: `${name} on ${count} edges.${density === undefined ? '' : ` The part now weighs ${kilograms(volumeOf(tried.view) * density * 1e-9)}.`}`,
      data: { part: part.name, edges: count, volume_mm3: volumeOf(tried.view) },
    };
  },
});

const SuppressInput = v.strictObject({
  part: v.optional(PartName),
  steps: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(300))), v.minLength(1), v.maxLength(100)),
  suppressed: v.boolean(),
});

async function planSuppress(context: ToolContext, input: v.InferOutput<typeof SuppressInput>) {
  const view = await viewOf(context);
  const part = partOf(view, context, input.part);
  if (!hasHistory(part))
    throw refusal('agent.no-history', `"${part.name}" has no steps: it is shown as it was imported.`);
  const steps = input.steps.map((said) => oneOf(featuresOfPart(view, part), said, 'step'));
  const edit = suppressFeatures(
    part,
    steps.map(({ id }) => id),
    input.suppressed,
    view.records,
  );
  const names = listInWords(steps.map(({ name }) => `"${name}"`));
  return { part, edit, names, label: `${input.suppressed ? 'Leave out' : 'Bring back'} ${names}`.slice(0, 300) };
}

export const suppressSteps = defineTool({
  name: 'suppress_steps',
  title: 'Leave steps out',
  description:
    "Leaves steps of a part's history out, or brings them back. They are kept, so this can be taken back at any time.",
  input: SuppressInput,
  effect: 'document',
  dryRun: async (context, input): Promise<DryRun> => {
    const { part, edit, names, label } = await planSuppress(context, input);
    await tryOn(context, part, edit);
    return { text: `${label}.`, changes: [{ what: names, after: input.suppressed ? 'left out' : 'there again' }] };
  },
  run: async (context, input) => {
    const { part, edit, names, label } = await planSuppress(context, input);
    const tried = await tryOn(context, part, edit);
    await commit(context, label, edit, part);
    return {
      text: `${names} ${input.suppressed ? 'left out' : 'there again'}.`,
      data: { part: part.name, volume_mm3: volumeOf(tried.view) },
    };
  },
});

export const GEOMETRY_TOOLS = [addHoles, dressEdges, suppressSteps];
