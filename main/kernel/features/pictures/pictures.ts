/** Tessellations of bodies between features. */
import type { TessellationMeta } from '../../../../preload/contract/geometry.ts';
import type { Occt } from '../../modeller/occt.ts';
import { type Deflection, tessellate } from '../../modeller/tessellate.ts';
import type { BodyTopology } from '../scope/topology.ts';
import { boxAround } from '../shapes/solids.ts';

/** Linear deflection as a fraction of the body's diagonal, and angular deflection. */
const QUALITIES = { coarse: { fraction: 0.01, angle_rad: 0.8 }, fine: { fraction: 0.001, angle_rad: 0.35 } };

export class Pictures {
  readonly #oc: Occt;

  constructor(oc: Occt) {
    this.#oc = oc;
  }

  tessellationOf({ body, topology }: BodyTopology, quality: TessellationMeta['quality']): Uint8Array<ArrayBuffer> {
    const deflection = this.#deflection(body.shape, quality);
    return tessellate(this.#oc, body.shape, topology, deflection, quality);
  }

  #deflection(shape: Parameters<typeof boxAround>[1], quality: TessellationMeta['quality']): Deflection {
    const { min, max } = boxAround(this.#oc, shape);
    const diagonal_mm = Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
    const { fraction, angle_rad } = QUALITIES[quality];
    return { linearDeflection_mm: Math.max(diagonal_mm * fraction, 1e-7), angularDeflection_rad: angle_rad };
  }
}
