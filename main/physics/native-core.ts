/** Finds and loads the numeric core and the mesher that `native/` builds. Both may be missing; nothing here throws for that. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Core from '../../native/index.d.ts';
import { ArtificerError } from '../../preload/contract/errors.ts';

export type NumericCore = Pick<
  typeof Core,
  | 'solveStatic'
  | 'solveStaticCases'
  | 'resolveConstraints'
  | 'estimateMemory'
  | 'meshQuality'
  | 'ShapeDerivatives'
  | 'MeshMotion'
  | 'solveHeat'
  | 'solveTransientHeat'
  | 'heatSensitivities'
  | 'estimateHeatMemory'
  | 'solveNonlinear'
  | 'estimateNonlinearMemory'
  | 'solveModes'
  | 'solveBuckling'
  | 'estimateEigenMemory'
  | 'LayeredGrid'
  | 'version'
>;

const BUILD_FOLDER = join('native', 'build', 'Release');
const MESHER_NAME = process.platform === 'win32' ? 'artificer-mesher.exe' : 'artificer-mesher';

/** Folders that may hold the native build: above this file (source or bundle), or beside the packaged app. */
function buildFolders(): string[] {
  const folders: string[] = [];
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let level = 0; level < 6; level++) {
    folders.push(join(folder, BUILD_FOLDER));
    const parent = dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  const resources = (process as { resourcesPath?: string }).resourcesPath;
  if (resources) folders.push(join(resources, BUILD_FOLDER), join(resources, 'app.asar.unpacked', BUILD_FOLDER));
  return folders;
}

/** Path of the mesher's executable, or null where it has not been built. */
export function findMesher(): string | null {
  for (const folder of buildFolders()) {
    const path = join(folder, MESHER_NAME);
    if (existsSync(path)) return path;
  }
  return null;
}

/** Path of the core, or null where it has not been built. */
export function findCore(): string | null {
  for (const folder of buildFolders()) {
    if (!existsSync(folder)) continue;
    const path = join(folder, 'artificer_core.node');
    if (existsSync(path)) return path;
  }
  return null;
}

export type CoreAvailability = { core: NumericCore } | { core: null; reason: string };
let loaded: CoreAvailability | null = null;

/** Loads the core once in each thread. */
export function loadCore(): CoreAvailability {
  if (loaded) return loaded;
  const path = findCore();
  if (!path) {
    loaded = { core: null, reason: 'the numeric core has not been built' };
    return loaded;
  }
  try {
    loaded = { core: createRequire(import.meta.url)(path) as NumericCore };
  } catch (error) {
    loaded = { core: null, reason: error instanceof Error ? error.message : String(error) };
  }
  return loaded;
}

/** The core, or an error that says how to get it. */
export function requireCore(): NumericCore {
  const availability = loadCore();
  if (availability.core) return availability.core;
  throw new ArtificerError({
    code: 'physics.no-core',
    category: 'fault',
    message: 'Studies cannot be solved: the numeric core is not available.',
    hint: 'Run the set-up again (npm start builds it); it needs a C++ compiler.',
    cause: availability.reason,
  });
}
