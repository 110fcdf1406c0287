/** Hands the bytes of a dropped or picked file to the engine's host. */
import * as v from 'valibot';
import { ArtificerError, cancelled, ErrorDataSchema } from '../../preload/contract/index.ts';

const Accepted = v.object({ uploadId: v.string() });
const Refused = v.object({ error: ErrorDataSchema });

export type Uploader = (file: File, onProgress: (fraction: number) => void, signal: AbortSignal) => Promise<string>;

/** XMLHttpRequest, as `fetch` cannot tell how much has been sent. */
const toHost: Uploader = (file, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', new URL(`/upload?name=${encodeURIComponent(file.name)}`, location.href));
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    const fail = (message: string) =>
      reject(new ArtificerError({ code: 'upload.failed', category: 'fault', message, hint: 'Try again.' }));
    request.onerror = () => fail(`"${file.name}" could not be handed to the engine.`);
    request.onabort = () => reject(cancelled('The upload'));
    request.onload = () => {
      let answer: unknown;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        return fail(`"${file.name}" could not be handed to the engine (${request.status}).`);
      }
      const accepted = v.safeParse(Accepted, answer);
      if (request.status === 200 && accepted.success) return resolve(accepted.output.uploadId);
      const refused = v.safeParse(Refused, answer);
      if (refused.success) return reject(new ArtificerError(refused.output.error));
      fail(`"${file.name}" could not be handed to the engine (${request.status}).`);
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });

let uploader: Uploader = toHost;
/** Tests and the development page bring their own. */
export const setUploader = (replacement: Uploader): void => {
  uploader = replacement;
};
export const upload: Uploader = (file, onProgress, signal) => uploader(file, onProgress, signal);
