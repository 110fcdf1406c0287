/** What single bodies of the part are made of in a study. Pure. */
import type { BodyMaterial, MaterialAxes, StudyRecord } from '../../../../preload/contract/index.ts';

export const ofBody = (study: StudyRecord, body: number): BodyMaterial | undefined =>
  study.bodyMaterials?.find((one) => one.body === body);

/** With another material or axes for one body; one that differs in nothing from the part is not listed. */
export function withBody(
  study: StudyRecord,
  body: number,
  materialId: string | undefined,
  axes: MaterialAxes | undefined,
): StudyRecord {
  const { bodyMaterials, ...rest } = study;
  const others = (bodyMaterials ?? []).filter((one) => one.body !== body);
  const next = [
    ...others,
    ...(materialId || axes ? [{ body, ...(materialId ? { materialId } : {}), ...(axes ? { axes } : {}) }] : []),
  ].sort((a, b) => a.body - b.body);
  return next.length > 0 ? { ...rest, bodyMaterials: next } : rest;
}
