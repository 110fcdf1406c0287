/** Volume, area, box and mass of a part from its bodies. */
import type { BoundingBox, MaterialRecord, PartView, Vector3 } from '../../../preload/contract/index.ts';

export interface PartFigures {
  volume_mm3: number;
  area_mm2: number;
  box: BoundingBox | null;
  centroid_mm: Vector3 | null;
  /** Undefined without a material, or when nothing encloses a volume. */
  mass_kg: number | undefined;
  faces: number;
  edges: number;
  solids: number;
}

export function figuresOf(view: PartView | undefined, material: MaterialRecord | undefined): PartFigures {
  const figures: PartFigures = {
    volume_mm3: 0,
    area_mm2: 0,
    box: null,
    centroid_mm: null,
    mass_kg: undefined,
    faces: 0,
    edges: 0,
    solids: 0,
  };
  const moment = [0, 0, 0];
  for (const { info } of view?.bodies ?? []) {
    figures.volume_mm3 += info.mass.volume_mm3;
    figures.area_mm2 += info.mass.area_mm2;
    figures.faces += info.faces.length;
    figures.edges += info.edges.length;
    figures.solids += info.solids;
    for (let i = 0; i < 3; i++) moment[i]! += info.mass.centroid_mm[i]! * info.mass.volume_mm3;
    figures.box ??= { min: [...info.box.min], max: [...info.box.max] };
    for (let i = 0; i < 3; i++) {
      figures.box.min[i] = Math.min(figures.box.min[i]!, info.box.min[i]!);
      figures.box.max[i] = Math.max(figures.box.max[i]!, info.box.max[i]!);
    }
  }
  if (figures.volume_mm3 > 0) {
    figures.centroid_mm = moment.map((value) => value / figures.volume_mm3) as Vector3;
    if (material) figures.mass_kg = figures.volume_mm3 * 1e-9 * material.properties.density_kg_m3;
  }
  return figures;
}
