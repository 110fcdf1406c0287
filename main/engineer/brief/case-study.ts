/** A load case of a brief as the text of a study file: interfaces become faces of the concept, mesh and material are added. */
import { stringify } from 'yaml';
import type { Brief, BriefCase } from './brief.ts';

export interface CaseMesh {
  size_mm?: number;
  accuracy: string;
}

/**
 * @param faces selectors of the concept's faces, by the name of the interface
 * @param standIn selector for interfaces that `faces` lacks; without it such a name is left to be refused
 * @returns YAML that `parseStudyConditions` reads; the material in it is only there to be replaced
 */
export function studyText(
  { name, type, conditions }: BriefCase,
  faces: Readonly<Record<string, readonly string[]>>,
  standIn: string | null,
  brief: Pick<Brief, 'interfaces' | 'concepts'>,
  mesh: CaseMesh = { accuracy: 'default' },
): string {
  const named = new Set([
    ...brief.interfaces.map((each) => each.name),
    ...brief.concepts.flatMap((concept) => Object.keys(concept.faces)),
  ]);
  const placed = (on: unknown): unknown => {
    const texts = [on].flat().flatMap((each: unknown): readonly unknown[] => {
      if (typeof each !== 'string') return [each];
      if (Object.hasOwn(faces, each)) return faces[each]!;
      return named.has(each) && standIn !== null ? [standIn] : [each];
    });
    return texts.length === 1 ? texts[0] : texts;
  };
  const replaced = (data: unknown): unknown => {
    if (Array.isArray(data)) return data.map(replaced);
    if (data === null || typeof data !== 'object') return data;
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        key === 'on' || key === 'to' || key === 'opposite' ? placed(value) : replaced(value),
      ]),
    );
  };
  const { size_mm, accuracy } = mesh;
  return stringify({
    name,
    type,
    material: { young: '200 GPa', poisson: 0.3, density: '7800 kg/m^3' },
    mesh: { accuracy, ...(size_mm === undefined ? {} : { size: `${size_mm} mm` }) },
    ...(replaced(conditions) as Record<string, unknown>),
  });
}
