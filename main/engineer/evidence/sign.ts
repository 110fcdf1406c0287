/**
 * Signatures over a folder: hashes of all files in a manifest, and an Ed25519 signature (RFC 8032) of the manifest's bytes with
 * a key that stays on this machine. It says that nothing changed since, and whose key it was; who the key belongs to is for
 * people to know, by its fingerprint.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import * as v from 'valibot';
import { sha256 } from '../../surrogates/index.ts';
import { refuseDesign } from '../errors.ts';
import { parsedOrNull } from '../parsed-json.ts';
import { EVIDENCE_FILES } from './evidence.ts';

const ManifestSchema = v.object({
  format: v.literal(1),
  files: v.record(v.string(), v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
});
const SignatureSchema = v.object({
  algorithm: v.literal('Ed25519'),
  /** SPKI, base64. */
  publicKey: v.pipe(v.string(), v.maxLength(500)),
  fingerprint: v.string(),
  signature: v.pipe(v.string(), v.maxLength(500)),
});

export interface SigningKey {
  privateKey: KeyObject;
  /** First 16 bytes of the SHA-256 of the public key, in hexadecimal. */
  fingerprint: string;
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const fingerprintOf = (publicKey: KeyObject): string => sha256(spki(publicKey)).slice(0, 32);

/** Beside the person's other settings. */
export function signingKeyPath(environment: NodeJS.ProcessEnv = process.env): string {
  const folder = environment['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(folder, 'artificer', 'signing-key.pem');
}

/** The key of this path, made there where it is missing: readable by its owner alone. */
export async function openSigningKey(path = signingKeyPath()): Promise<SigningKey> {
  let pem = await readFile(path, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (pem === null) {
    const { privateKey } = generateKeyPairSync('ed25519');
    pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Fails where another process has just made one: then that one is read.
    await writeFile(path, pem, { mode: 0o600, flag: 'wx' }).catch(async (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EEXIST') throw thrown;
      pem = await readFile(path, 'utf8');
    });
    await chmod(path, 0o600);
  }
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch (thrown) {
    throw refuseDesign('signing-key', `"${path}" holds no key that can be read.`, 'Move it away: a new one is made.', {
      cause: String(thrown),
    });
  }
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw refuseDesign(
      'signing-key',
      `"${path}" holds a key of another kind than Ed25519.`,
      'Move it away: a new one is made.',
    );
  return { privateKey, fingerprint: fingerprintOf(createPublicKey(privateKey)) };
}

/** Files below a folder as paths with `/`, without manifest and signature, in order. Links are left out. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== EVIDENCE_FILES.manifest && path !== EVIDENCE_FILES.signature)
    .sort();
}

/** @param paths what is signed, relative to the folder; other files in it are none of the evidence's */
export async function signFolder(folder: string, paths: readonly string[], key: SigningKey): Promise<void> {
  const files: Record<string, string> = {};
  for (const path of [...paths].sort()) files[path] = sha256(await readFile(join(folder, path)));
  const manifest = Buffer.from(`${JSON.stringify({ format: 1, files }, null, 2)}\n`);
  await writeFile(join(folder, EVIDENCE_FILES.manifest), manifest);
  const publicKey = createPublicKey(key.privateKey);
  const signature = {
    algorithm: 'Ed25519',
    publicKey: spki(publicKey).toString('base64'),
    fingerprint: key.fingerprint,
    signature: sign(null, manifest, key.privateKey).toString('base64'),
  };
  await writeFile(join(folder, EVIDENCE_FILES.signature), `${JSON.stringify(signature, null, 2)}\n`);
}

export interface SignatureCheck {
  fingerprint: string | null;
  /** What is wrong, a sentence each; empty where every file is as it was signed. */
  problems: string[];
  /** Files that are not part of what was signed. */
  unsigned: string[];
}

/** @throws ArtificerError `design.no-evidence` where the folder has no manifest and no signature */
export async function checkSignature(folder: string): Promise<SignatureCheck> {
  const read = (name: string) => readFile(join(folder, name)).catch(() => null);
  const [manifestBytes, signatureBytes] = [await read(EVIDENCE_FILES.manifest), await read(EVIDENCE_FILES.signature)];
  if (!manifestBytes || !signatureBytes)
    throw refuseDesign(
      'no-evidence',
      `"${folder}" is no folder of evidence: it has no ${manifestBytes ? 'signature' : 'manifest'}.`,
      'Give the folder that `artificer design --out DIR` wrote.',
    );
  const manifest = v.safeParse(ManifestSchema, parsedOrNull(new TextDecoder().decode(manifestBytes)));
  const signature = v.safeParse(SignatureSchema, parsedOrNull(new TextDecoder().decode(signatureBytes)));
  if (!manifest.success || !signature.success)
    return { fingerprint: null, problems: ['The manifest or its signature cannot be read.'], unsigned: [] };
  const problems: string[] = [];
  let fingerprint: string | null = null;
  try {
    const publicKey = createPublicKey({
      key: Buffer.from(signature.output.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    fingerprint = fingerprintOf(publicKey);
    if (publicKey.asymmetricKeyType !== 'ed25519') problems.push('The signature is of another kind than Ed25519.');
    else if (!verify(null, manifestBytes, publicKey, Buffer.from(signature.output.signature, 'base64')))
      problems.push('The signature does not fit the manifest: one of them was changed.');
  } catch {
    problems.push('The public key of the signature cannot be read.');
  }
  for (const [path, hash] of Object.entries(manifest.output.files)) {
    // A manifest names files of its own folder, whatever a stranger wrote into it.
    if (path.split('/').some((part) => part === '..' || part === '') || path.includes('\\')) {
      problems.push(`The manifest names "${path.slice(0, 80)}", which lies outside of the folder.`);
      continue;
    }
    const bytes = await read(path);
    if (!bytes) problems.push(`"${path}" is missing.`);
    else if (sha256(bytes) !== hash) problems.push(`"${path}" was changed after it was signed.`);
  }
  const unsigned = (await filesIn(folder)).filter((path) => !Object.hasOwn(manifest.output.files, path));
  return { fingerprint, problems, unsigned };
}
