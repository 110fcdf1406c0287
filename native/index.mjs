/** Loads the numeric core. Importing never fails; the first use does, with code 'native-missing', when it is not built. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const addonPath = fileURLToPath(new URL('./build/Release/artificer_core.node', import.meta.url));
/** The mesher is a program of its own, so that it can be ended, and its failures stay its own. */
export const mesherPath = fileURLToPath(
  new URL(`./build/Release/artificer-mesher${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
);
export const version = '0.1.0';

let loaded;

function missing(message, cause) {
  const error = new Error(message, cause ? { cause } : undefined);
  error.code = 'native-missing';
  error.hint = 'Build it once with: node native/build.mjs';
  return error;
}

function core() {
  if (loaded) return loaded;
  if (!existsSync(addonPath)) throw missing('The numeric core has not been built on this machine.');
  try {
    loaded = createRequire(import.meta.url)(addonPath);
  } catch (cause) {
    throw missing(`The numeric core could not be loaded: ${cause.message}`, cause);
  }
  return loaded;
}

export const isBuilt = () => existsSync(addonPath);
export const isMesherBuilt = () => existsSync(mesherPath);

export async function solveStatic(model, options = {}) {
  return core().solveStatic(model, options);
}

export async function solveModes(model, options = {}) {
  return core().solveModes(model, options);
}

export async function solveBuckling(model, options = {}) {
  return core().solveBuckling(model, options);
}

export function estimateEigenMemory(nodeCount, elementCount, pairs, method) {
  return core().estimateEigenMemory(nodeCount, elementCount, pairs, method);
}

export async function solveStaticCases(model, cases, options = {}) {
  return core().solveStaticCases(model, cases, options);
}

export function meshQuality(nodes, elements) {
  return core().meshQuality(nodes, elements);
}

export function resolveConstraints(model) {
  return core().resolveConstraints(model);
}

export function estimateMemory(nodeCount, elementCount, method, cases = 1) {
  return core().estimateMemory(nodeCount, elementCount, method, cases);
}

/** Classes cannot be deferred as calls can: these load the core when one is made. */
export class ShapeDerivatives {
  #native;
  constructor(model) {
    this.#native = new (core().ShapeDerivatives)(model);
  }
  internalWork(displacement, adjoint) {
    return this.#native.internalWork(displacement, adjoint);
  }
  massWork(a, b) {
    return this.#native.massWork(a, b);
  }
  geometricWork(displacement, mode) {
    return this.#native.geometricWork(displacement, mode);
  }
  stressAggregate(displacement, exponent, leftOut) {
    return this.#native.stressAggregate(displacement, exponent, leftOut);
  }
}

export class MeshMotion {
  #native;
  constructor(nodes, elements, surface) {
    this.#native = new (core().MeshMotion)(nodes, elements, surface);
  }
  extend(movement) {
    return this.#native.extend(movement);
  }
  gather(gradient) {
    return this.#native.gather(gradient);
  }
}

export async function solveHeat(model, options = {}) {
  return core().solveHeat(model, options);
}

export async function solveTransientHeat(model, options) {
  return core().solveTransientHeat(model, options);
}

export async function heatSensitivities(model, temperature, byTemperature, options = {}) {
  return core().heatSensitivities(model, temperature, byTemperature, options);
}

export function estimateHeatMemory(nodeCount, elementCount, method, transient) {
  return core().estimateHeatMemory(nodeCount, elementCount, method, transient);
}

export async function solveNonlinear(model, options = {}) {
  return core().solveNonlinear(model, options);
}

export function estimateNonlinearMemory(nodeCount, elementCount, method) {
  return core().estimateNonlinearMemory(nodeCount, elementCount, method);
}

export function nonlinearTangent(model, displacement, direction, loadFactor) {
  return core().nonlinearTangent(model, displacement, direction, loadFactor);
}

export class LayeredGrid {
  #native;
  constructor(model) {
    this.#native = new (core().LayeredGrid)(model);
  }
  solve(youngs, options = {}) {
    return this.#native.solve(youngs, options);
  }
}
