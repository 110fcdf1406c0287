/** Finding materials by words. Pure. */
import type { Material } from '../../../preload/contract/index.ts';

/** Materials whose name, category, source or note hold all the words. */
export function findMaterials<T extends Material>(materials: T[], words: string, category: string): T[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return materials.filter((material) => {
    if (category !== '' && material.category !== category) return false;
    const text = `${material.name} ${material.category} ${material.source} ${material.note ?? ''}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

export const categoriesOf = (materials: Material[]): string[] =>
  [...new Set(materials.map(({ category }) => category))].sort((a, b) => a.localeCompare(b));
