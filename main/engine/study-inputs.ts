/** Everything that a study's answer depends on, gathered and hashed. */
import type { Material, PartRecord, StudyRecord } from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import type { DocumentSession } from '../storage/index.ts';
import { noRecord } from './context.ts';
import type { CachedBody } from './geometry-cache.ts';
import type { PartGeometry } from './geometry-service.ts';
import { hashOfInputs } from './input-hash.ts';

/** Raised when the core or the mesher answers differently for the same inputs. */
const PHYSICS_VERSION = 1;

export interface StudyInputs {
  study: StudyRecord;
  part: PartRecord;
  material: Material | null;
  /** The bodies that can be solved, with their index in the part. */
  bodies: { index: number; name: string; body: CachedBody }[];
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

/** What `studyId` would be solved from now. Probes and names do not change the answer, so they are not part of the hash. */
export function gatherInputs(session: DocumentSession, studyId: string, geometry: PartGeometry): StudyInputs {
  const study = studyOf(session, studyId);
  const part = partOf(session, study.partId);
  const [failed] = geometry.failed;
  // A body without a step that was meant is not the design: no answer about it would be one about the design.
  if (failed)
    throw new ArtificerError({
      code: 'study.part-failed',
      category: 'refused',
      message: `"${part.name}" can't be solved while its step "${failed.name}" fails.`,
      ...(failed.error ? { cause: failed.error.message } : {}),
      hint: 'Repair the step, or suppress it.',
      recordId: failed.id,
    });
  const bodies = geometry.bodies.flatMap((body, index) =>
    body.info.kind === 'solid' && body.brepHash !== null ? [{ index, name: geometry.names[index]!, body }] : [],
  );
  if (bodies.length === 0)
    throw new ArtificerError({
      code: 'study.no-solid',
      category: 'refused',
      message: `"${part.name}" has no solid body to solve.`,
      hint: 'Surfaces and triangle meshes have no inside. Import the part as a solid (STEP, IGES or BREP), or heal it on import.',
      recordId: part.id,
    });
  const record = part.materialId === undefined ? undefined : session.store.get(part.materialId);
  const material: Material | null =
    record?.type === 'material'
      ? { name: record.name, category: record.category, source: record.source, properties: record.properties }
      : null;
  const withoutNames = (each: { name: string }): unknown => ({ ...each, name: undefined });
  const inputHash = hashOfInputs({
    version: PHYSICS_VERSION,
    type: study.study,
    breps: bodies.map(({ body }) => body.brepHash),
    material: material?.properties ?? null,
    restraints: study.restraints.filter((each) => !each.suppressed).map(withoutNames),
    loads: study.loads.filter((each) => !each.suppressed).map(withoutNames),
    mesh: { ...study.mesh, refinements: study.mesh.refinements },
  });
  return { study, part, material, bodies, inputHash };
}
