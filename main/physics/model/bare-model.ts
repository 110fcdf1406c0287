/** The numeric core's model of bodies that are held along global axes only, without supports, gravity or temperatures. */
import type { StaticModel } from '../../../native/index.d.ts';

type Given =
  | 'nodes'
  | 'elements'
  | 'elementMaterial'
  | 'materials'
  | 'elementBody'
  | 'fixedDofs'
  | 'fixedValues'
  | 'forces';

export const bareModel = (given: Pick<StaticModel, Given>): StaticModel => ({
  ...given,
  frameNodes: new Int32Array(0),
  frames: new Float64Array(0),
  gravity: new Float64Array(3),
  temperatureChange: null,
  addedNodesA: new Int32Array(0),
  addedNodesB: new Int32Array(0),
  addedBlocks: new Float64Array(0),
});
