/** What selectors mean at the moment, as the engine resolved them. */
import { create } from 'zustand';
import type { ErrorData, TopologyKind } from '../../preload/contract/index.ts';
import { engine } from '../engine/connection.ts';

export interface ResolvedItem {
  /** Of a group of parts: on which instance. The rest is in terms of its part. */
  instanceId?: string | undefined;
  body: number;
  kind: TopologyKind;
  index: number;
}
export interface Resolution {
  items: ResolvedItem[];
  error?: ErrorData | undefined;
}
/** By part and selector. */
export const useResolved = create<{ selectors: ReadonlyMap<string, Resolution> }>(() => ({ selectors: new Map() }));

const asked = new Set<string>();

/** What selectors meant on a shape that is there no more. Whoever shows one asks again. */
function forgetResolved(partId: string): void {
  for (const key of asked) if (key.startsWith(`${partId} `)) asked.delete(key);
}
/** Asks again for all that has been asked of the part. */
export function askAgain(partId: string): void {
  const known = [...asked].filter((key) => key.startsWith(`${partId} `));
  forgetResolved(partId);
  for (const key of known) void resolveSelector(partId, key.slice(partId.length + 1));
}

/** Asks once for each part and selector; the answer arrives in the store. */
export async function resolveSelector(partId: string, selector: string): Promise<void> {
  const key = `${partId} ${selector}`;
  if (asked.has(key)) return;
  asked.add(key);
  try {
    const [answer] = await engine()['geometry.resolve']({ partId, references: [{ by: 'selector', selector }] });
    if (answer) {
      useResolved.setState(({ selectors }) => ({ selectors: new Map(selectors).set(key, answer) }));
    }
  } catch {
    // The study says so when it is solved; asked again when the panel shows it again.
    asked.delete(key);
  }
}
