/** SHA-256 of a file's bytes, or of text as UTF-8, as `sha256sum` prints it. */
import { createHash } from 'node:crypto';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
