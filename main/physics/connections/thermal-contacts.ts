/** Heat across bonded surfaces and the cut sides of a sector, as samples of the interface for the numeric core. */
import { triangleShape } from '../elements/triangle6.ts';
import type { VolumeMesh } from '../model/mesh.ts';
import type { InterfaceSamples } from './interface-samples.ts';

/**
 * Through sample i flows conductance[i] (mW/K) times the difference of temperature: the sum of weights * temperature over
 * nodes[offsets[i] .. offsets[i + 1]], slave side positive, master side negative.
 */
export interface ThermalContacts {
  offsets: Int32Array;
  nodes: Int32Array;
  weights: Float64Array;
  conductance: Float64Array;
}

/** mW/(mm^2 K) in a W/(m^2 K). */
const PER_AREA = 1e-3;

/**
 * @param interfaces where surfaces meet, as bonds have them, and the conductance between them
 * @param perfect_W_m2K stands for a joint without resistance: large beside conductivity over element size
 */
export function thermalContacts(
  mesh: VolumeMesh,
  interfaces: readonly { samples: InterfaceSamples; conductance_W_m2K?: number | undefined }[],
  perfect_W_m2K: number,
): ThermalContacts {
  const total = interfaces.reduce((sum, { samples }) => sum + samples.count, 0);
  const offsets = new Int32Array(total + 1);
  const nodes = new Int32Array(12 * total);
  const weights = new Float64Array(12 * total);
  const conductance = new Float64Array(total);
  let sample = 0;
  for (const { samples, conductance_W_m2K } of interfaces)
    for (let q = 0; q < samples.count; q++) {
      const sides = [
        [samples.slaveFacet[q]!, samples.slaveAt, 1],
        [samples.masterFacet[q]!, samples.masterAt, -1],
      ] as const;
      sides.forEach(([facet, place, sign], side) => {
        triangleShape(place[2 * q]!, place[2 * q + 1]!).forEach((value, k) => {
          const at = 12 * sample + 6 * side + k;
          nodes[at] = mesh.facets[6 * facet + k]!;
          weights[at] = sign * value;
        });
      });
      conductance[sample] = PER_AREA * (conductance_W_m2K ?? perfect_W_m2K) * samples.area[q]!;
      sample++;
      offsets[sample] = 12 * sample;
    }
  return { offsets, nodes, weights, conductance };
}
