/** Concepts that are generated: material between the brief's interfaces, at several amounts of it, that compete. */
import {
  ArtificerError,
  type JobContext,
  type Material,
  type StudyDefinition,
  type Vector3,
} from '../../../preload/contract/index.ts';
import { parseStudyConditions } from '../../physics/index.ts';
import { resolveScriptedPart, runPartScript } from '../../scripting/index.ts';
import type { Box, Brief, BriefCase, BriefInterface, ConceptRequest } from '../brief/brief.ts';
import { studyText } from '../brief/case-study.ts';
import { refuseDesign } from '../errors.ts';
import { generateShape } from '../topology/index.ts';
import type { ShapeInterface, ShapeLoadCase, ShapeRequest } from '../topology/types.ts';
import { type Concept, conceptFromScript } from './concept.ts';

/**
 * Shares of the envelope that shapes are generated with, until two came out; thickness and windows of each are then searched.
 * Where interfaces are far apart, the least amounts leave nothing for members between them.
 */
const AMOUNTS = [0.2, 0.35, 0.5];
const SHAPES = 2;
/** Windows whose size is searched besides the depth: the first ones are the largest. */
const MOST_WINDOWS = 4;
/** Thinnest member and tool, as shares of the shorter side across the milling direction. */
const MEMBER_SHARE = 0.08;
const LEAST_MEMBER_mm = 3;
const TOOL_RADIUS_mm = 3;
const AXES = ['x', 'y', 'z'] as const;

/** @throws ArtificerError of a brief that says too little, or more than a generated shape can follow */
export async function generatedConcepts(
  brief: Brief,
  request: ConceptRequest,
  context: JobContext,
): Promise<Concept[]> {
  const concepts: Concept[] = [];
  let refused: unknown;
  for (const [index, amount] of AMOUNTS.entries()) {
    if (concepts.length === SHAPES) break;
    const share: JobContext = {
      signal: context.signal,
      progress: (stage, fraction) =>
        context.progress(`Generating a shape: ${stage}`, (index + (fraction ?? 0)) / AMOUNTS.length),
    };
    const shape = await generateShape(shapeRequestOf(brief, amount), share).catch((thrown: unknown) => {
      if (!(thrown instanceof ArtificerError) || thrown.data.code !== 'engineer.shape-apart') throw thrown;
      refused = thrown;
      return null;
    });
    if (!shape) continue;
    const fileName = `generated-${Math.round(100 * amount)}.ts`;
    const faces = Object.fromEntries(
      Object.entries(shape.faces).map(([name, names]) => [name, names.map((each) => `face ${each}`)]),
    );
    concepts.push(
      await conceptFromScript(
        {
          ...request,
          name: `${request.name}, ${Math.round(100 * amount)} % of the envelope`,
          vary: Object.keys(request.vary).length > 0 ? request.vary : await variedOf(shape.script, fileName, context),
          faces: { ...faces, ...request.faces },
        },
        { fileName, source: shape.script },
        context,
      ),
    );
  }
  if (concepts.length === 0) throw refused;
  return concepts;
}

/** The depth and the largest windows, over the ranges that the script itself gives them; bores stay as the brief has them. */
async function variedOf(source: string, fileName: string, context: JobContext): Promise<ConceptRequest['vary']> {
  const { variables } = resolveScriptedPart(await runPartScript({ source, fileName }, context));
  const windows = variables.filter(({ name }) => name.startsWith('window_')).slice(0, MOST_WINDOWS);
  return Object.fromEntries(
    [...variables.filter(({ name }) => name === 'depth'), ...windows].flatMap(({ name, minimum, maximum }) =>
      minimum === undefined || maximum === undefined ? [] : [[name, { kind: 'range' as const, minimum, maximum }]],
    ),
  );
}

export function shapeRequestOf(brief: Brief, volumeFraction: number): ShapeRequest {
  const refuse = (message: string, hint?: string) =>
    refuseDesign('generate', `No shape can be generated for this brief: ${message}`, hint);
  const { envelope, interfaces } = brief;
  if (!envelope) throw refuse('it has no envelope.', 'Give envelope: {min: [...], max: [...]}.');
  if (interfaces.length < 2) throw refuse('it has fewer than two interfaces to lead the load between.');
  const material = brief.materials.find(({ properties }) => !properties.orthotropic);
  if (!material) throw refuse('all its materials are orthotropic.');
  const axis = millingAxis(interfaces, envelope);
  const across = [0, 1, 2].filter((k) => k !== axis);
  const sides = across.map((k) => envelope.max_mm[k]! - envelope.min_mm[k]!);
  const minimumMember_mm = Math.max(LEAST_MEMBER_mm, MEMBER_SHARE * Math.min(...sides));
  const loadCases = brief.cases.filter(({ type }) => type === 'static').map((one) => loadCaseOf(brief, one, refuse));
  if (loadCases.length === 0) throw refuse('it has no static case: nothing says where material is needed.');
  return {
    name: brief.name,
    envelope: { minimum: envelope.min_mm, maximum: envelope.max_mm },
    millingDirection: AXES[axis]!,
    interfaces: interfaces.map((one) => interfaceOf(one, axis, minimumMember_mm, refuse)),
    keepOuts: brief.keepOuts.map(({ min_mm, max_mm }) => ({ kind: 'box', minimum: min_mm, maximum: max_mm })),
    loadCases,
    material: shapeMaterial(material),
    minimumMember_mm,
    toolRadius_mm: TOOL_RADIUS_mm,
    amount: { volumeFraction },
    aggregate: 'worst',
    seed: 0,
  };
}

const shapeMaterial = ({ name, properties }: Material): ShapeRequest['material'] => ({
  name,
  young_MPa: properties.young_MPa,
  poisson: properties.poisson,
  density_t_mm3: properties.density_kg_m3 * 1e-12,
});

const alongAxis = (direction: Vector3): number => direction.findIndex((x) => Math.abs(x) > 0.999);

/** That of the holes; where there are none, the shortest side of the envelope. */
function millingAxis(interfaces: readonly BriefInterface[], { min_mm, max_mm }: Box): 0 | 1 | 2 {
  for (const one of interfaces)
    if (one.kind !== 'face') {
      const axis = alongAxis(one.axis);
      if (axis >= 0) return axis as 0;
    }
  const extents = max_mm.map((high, axis) => high - min_mm[axis]!);
  return extents.indexOf(Math.min(...extents)) as 0;
}

type Refuse = (message: string, hint?: string) => Error;

function interfaceOf(one: BriefInterface, axis: number, land_mm: number, refuse: Refuse): ShapeInterface {
  const { name } = one;
  if (one.kind === 'face') {
    if (alongAxis(one.normal) < 0 || alongAxis(one.normal) === axis)
      throw refuse(`face "${name}" does not stand upright on the milling direction ${AXES[axis]}.`);
    const along = one.size_mm ? Math.max(...one.size_mm) : null;
    if (along === null) throw refuse(`face "${name}" has no size.`, 'Give size: [LENGTH, DEPTH].');
    return { name, kind: 'face', centre: one.at_mm, length_mm: along, land_mm };
  }
  if (alongAxis(one.axis) !== axis)
    throw refuse(`the axis of "${name}" is not along ${AXES[axis]}, the one direction that everything is milled from.`);
  // A clearance hole is wider than its bolt: ISO 273, medium fit, is about a tenth.
  const [centres, diameter_mm] =
    one.kind === 'bolts' ? ([one.at_mm, 1.1 * one.diameter_mm] as const) : ([[one.at_mm], one.diameter_mm] as const);
  return { name, kind: one.kind === 'bolts' ? 'bolt-pattern' : 'bore', centres, diameter_mm, land_mm };
}

/** Forces and moments on interfaces, and interfaces that are held: all that a generated shape follows. */
function loadCaseOf(brief: Brief, one: BriefCase, refuse: Refuse): ShapeLoadCase {
  // Each interface gets a selector of its own, by which it is found again in the study.
  const stand = new Map(brief.interfaces.map(({ name }, k) => [`faces near (${k}, 0, 0)`, name]));
  const faces = Object.fromEntries([...stand].map(([selector, name]) => [name, [selector]]));
  const { study } = parseStudyConditions(studyText(one, faces, null, brief));
  const namesOf = (on: StudyDefinition['restraints'][number]['on'], what: string): string[] =>
    on.map((reference) => {
      const name = reference.by === 'selector' ? stand.get(reference.selector) : undefined;
      if (name === undefined) throw refuse(`${what} of case "${one.name}" is on no interface.`);
      return name;
    });
  const supports = study.restraints.flatMap((restraint) => {
    if (restraint.kind !== 'fixed')
      throw refuse(`restraint "${restraint.name}" of case "${one.name}" does not hold its interface fast.`);
    return namesOf(restraint.on, restraint.name);
  });
  const loads = study.loads.flatMap((load): ShapeLoadCase['loads'] => {
    if (load.kind === 'force' || load.kind === 'bearing')
      return namesOf(load.on, load.name).map((on, _, all) => ({
        on,
        force_N: load.force_N.map((x) => x / all.length) as unknown as Vector3,
      }));
    if (load.kind === 'moment')
      return namesOf(load.on, load.name).map((on, _, all) => ({
        on,
        moment_N_mm: load.moment_N_mm.map((x) => x / all.length) as unknown as Vector3,
      }));
    throw refuse(`load "${load.name}" of case "${one.name}" is neither a force nor a moment.`);
  });
  return { name: one.name, loads, supports };
}
