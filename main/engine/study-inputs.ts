/** Everything that a study's answer depends on, gathered and hashed. */
import type {
  AnyRecord,
  GroupRecord,
  Material,
  MaterialAxes,
  PartRecord,
  StudyDefinition,
  StudyRecord,
} from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import { noRecord } from './context.ts';
import { namesBodies, placedDefinition } from './groups/group-definition.ts';
import type { StudiedBodies, StudiedBody } from './groups/studied-bodies.ts';
import { hashOfInputs } from './input-hash.ts';

/** Raised when the core or the mesher answers differently for the same inputs. */
export const PHYSICS_VERSION = 3;

export interface StudyInputs {
  study: StudyRecord;
  subject: PartRecord | GroupRecord;
  /** With picks on placed bodies where the study is of a group. */
  definition: StudyDefinition;
  /** The bodies that can be solved. */
  bodies: (StudiedBody & { brepHash: string; material: Material | null; axes?: MaterialAxes })[];
  inputHash: string;
}

export function studyOf(session: DocumentSession, studyId: string): StudyRecord {
  const record = session.store.get(studyId);
  if (record?.type !== 'study') throw noRecord('study', studyId);
  return record;
}

export function partOf(session: DocumentSession, partId: string): PartRecord {
  const record = session.store.get(partId);
  if (record?.type !== 'part') throw noRecord('part', partId);
  return record;
}

/**
 * What `studyId` would be solved from now. Probes and names do not change the answer, so they are not part of the hash.
 * `temperatureHash`: the inputs, as they are now, of the study that temperatures come from; null where they are not known.
 */
export function gatherInputs(
  session: DocumentSession,
  studyId: string,
  studied: StudiedBodies,
  temperatureHash: string | null,
): StudyInputs {
  const study = studyOf(session, studyId);
  const { subject, group } = studied;
  const [failed] = studied.failed;
  // A body without a step that was meant is not the design: no answer about it would be one about the design.
  if (failed)
    throw new ArtificerError({
      code: 'study.part-failed',
      category: 'refused',
      message: `"${failed.part.name}" can't be solved while its step "${failed.step.name}" fails.`,
      ...(failed.step.error ? { cause: failed.step.error.message } : {}),
      hint: 'Repair the step, or suppress it.',
      recordId: failed.step.id,
    });
  const bodies = studied.bodies.flatMap((body) =>
    body.info.kind === 'solid' && body.brepHash !== null ? [{ ...body, brepHash: body.brepHash }] : [],
  );
  if (bodies.length === 0)
    throw new ArtificerError({
      code: 'study.no-solid',
      category: 'refused',
      message: `"${subject.name}" has no solid body to solve.`,
      hint: 'Surfaces and triangle meshes have no inside. Import the part as a solid (STEP, IGES or BREP), or heal it on import.',
      recordId: subject.id,
    });
  const placed = bodies.map((each) => ({ ...each, ...materialOfBody(session, study, each) }));
  const asked = definitionOf(study);
  const definition = group ? placedDefinition(asked, group, study.id) : asked;
  const inputHash = hashOfInputs({
    version: PHYSICS_VERSION,
    breps: placed.map(({ brepHash }) => brepHash),
    ...(group ? { worlds: placed.map(({ of }) => of!.world), indices: placed.map(({ index }) => index) } : {}),
    ...(namesBodies(asked) ? { names: placed.map(({ name }) => name) } : {}),
    materials: placed.map(({ material, axes }) => ({ properties: material?.properties ?? null, axes })),
    ...withoutNames(definition),
    // Temperatures of another study are those that it has now, whatever it was solved from before.
    temperatures: study.temperatures && temperatureInputs(study.temperatures, temperatureHash),
  });
  return { study, definition, subject, bodies: placed, inputHash };
}

/** What a body is made of: its own material where the study names one, else its part's. */
export function materialOfBody(
  session: DocumentSession,
  study: StudyRecord,
  studied: Pick<StudiedBody, 'part' | 'body' | 'of'>,
): { material: Material | null; axes?: MaterialAxes } {
  return materialAmong((id) => session.store.get(id), study, studied);
}

/** The same among records that may not be those of now. */
export function materialAmong(
  recordOf: (id: string) => AnyRecord | undefined,
  study: StudyRecord,
  { part, body, of }: Pick<StudiedBody, 'part' | 'body' | 'of'>,
): { material: Material | null; axes?: MaterialAxes } {
  const own = study.bodyMaterials?.findLast((each) => each.body === body && each.instanceId === of?.instanceId);
  const id = own?.materialId ?? part.materialId;
  const found = id === undefined ? undefined : recordOf(id);
  return {
    material:
      found?.type === 'material'
        ? { name: found.name, category: found.category, source: found.source, properties: found.properties }
        : null,
    ...(own?.axes ? { axes: own.axes } : {}),
  };
}

/** The physics of a study as it will be solved: what is suppressed is left out. */
export function definitionOf(study: StudyRecord): StudyDefinition {
  const { type, id, name, partId, view, surrogate, ...definition } = study;
  const active = <T extends { suppressed?: boolean | undefined }>(items: T[]): T[] =>
    items.filter((each) => !each.suppressed);
  return {
    ...definition,
    restraints: active(definition.restraints),
    loads: active(definition.loads),
    ...(definition.connections ? { connections: active(definition.connections) } : {}),
    ...(definition.cases ? { cases: active(definition.cases) } : {}),
    ...(definition.combinations ? { combinations: active(definition.combinations) } : {}),
  };
}

/** Names are words only, and probes are read from the finished result: neither changes the answer. */
export function withoutNames({ probes, ...definition }: StudyDefinition): Record<string, unknown> {
  const nameless = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(nameless);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) =>
        key === 'name' && 'id' in value ? [] : [[key, nameless(each)] as const],
      ),
    );
  };
  return nameless(definition) as Record<string, unknown>;
}

const temperatureInputs = (temperatures: NonNullable<StudyDefinition['temperatures']>, hash: string | null): unknown =>
  temperatures.from === 'study' ? { ...temperatures, result: hash } : temperatures;
