/** A small engine for the tests of what carries an engine: every call refuses, but for the few that are given. */
import { type Api, ArtificerError, api, type CallContext, type Handlers } from '../../preload/contract/index.ts';

export function doubleEngine(given: Partial<Handlers<Api>> = {}): Handlers<Api> {
  const handlers: Record<string, unknown> = {};
  for (const [method, definition] of Object.entries(api))
    handlers[method] =
      definition.kind === 'event'
        ? () => () => {}
        : () => {
            throw new ArtificerError({ code: 'double.unset', category: 'fault', message: `${method} is not set` });
          };
  return { ...(handlers as Handlers<Api>), ...given };
}

export const APP_INFO = {
  version: '0.0.0',
  front: 'none',
  engine: 'double',
  native: { available: false, detail: '' },
  mesher: { available: false, detail: '' },
  kernel: 'none',
};

/** Never answers by itself; rejects with the signal's reason, as work that looks at its signal does. */
export const untilAborted = (context: CallContext): Promise<never> =>
  new Promise((_resolve, reject) => {
    context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
  });
