/** What single bodies of the part are made of in a study. Pure. */
import type { BodyMaterial, MaterialAxes, StudyRecord } from '../../../../preload/contract/index.ts';

/** A body by its index in its part, in a group of parts on which instance. */
export type WhichBody = Pick<BodyMaterial, 'instanceId' | 'body'>;
const isOf = (one: WhichBody, other: WhichBody): boolean =>
  one.body === other.body && one.instanceId === other.instanceId;

export const ofBody = (study: StudyRecord, which: WhichBody): BodyMaterial | undefined =>
  study.bodyMaterials?.find((one) => isOf(one, which));

/** With another material or axes for one body; one that differs in nothing from the part is not listed. */
export function withBody(
  study: StudyRecord,
  { instanceId, body }: WhichBody,
  materialId: string | undefined,
  axes: MaterialAxes | undefined,
): StudyRecord {
  const { bodyMaterials, ...rest } = study;
  const others = (bodyMaterials ?? []).filter((one) => !isOf(one, { instanceId, body }));
  const next = [
    ...others,
    ...(materialId || axes
      ? [
          {
            ...(instanceId ? { instanceId } : {}),
            body,
            ...(materialId ? { materialId } : {}),
            ...(axes ? { axes } : {}),
          },
        ]
      : []),
  ].sort((a, b) => a.body - b.body);
  return next.length > 0 ? { ...rest, bodyMaterials: next } : rest;
}
