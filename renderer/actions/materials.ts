/** Materials into the project and onto parts. */
import { newId } from '../../main/document/index.ts';
import type { AnyRecord, Material, MaterialRecord, PartRecord } from '../../preload/contract/index.ts';
import { withBody } from '../panels/studies/materials/body-edits.ts';
import { recordOf, recordsOf } from '../state/document.ts';
import { edit } from './edit.ts';
import { freshName } from './studies.ts';

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

/** A copy in the project, to be changed. */
export async function copyMaterial(material: Material): Promise<MaterialRecord | undefined> {
  const name = freshName(material.name, recordsOf('material'));
  const record: MaterialRecord = { ...material, type: 'material', id: newId('material'), name };
  return (await edit(`Copy ${material.name} into the project`, [record])) ? record : undefined;
}

/** Parts and bodies that were made of it are of none, or of their part's, afterwards. */
export async function removeMaterial(material: MaterialRecord): Promise<void> {
  const parts = recordsOf('part')
    .filter(({ materialId }) => materialId === material.id)
    .map(({ materialId: _gone, ...part }) => part);
  const studies = recordsOf('study')
    .filter(({ bodyMaterials }) => bodyMaterials?.some(({ materialId }) => materialId === material.id))
    .map((study) =>
      (study.bodyMaterials ?? []).reduce(
        (changed, { materialId, axes, ...which }) =>
          materialId === material.id ? withBody(changed, which, undefined, axes) : changed,
        study,
      ),
    );
  await edit(`Remove material ${material.name}`, [...parts, ...studies], { remove: [material.id] });
}
