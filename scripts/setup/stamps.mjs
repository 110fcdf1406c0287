/** Remembers what was set up from which sources, so that setting up again costs nothing. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const fileOf = (root) => join(root, 'node_modules/.artificer/set-up.json');

export function readStamps(root) {
  try {
    return JSON.parse(readFileSync(fileOf(root), 'utf8'));
  } catch {
    return {};
  }
}

export function writeStamp(root, name, value) {
  const stamps = { ...readStamps(root), [name]: value };
  mkdirSync(dirname(fileOf(root)), { recursive: true });
  writeFileSync(fileOf(root), `${JSON.stringify(stamps, null, 2)}\n`);
}

/** A hash of the names and contents of all files below these paths, but for those that `skip` names. */
export function hashOf(root, paths, skip = (_path) => false) {
  const hash = createHash('sha256');
  const visit = (path) => {
    let stat;
    try {
      stat = statSync(join(root, path));
    } catch {
      return; // What is not there is part of the hash by its absence.
    }
    if (skip(path)) return;
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    else hash.update(`${path}\0${stat.size}\0`).update(readFileSync(join(root, path)));
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}
