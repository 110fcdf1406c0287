/** What is put on in load steps: the loads of each case and combination, as models of the core. */
import type { NonlinearModel } from '../../../../native/index.d.ts';
import { DEFAULT_REFERENCE_TEMPERATURE_degC } from '../../../../preload/contract/studies.ts';
import { padded } from '../../connections/extend-model.ts';
import { refuseStudy } from '../../errors.ts';
import type { ResolvedLoad } from '../../loads/apply.ts';
import { applyCase, type BuiltModel, buildModel } from '../../model/build.ts';
import type { AnalysisInput } from '../analysis.ts';
import { type LoadPath, pathsOf } from '../static/load-paths.ts';
import { refuseGaps } from './refuse.ts';

export interface BuiltPath extends LoadPath {
  built: BuiltModel;
  model: NonlinearModel;
}

const isPressure = ({ load }: ResolvedLoad): boolean => load.kind === 'pressure';

/** Every path as a model of the core: they share mesh, equations and facets under pressure. */
export function buildPaths({ task, mesh }: Pick<AnalysisInput, 'task' | 'mesh'>, following: boolean): BuiltPath[] {
  const paths = pathsOf(task);
  const dead = (loads: readonly ResolvedLoad[]): readonly ResolvedLoad[] =>
    following ? loads.filter((load) => !isPressure(load)) : loads;
  const reference = task.study.referenceTemperature_degC ?? DEFAULT_REFERENCE_TEMPERATURE_degC;
  const field = (factor: number): Float64Array | null =>
    factor === 1 ? task.temperatureChange : (task.temperatureChange?.map((change) => factor * change) ?? null);
  // Properties that follow the temperature are those of the whole of it, from the first load step on.
  const first = buildModel(
    mesh,
    task.bodies,
    task.restraints,
    dead(paths[0]!.loads),
    field(paths[0]!.prescribed),
    task.connections,
    {
      referenceTemperature_degC: reference,
      heated: paths.some(({ loads }) => loads.some(({ load }) => load.kind === 'body-temperature')),
      loadsOfAllCases: task.loads,
      largeRotation: true,
    },
  );
  refuseGaps(mesh, first.connections);
  const under = following ? facetsUnderPressure(first, task.loads) : [];
  const pressureFacets = under.length > 0 ? Int32Array.from(under.flatMap(({ nodes }) => Array.from(nodes))) : null;
  return paths.map((path, index): BuiltPath => {
    const applied =
      index === 0
        ? { loads: first.loads, mass: first.mass, temperatureChange: first.model.temperatureChange }
        : applyCase({ ...first, bodies: task.bodies }, dead(path.loads), field(path.prescribed), reference);
    // Nodes beyond the mesh carry no load and have no temperature.
    const values = first.model.nodes.length;
    const forces = padded(applied.loads.forces, values);
    const temperatureChange = applied.temperatureChange && padded(applied.temperatureChange, values / 3);
    const model: NonlinearModel = {
      ...first.model,
      forces,
      temperatureChange,
      fixedValues: first.model.fixedValues.map((value) => value * path.prescribed),
      ...(pressureFacets ? { pressureFacets, pressures: pressuresOf(under, path.loads) } : {}),
    };
    return { ...path, model, built: { ...first, loads: applied.loads, mass: applied.mass, model } };
  });
}

interface FacetsOfLoad {
  id: string;
  pressure_MPa: number;
  /** Six a facet. */
  nodes: Int32Array;
}

function facetsUnderPressure(built: BuiltModel, loads: readonly ResolvedLoad[]): FacetsOfLoad[] {
  return loads.flatMap(({ load, target }) => {
    if (load.kind !== 'pressure' || load.suppressed) return [];
    const who = `Load "${load.name}"`;
    if (!target) throw refuseStudy('nothing-there', `${who} is on nothing.`, 'Pick where it acts.');
    const patch = built.finder.patch(target, who);
    if (patch.dimension !== 2)
      throw refuseStudy('needs-faces', `${who}: a pressure acts on faces.`, 'Pick faces, or use a force.');
    return [{ id: load.id, pressure_MPa: load.pressure_MPa, nodes: Int32Array.from(patch.cellNodes) }];
  });
}

function pressuresOf(under: readonly FacetsOfLoad[], loads: readonly ResolvedLoad[]): Float64Array {
  return Float64Array.from(
    under.flatMap(({ id, pressure_MPa, nodes }) => {
      const factor = loads.reduce((sum, { load, factor = 1 }) => sum + (load.id === id ? factor : 0), 0);
      return new Array<number>(nodes.length / 6).fill(factor * pressure_MPa);
    }),
  );
}
