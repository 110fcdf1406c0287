/** Why it fails: where the stress governs, on which face of which step, by which mechanism, and what would help there. */
import * as v from 'valibot';
import type {
  BodyInfo,
  FaceInfo,
  PartRecord,
  ResultEntry,
  StudyRecord,
  Vector3,
} from '../../../../preload/contract/index.ts';
import { figure, place } from './figures.ts';
import { StudyName } from './inputs.ts';
import {
  bodiesOf,
  currentResult,
  evaluatedHistory,
  faceInWords,
  oneOf,
  type ProjectView,
  pointAt,
  refusal,
  stepNames,
  studyOf,
  viewOf,
} from './project-view.ts';
import {
  acrossWall,
  along,
  governingFrame,
  nodeAt,
  normalsAt,
  peakOn,
  principal,
  type SurfaceStress,
  stressAt,
  surfaceStress,
  surroundings,
} from './stress-field.ts';
import { defineTool, type ToolContext } from './tool.ts';

export type Mechanism = 'bending' | 'tension' | 'compression' | 'shear' | 'mixed';

/** Of the stress on one side of a wall by that on the other: from here on it is called bending, or even through the wall. */
const OPPOSITE = -0.3;
const EVEN = 0.4;
/** A peak above its surroundings by this much is a concentration. */
const CONCENTRATED = 1.6;
/** Largest and smallest principal stress of opposite sign and this similar in size are shear. */
const SHEAR = 0.35;

export interface Governing {
  at_mm: Vector3;
  von_mises_MPa: number;
  face: { body: number; index: number; words: string };
  mechanism: Mechanism;
  /** Peak by its surroundings. */
  concentration?: number;
  wall_mm?: number;
  otherSide_MPa?: number;
  principal_MPa: [number, number, number];
}

export const explainResult = defineTool({
  name: 'explain_result',
  title: 'Explain what governs',
  description:
    'Where the stress of a solved static study is largest: face and step that it is on, whether it bends, is pulled, pressed or sheared, how concentrated it is, and what would help. With `steps`, looks at the faces of these steps alone.',
  input: v.strictObject({
    study: v.optional(StudyName),
    steps: v.optional(
      v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(300))), v.minLength(1), v.maxLength(50)),
    ),
  }),
  effect: 'nothing',
  run: async (context, input) => {
    const view = await viewOf(context);
    const study = studyOf(view, input.study);
    const part = view.records.get(study.partId);
    if (part?.type !== 'part')
      throw refusal(
        'agent.not-a-part',
        `"${study.name}" is of several parts: look at its result in the Results panel.`,
      );
    const entry = await currentResult(context, study);
    if (!entry)
      throw refusal(
        'agent.not-solved',
        `"${study.name}" has not been solved as the project is now.`,
        'Solve it first.',
      );
    const field = await fieldOf(context, study, entry);
    const bodies = await bodiesOf(context, part);
    const history = await evaluatedHistory(context, part);
    const names = stepNames(view, history);
    const steps = input.steps?.map((said) => oneOf(history?.outcomes ?? [], said, 'step'));
    const frame = governingFrame(entry.summary);
    const ids = steps?.map(({ id }) => id);
    const governing = governingOf(field, bodies, entry, names, ids);
    if (!governing)
      throw refusal(
        'agent.no-stress-there',
        `No face of ${steps?.map(({ name }) => `"${name}"`).join(', ') ?? `"${part.name}"`} carries stress in this result.`,
      );
    return answerOf(view, part, study, entry, governing, bodies, frame.name);
  },
});

async function fieldOf(context: ToolContext, study: StudyRecord, entry: ResultEntry): Promise<SurfaceStress> {
  const bytes = entry.fieldsHash === null ? null : await context.blob(entry.fieldsHash);
  if (!bytes)
    throw refusal('agent.no-fields', `The fields of "${study.name}" are not kept any more.`, 'Solve it again.');
  const field = surfaceStress(bytes, governingFrame(entry.summary).index);
  if (!field)
    throw refusal('agent.no-such-quantity', `"${study.name}" is a ${study.study} study: its result has no stress.`);
  return field;
}

/** Pure but for what it is given. Places where the exact stress is infinite are left out: they say nothing about strength. */
export function governingOf(
  field: SurfaceStress,
  bodies: readonly BodyInfo[],
  { summary }: Pick<ResultEntry, 'summary'>,
  names: (id: string) => string | undefined,
  steps?: readonly string[],
): Governing | null {
  const reach = 2 * summary.mesh.size_mm;
  const singular = summary.singularities.map(({ at_mm }) => at_mm);
  const leaveOut = (at: Vector3): boolean =>
    singular.some((each) => Math.hypot(at[0] - each[0], at[1] - each[1], at[2] - each[2]) < reach);
  const counts = (triangle: number): boolean => {
    if (!steps) return true;
    const face = bodies[field.body[triangle]!]?.faces[field.face[triangle]!];
    return face?.persistentNames?.some((name) => steps.some((id) => name.startsWith(`${id}/`))) ?? false;
  };
  // Where everything lies beside a singular place, that is still where it is.
  const peak = peakOn(field, counts, leaveOut) ?? peakOn(field, counts, () => false);
  if (!peak || peak.value <= 0) return null;
  const at = nodeAt(field, peak.node);
  const [body, index] = [field.body[peak.triangle]!, field.face[peak.triangle]!];
  const tensor = stressAt(field, peak.node);
  const { values, governing } = principal(tensor);
  const here = along(tensor, governing);
  const wall = wallAt(field, peak.node, governing, summary.mesh.size_mm);
  const there = wall?.there;
  const around = wall ? surroundings(field, at, wall.thickness_mm, 2.5 * wall.thickness_mm) : null;
  return {
    at_mm: at,
    von_mises_MPa: peak.value,
    face: { body, index, words: bodies[body] ? faceInWords(bodies[body], index, names) : `face ${index + 1}` },
    mechanism: mechanismOf(values, here, there),
    principal_MPa: values,
    ...(around ? { concentration: peak.value / around } : {}),
    ...(wall ? { wall_mm: wall.thickness_mm } : {}),
    ...(there === undefined ? {} : { otherSide_MPa: there }),
  };
}

/** Through which wall the stress turns most: at an edge there are several ways to go in. */
function wallAt(
  field: SurfaceStress,
  node: number,
  direction: Vector3,
  size_mm: number,
): { thickness_mm: number; there: number } | null {
  const at = nodeAt(field, node);
  const here = along(stressAt(field, node), direction);
  const normals = normalsAt(field, node);
  const walls = normals.flatMap((outward) => {
    // A little away from the other faces, or the ray would run along them.
    const from = at.map((each, k) =>
      normals.reduce((sum, other) => (other === outward ? sum : sum - 0.02 * size_mm * other[k]!), each),
    ) as Vector3;
    const wall = acrossWall(field, from, outward);
    return wall ? [{ thickness_mm: wall.thickness_mm, there: along(stressAt(field, wall.node), direction) }] : [];
  });
  return walls.sort((a, b) => a.there / here - b.there / here)[0] ?? null;
}

export function mechanismOf(
  values: readonly [number, number, number],
  here: number,
  there: number | undefined,
): Mechanism {
  if (there !== undefined && there / here < OPPOSITE) return 'bending';
  const [largest, , smallest] = values;
  if (largest > 0 && smallest < 0 && Math.abs(largest + smallest) < SHEAR * (largest - smallest)) return 'shear';
  if (there !== undefined && there / here < EVEN) return 'mixed';
  return here > 0 ? 'tension' : 'compression';
}

function answerOf(
  view: ProjectView,
  part: PartRecord,
  study: StudyRecord,
  entry: ResultEntry,
  governing: Governing,
  bodies: readonly BodyInfo[],
  frame: string | undefined,
) {
  const face = bodies[governing.face.body]?.faces[governing.face.index];
  const material = part.materialId === undefined ? undefined : view.records.get(part.materialId);
  const strength = material?.type === 'material' ? material.properties.yield_MPa : undefined;
  const factor = strength === undefined ? undefined : strength / governing.von_mises_MPa;
  const fails = factor !== undefined && factor < 1;
  const moves = movesFor(governing, face);
  const sentences = [
    `${fails ? 'It yields' : 'The stress is largest'} at ${governing.face.words}, at ${place(governing.at_mm)} mm${frame ? `, in ${frame}` : ''}: ${figure(governing.von_mises_MPa, 'MPa')} von Mises${
      strength === undefined
        ? ''
        : ` against ${figure(strength, 'MPa')} of yield strength, a factor of ${figure(factor!, '', 3)}`
    }.`,
    mechanismInWords(governing),
    ...(governing.concentration !== undefined && governing.concentration > CONCENTRATED
      ? [`It is ${figure(governing.concentration, '', 2)} times its surroundings: ${concentrationInWords(face)}.`]
      : []),
    moves.length > 0 ? `What would help most: ${moves.join('; ')}.` : '',
  ].filter(Boolean);
  const singular = entry.summary.singularities;
  return {
    text: sentences.join(' '),
    data: {
      study: study.name,
      at_mm: governing.at_mm,
      von_mises_MPa: governing.von_mises_MPa,
      face: governing.face.words,
      mechanism: governing.mechanism,
      principal_MPa: governing.principal_MPa,
      ...(factor === undefined ? {} : { safety_factor: factor, yield_MPa: strength }),
      ...(governing.wall_mm === undefined ? {} : { wall_mm: governing.wall_mm }),
      ...(governing.concentration === undefined ? {} : { concentration: governing.concentration }),
      moves,
    },
    faces: [pointAt(view, part, governing.face, governing.face.words)],
    picture: { studyId: study.id, inputHash: entry.inputHash },
    ...(singular.length > 0
      ? {
          assumptions: [
            `Left out: ${singular.length === 1 ? 'one place' : `${singular.length} places`} where the exact stress is infinite (${singular[0]!.reason}).`,
          ],
        }
      : {}),
  };
}

function mechanismInWords({ mechanism, wall_mm, otherSide_MPa, principal_MPa }: Governing): string {
  const [largest, , smallest] = principal_MPa;
  const here = Math.abs(largest) >= Math.abs(smallest) ? largest : smallest;
  const across =
    wall_mm === undefined || otherSide_MPa === undefined ? '' : ` across the ${figure(wall_mm, 'mm', 2)} of wall`;
  switch (mechanism) {
    case 'bending':
      return `The wall bends there: the stress goes from ${figure(here, 'MPa', 3)} to ${figure(otherSide_MPa!, 'MPa', 3)}${across}.`;
    case 'shear':
      return `It is sheared (or twisted) there: the principal stresses are ${figure(largest, 'MPa', 3)} and ${figure(smallest, 'MPa', 3)}.`;
    case 'tension':
      return `It is pulled there: ${figure(here, 'MPa', 3)}${across ? `, and ${figure(otherSide_MPa!, 'MPa', 3)}${across}` : ''}.`;
    case 'compression':
      return `It is pressed together there: ${figure(here, 'MPa', 3)}.`;
    default:
      return `It is pulled or pressed and bent at once: ${figure(here, 'MPa', 3)} here, ${figure(otherSide_MPa ?? Number.NaN, 'MPa', 3)} on the other side.`;
  }
}

const isRounding = (face: FaceInfo | undefined): boolean =>
  face?.type === 'cylinder' || face?.type === 'torus' || face?.type === 'sphere';

function concentrationInWords(face: FaceInfo | undefined): string {
  const radius = face?.minorRadius_mm ?? face?.radius_mm;
  if (isRounding(face) && face?.concave)
    return (face.sweep?.angle_rad ?? 0) > 6
      ? `the edge of a hole of ${figure(2 * (radius ?? Number.NaN), 'mm', 3)}`
      : `an inner rounding of ${figure(radius ?? Number.NaN, 'mm', 3)}`;
  return 'it is concentrated there';
}

/** Rules of mechanics, no predictions: a number comes from solving again. */
function movesFor({ mechanism, concentration, wall_mm }: Governing, face: FaceInfo | undefined): string[] {
  const moves: string[] = [];
  if ((concentration ?? 0) > CONCENTRATED && isRounding(face) && face?.concave)
    moves.push(
      (face.sweep?.angle_rad ?? 0) > 6
        ? 'move the hole away from the most stressed place, or make it smaller'
        : 'a larger inner radius',
    );
  if (mechanism === 'bending')
    moves.push(
      `a thicker wall (bending stress falls with the square of the ${wall_mm === undefined ? 'thickness' : `${figure(wall_mm, 'mm', 2)}`})`,
      'a rib along the bending, or a shorter arm of the load',
    );
  if (mechanism === 'tension' || mechanism === 'compression') moves.push('a larger cross-section across the force');
  if (mechanism === 'shear') moves.push('a closed or thicker section, or less eccentric load');
  if (mechanism === 'mixed') moves.push('a thicker wall, or less eccentric load');
  return moves.slice(0, 2);
}

export const EXPLAIN_TOOLS = [explainResult];
