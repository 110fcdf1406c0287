/** What the bodies are made of, and figures of it that the type of study cannot do without. Pure. */
import type {
  AnyRecord,
  MaterialProperties,
  MaterialRecord,
  PartRecord,
  StudyRecord,
  StudyType,
} from '../../../../preload/contract/index.ts';
import type { Missing } from './missing.ts';

type Lacks = (properties: MaterialProperties) => string[];

const lacksConductivity: Lacks = ({ conductivity_W_mK, tables, orthotropic }) =>
  (conductivity_W_mK ?? tables?.conductivity_W_mK ?? orthotropic?.conductivity_W_mK) ? [] : ['conductivity'];
const lacksSpecificHeat: Lacks = ({ specificHeat_J_kgK, tables }) =>
  (specificHeat_J_kgK ?? tables?.specificHeat_J_kgK) ? [] : ['specific heat'];
const lacksExpansion: Lacks = ({ thermalExpansion_1_K, tables, orthotropic }) =>
  (thermalExpansion_1_K ?? tables?.thermalExpansion_1_K ?? orthotropic?.thermalExpansion_1_K) === undefined
    ? ['thermal expansion']
    : [];
const lacksDensity: Lacks = ({ density_kg_m3 }) => (density_kg_m3 > 0 ? [] : ['density']);

function figuresLacking(study: StudyRecord): Lacks {
  const loads = study.loads.filter(({ suppressed }) => !suppressed);
  const has = (...kinds: string[]) => loads.some(({ kind }) => kinds.includes(kind));
  const ownHeat =
    study.study === 'thermal-stress' &&
    !study.temperatures &&
    (has('convection', 'radiation', 'heat-flux', 'heat-flow', 'heat-generation') ||
      study.restraints.some(({ kind, suppressed }) => kind === 'temperature' && !suppressed));
  const of: Record<StudyType, Lacks[]> = {
    static: [],
    buckling: [],
    modal: [lacksDensity],
    harmonic: [lacksDensity],
    thermal: [lacksConductivity],
    'transient-thermal': [lacksConductivity, lacksSpecificHeat, lacksDensity],
    'thermal-stress': [lacksExpansion, ...(ownHeat ? [lacksConductivity] : [])],
  };
  const wanted = [...of[study.study]];
  const mechanical = study.study === 'static' || study.study === 'buckling';
  if (mechanical && (has('gravity', 'acceleration', 'centrifugal') || study.inertiaRelief)) wanted.push(lacksDensity);
  if (mechanical && (study.temperatures || has('body-temperature'))) wanted.push(lacksExpansion);
  return (properties) => wanted.flatMap((lacks) => lacks(properties));
}

/** A body that is studied: by its index in its part, and in a group of parts on which instance. */
export interface Solid {
  name: string;
  partId: string;
  body: number;
  instanceId?: string;
}

/** @param partIds the part that is studied, or those of the group */
export function missingInMaterials(
  study: StudyRecord,
  partIds: readonly string[],
  records: ReadonlyMap<string, AnyRecord>,
  solids: readonly Solid[],
): Missing[] {
  const found: Missing[] = [];
  const materialOf = (id: string | undefined): MaterialRecord | undefined => {
    const record = id ? records.get(id) : undefined;
    return record?.type === 'material' ? record : undefined;
  };
  const keyOf = ({ instanceId, body }: { instanceId?: string | undefined; body: number }) =>
    `${instanceId ?? ''} ${body}`;
  const own = new Map((study.bodyMaterials ?? []).map((each) => [keyOf(each), each.materialId]));
  const partOf = (id: string): PartRecord | undefined => {
    const record = records.get(id);
    return record?.type === 'part' ? record : undefined;
  };
  const used = new Set<MaterialRecord>();
  // Until the shape is known, the parts stand for their bodies.
  const bodies: readonly Solid[] =
    solids.length > 0 ? solids : partIds.map((partId) => ({ partId, body: -1, name: partOf(partId)?.name ?? '' }));
  const without = bodies.filter((solid) => {
    const material = materialOf(own.get(keyOf(solid))) ?? materialOf(partOf(solid.partId)?.materialId);
    if (material) used.add(material);
    return !material;
  });
  if (bodies.length > 0 && without.length === bodies.length)
    found.push({
      text: partIds.length > 1 ? 'The parts have no material yet.' : 'The part has no material yet.',
      materials: true,
      blocking: true,
    });
  else
    for (const { name } of without)
      found.push({ text: `Body “${name}” has no material yet.`, field: 'bodyMaterials', blocking: true });
  for (const { axes, ...of } of study.bodyMaterials ?? []) {
    const name = solids.find((solid) => keyOf(solid) === keyOf(of))?.name;
    if (!axes || name === undefined) continue;
    const [[a, b, c], [d, e, f]] = [axes.first, axes.second];
    if (Math.hypot(b * f - c * e, c * d - a * f, a * e - b * d) <= 1e-9 * Math.hypot(a, b, c) * Math.hypot(d, e, f))
      found.push({
        text: `Axes 1 and 2 of the material of “${name}” point the same way.`,
        field: 'bodyMaterials',
        blocking: true,
      });
  }
  const lacks = figuresLacking(study);
  for (const material of used) {
    const figures = lacks(material.properties);
    if (figures.length > 0)
      found.push({
        text: `${material.name} has no ${figures.join(', no ')}: add it to the material.`,
        materials: true,
        blocking: true,
      });
  }
  return found;
}
