/**
 * Keys of encrypted files. SQLCipher makes its key from the passphrase with 256,000 rounds of PBKDF2, which takes a tenth of
 * a second at each opening. Here that is done once, in Node's thread pool, and SQLite is given the finished key; the file is
 * the same as one made by SQLCipher 4 from the passphrase itself. The passphrase is not kept.
 */
import { pbkdf2, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { promisify } from 'node:util';

const ROUNDS = 256_000;
const KEY_BYTES = 32;
export const SALT_BYTES = 16;

export interface FileKey {
  /** In SQLCipher's notation for a finished key and its salt. */
  raw: string;
}

export async function deriveKey(passphrase: string, salt: Uint8Array): Promise<FileKey> {
  // One way of writing accented letters, so that a passphrase typed on another system is still the same.
  const key = await promisify(pbkdf2)(passphrase.normalize('NFC'), salt, ROUNDS, KEY_BYTES, 'sha512');
  return { raw: `x'${key.toString('hex')}${Buffer.from(salt).toString('hex')}'` };
}

export const newSalt = (): Uint8Array => randomBytes(SALT_BYTES);

/** The first bytes of a file, at most `bytes`: an encrypted one begins with its salt. */
export function beginningOf(path: string, bytes: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(bytes);
    return buffer.subarray(0, readSync(file, buffer, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
}
