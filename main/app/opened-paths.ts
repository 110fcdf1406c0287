/** Which words of a command line are files to open, and what kind of file each is. */
import { existsSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';

/** Endings that the shell offers in its dialogs, and that the system hands over. Content decides in the end. */
export const PROJECT_ENDING = 'artificer';
export const GEOMETRY_ENDINGS = [
  'step',
  'stp',
  'p21',
  'iges',
  'igs',
  'brep',
  'brp',
  'stl',
  'obj',
  'ply',
  '3mf',
  'gltf',
  'glb',
];

export const isProjectPath = (path: string): boolean => extname(path).toLowerCase() === `.${PROJECT_ENDING}`;

const isKnown = (path: string): boolean =>
  isProjectPath(path) || GEOMETRY_ENDINGS.includes(extname(path).slice(1).toLowerCase());

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/**
 * The files among the words: switches, the program's own folder, and what does not exist are left out. `folder` is where
 * the command was given.
 */
export function pathsAmong(words: readonly string[], folder: string): string[] {
  return words
    .filter((word) => word !== '' && !word.startsWith('-'))
    .map((word) => resolve(folder, word))
    .filter((path) => isKnown(path) && isFile(path));
}
