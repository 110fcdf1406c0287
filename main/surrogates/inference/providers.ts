/** Where models may be run on this machine, best first. The processor always can. */
import { existsSync, readdirSync } from 'node:fs';
import { INFERENCE_PROVIDERS, type InferenceProvider } from '../../../preload/contract/surrogates.ts';

/** As ONNX Runtime lists them: `bundled` ones come with it, others need libraries of their own. */
export interface OfferedBackend {
  name: string;
  bundled: boolean;
}

const DEVICES = '/dev';

/** A graphics processor that a program may use. Elsewhere than on Linux the system brings the library that finds out. */
function hasGraphicsProcessor(platform: NodeJS.Platform, devices: string): boolean {
  if (platform !== 'linux') return true;
  const names = existsSync(devices) ? readdirSync(devices) : [];
  return names.some((name) => /^nvidia\d+$/.test(name)) || names.includes('dri');
}

/** A machine without a graphics processor is not asked for one: the runtime would complain at length before it refuses. */
export function providersToTry(
  offered: readonly OfferedBackend[],
  { platform = process.platform, devices = DEVICES }: { platform?: NodeJS.Platform; devices?: string } = {},
): InferenceProvider[] {
  const graphics = hasGraphicsProcessor(platform, devices);
  return INFERENCE_PROVIDERS.filter(
    (provider) => provider === 'cpu' || (graphics && offered.some(({ name }) => name === provider)),
  );
}
