/** Materials into the project and onto parts. */
import { newId } from '../../main/document/index.ts';
import type { AnyRecord, Material, MaterialRecord, PartRecord } from '../../preload/contract/index.ts';
import { recordOf, recordsOf } from '../state/document.ts';
import { edit } from './edit.ts';

/** The same material as this one, if the project has it already. */
export function projectMaterial(material: Material): MaterialRecord | undefined {
  return recordsOf('material').find(
    ({ name, source, properties }) =>
      name === material.name &&
      source === material.source &&
      JSON.stringify(properties) === JSON.stringify(material.properties),
  );
}

/** Makes the parts of this material; it joins the project's materials if it is not among them. One step of undo. */
export async function assignMaterial(material: Material, parts: PartRecord[]): Promise<void> {
  if (parts.length === 0) return;
  const known = projectMaterial(material);
  const put: AnyRecord[] = [];
  let id = known?.id;
  if (!id) {
    const record: MaterialRecord = { ...material, type: 'material', id: newId('material') };
    id = record.id;
    put.push(record);
  }
  for (const part of parts) put.push({ ...part, materialId: id });
  const what = parts.length === 1 ? `“${parts[0]!.name.slice(0, 60)}”` : `${parts.length} parts`;
  await edit(`Make ${what} of ${material.name}`, put);
}

/** The same for whatever these instances place. */
export async function assignMaterialTo(material: Material, instanceIds: string[]): Promise<void> {
  const ids = new Set(instanceIds.map((id) => recordOf('instance', id)?.partId));
  await assignMaterial(
    material,
    recordsOf('part').filter(({ id }) => ids.has(id)),
  );
}

export async function removeMaterial(material: MaterialRecord): Promise<void> {
  const users = recordsOf('part').filter(({ materialId }) => materialId === material.id);
  const put = users.map(({ materialId: _gone, ...part }) => part);
  await edit(`Remove material ${material.name}`, put, { remove: [material.id] });
}
