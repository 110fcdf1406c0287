/** Puts mesh, materials, temperatures and heat together into the numeric core's model, or says plainly why it cannot be. */
import type { HeatModel, HeatSource, HeatSurface } from '../../../native/index.d.ts';
import { refuseStudy } from '../errors.ts';
import type { ResolvedLoad } from '../loads/apply.ts';
import { bodyOfElements, type ModelBody } from '../model/build.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import { TargetFinder } from '../model/target.ts';
import { ownerOf } from '../model/topology.ts';
import type { ResolvedRestraint } from '../restraints/apply.ts';
import type { SolveTask } from '../workers/tasks.ts';
import { type HeatContacts, heatContacts } from './contacts.ts';
import { heatMaterials } from './materials.ts';
import { film_mW_mm2K, flux_mW_mm2, generation_mW_mm3, power_mW } from './units.ts';

/** Where a load or a fixed temperature went in the core's model, and what it promises. */
export interface HeatEntry {
  id: string;
  name: string;
  surface?: number;
  source?: number;
  /** Nodes that have the restraint's temperature. */
  nodes?: number[];
  /** mW without its curve: what the model must carry, where the load says it outright. */
  promised_mW?: number;
}

export interface BuiltHeat {
  model: HeatModel;
  finder: TargetFinder;
  elementBody: Int32Array;
  entries: HeatEntry[];
  contacts: HeatContacts;
  warnings: { code: string; message: string }[];
}

type HeatTask = Pick<SolveTask, 'bodies' | 'restraints' | 'loads' | 'connections'>;

export function buildHeatModel(mesh: VolumeMesh, task: HeatTask, transient: boolean): BuiltHeat {
  const finder = new TargetFinder(mesh);
  const elementBody = bodyOfElements(mesh, task.bodies);
  const materials = heatMaterials(task.bodies, transient);
  const entries: HeatEntry[] = [];
  const warnings: BuiltHeat['warnings'] = [];
  const histories: NonNullable<HeatModel['histories']> = [];
  // A steady study has no time: its loads and temperatures are those of the whole.
  const historyOf = (curve: readonly (readonly [number, number])[] | undefined): number => {
    if (!curve || !transient) return -1;
    histories.push({
      times: Float64Array.from(curve, ([time]) => time),
      values: Float64Array.from(curve, ([, factor]) => factor),
    });
    return histories.length - 1;
  };
  const fixed = fixedTemperatures(finder, task.restraints, entries, warnings, historyOf);
  const surfaces: HeatSurface[] = [];
  const sources: HeatSource[] = [];
  for (const resolved of task.loads) {
    if (resolved.load.suppressed) continue;
    const history = historyOf(resolved.load.curve);
    addLoad(finder, resolved, task.bodies, elementBody, history, surfaces, sources, entries);
  }
  const conductivity = Math.max(...materials.flatMap((material) => [...material.conductivity.values]));
  const contacts = heatContacts(finder, task.connections, elementBody, conductivity);
  return {
    finder,
    elementBody,
    entries,
    contacts,
    warnings,
    model: {
      nodes: mesh.nodes,
      elements: mesh.elements,
      elementMaterial: elementBody,
      elementBody,
      materials,
      fixedNodes: Int32Array.from(fixed.keys()),
      fixedTemperatures: Float64Array.from(fixed.values(), ({ temperature_degC }) => temperature_degC),
      fixedHistory: Int32Array.from(fixed.values(), ({ history }) => history),
      surfaces,
      sources,
      histories,
      ...(contacts.contacts ? { contacts: contacts.contacts } : {}),
    },
  };
}

function fixedTemperatures(
  finder: TargetFinder,
  restraints: readonly ResolvedRestraint[],
  entries: HeatEntry[],
  warnings: BuiltHeat['warnings'],
  historyOf: (curve: readonly (readonly [number, number])[] | undefined) => number,
): Map<number, { temperature_degC: number; history: number }> {
  const fixed = new Map<number, { temperature_degC: number; history: number }>();
  for (const { restraint, target } of restraints) {
    if (restraint.suppressed) continue;
    if (restraint.kind !== 'temperature')
      throw refuseStudy(
        'not-yet',
        `Restraint "${restraint.name}" (${restraint.kind.replaceAll('-', ' ')}) cannot be part of a thermal study yet.`,
        'Leave it out: a cut that no heat crosses needs no condition.',
      );
    const nodes: number[] = [];
    let differs = false;
    const own = { temperature_degC: restraint.temperature_degC, history: historyOf(restraint.curve) };
    for (const node of finder.nodes(target, `Restraint "${restraint.name}"`)) {
      const other = fixed.get(node);
      // Where two meet, the one that comes first holds, so that every node has one owner.
      if (other !== undefined) {
        differs ||= other.temperature_degC !== own.temperature_degC || other.history !== own.history;
        continue;
      }
      fixed.set(node, own);
      nodes.push(node);
    }
    if (differs)
      warnings.push({
        code: 'heat.temperatures-meet',
        message: `"${restraint.name}" meets another temperature on an edge: the flux there depends on the mesh.`,
      });
    entries.push({ id: restraint.id, name: restraint.name, nodes });
  }
  return fixed;
}

function addLoad(
  finder: TargetFinder,
  { load, target }: ResolvedLoad,
  bodies: readonly ModelBody[],
  elementBody: Int32Array,
  history: number,
  surfaces: HeatSurface[],
  sources: HeatSource[],
  entries: HeatEntry[],
): void {
  const entry: HeatEntry = { id: load.id, name: load.name };
  entries.push(entry);
  if (load.kind === 'heat-generation') {
    const offsets = bodies.map((body) => body.firstFace);
    const chosen = target ? new Set(target.items.map((face) => ownerOf(offsets, face))) : null;
    const elements: number[] = [];
    elementBody.forEach((body, element) => {
      if (!chosen || chosen.has(body)) elements.push(element);
    });
    entry.source = sources.length;
    sources.push({
      elements: Int32Array.from(elements),
      generation: generation_mW_mm3(load.generation_W_m3),
      history,
    });
    return;
  }
  const who = `Load "${load.name}"`;
  if (target?.kind !== 'face')
    throw refuseStudy('not-a-face', `${who} is on an edge or a vertex: heat needs an area to pass.`, 'Pick faces.');
  const list = target.items.flatMap((face) => finder.facets(face));
  const patch = finder.patch(target, who); // refuses faces that the mesh does not have
  const facets = Int32Array.from(list.flatMap((facet) => [...finder.mesh.facets.subarray(6 * facet, 6 * facet + 6)]));
  const area = patch.total;
  entry.surface = surfaces.length;
  switch (load.kind) {
    case 'convection':
      surfaces.push({
        kind: 'convection',
        facets,
        coefficient: film_mW_mm2K(load.film_W_m2K),
        ambient: load.ambient_degC,
        history,
      });
      return;
    case 'radiation':
      surfaces.push({
        kind: 'radiation',
        facets,
        coefficient: load.emissivity,
        ambient: load.ambient_degC,
        history,
      });
      return;
    case 'heat-flux':
      entry.promised_mW = flux_mW_mm2(load.flux_W_m2) * area;
      surfaces.push({ kind: 'flux', facets, coefficient: flux_mW_mm2(load.flux_W_m2), history });
      return;
    case 'heat-flow':
      entry.promised_mW = power_mW(load.power_W);
      surfaces.push({ kind: 'flux', facets, coefficient: power_mW(load.power_W) / area, history });
      return;
    default:
      throw refuseStudy('wrong-kind', `${who} (${load.kind.replaceAll('-', ' ')}) carries no heat.`, 'Take it out.');
  }
}
