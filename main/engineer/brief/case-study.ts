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
  brief: Pick<Brief, 'interfaces' | 'concepts' | 'requirements' | 'objectives'>,
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
    ...(type === 'modal' && !('modes' in conditions || 'modal' in conditions)
      ? { modes: modesAskedFor(name, brief) }
      : {}),
    ...(replaced(conditions) as Record<string, unknown>),
  });
}

/** Found besides those that are asked for, so that none of a close pair is missed. */
const FURTHER_MODES = 2;

/** A study by itself shows ten modes; a design is judged by the first few, and each takes its time. */
function modesAskedFor(name: string, { requirements, objectives }: Pick<Brief, 'requirements' | 'objectives'>): number {
  const asked = [...requirements, ...objectives].flatMap(({ quantity, case: of }) =>
    quantity.kind === 'frequency' && (of === undefined || of === name) ? [quantity.mode] : [],
  );
  return Math.max(1, ...asked) + FURTHER_MODES;
}
