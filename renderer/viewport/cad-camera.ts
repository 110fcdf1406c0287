/** Babylon's camera, told its matrices by the camera arithmetic and nothing else. */
import { Camera } from '@babylonjs/core/Cameras/camera.js';
import { Vector3 as BabylonVector3, Matrix } from '@babylonjs/core/Maths/math.vector.js';
import type { Scene } from '@babylonjs/core/scene.js';
import type { Vector3 } from '../../preload/contract/index.ts';
import type { CameraState } from './api.ts';
import { depthRange, eyeOf, projectionMatrix, viewMatrix } from './camera-maths.ts';

export class CadCamera extends Camera {
  readonly #view = Matrix.Identity();

  constructor(scene: Scene) {
    super('camera', BabylonVector3.Zero(), scene, true);
  }

  apply(state: CameraState, aspect: number, centre: Vector3, radius: number): void {
    const { near, far } = depthRange(state, centre, radius);
    Matrix.FromArrayToRef(viewMatrix(state), 0, this.#view);
    this.freezeProjectionMatrix(Matrix.FromArray(projectionMatrix(state, aspect, near, far)));
    this.minZ = near;
    this.maxZ = far;
    this.position.set(...eyeOf(state));
  }

  override _getViewMatrix(): Matrix {
    return this.#view;
  }
  override _isSynchronizedViewMatrix(): boolean {
    return false;
  }
}
