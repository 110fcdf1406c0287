/**
 * The study file of the command line: YAML with units, turned into a study. Every key that is not known and every value that
 * cannot be read is an error that names its line: a misspelt load must not be a load left out.
 */
import { isMap, LineCounter, parseDocument } from 'yaml';
import {
  type Connection,
  type Material,
  STUDY_TYPES,
  type StudyDefinition,
} from '../../../preload/contract/studies.ts';
import { ANALYSIS_KEYS, readAnalysis } from './analysis.ts';
import { readConnection } from './connections.ts';
import { Entry, refuse } from './entry.ts';
import { type ChosenOccurrences, readGeometry, type StudyGeometry } from './geometry.ts';
import { readLoad } from './loads.ts';
import { type NamedBodyMaterial, readBodyMaterials, readMaterial } from './materials.ts';
import { readMesh, readProbe } from './mesh.ts';
import { readRestraint } from './restraints.ts';

export type { ChosenOccurrences, NamedBodyMaterial, StudyGeometry };

export interface ParsedStudy {
  name: string;
  geometry: StudyGeometry;
  material: Material;
  /** Bodies of another material than the rest, or with directions of their own. */
  bodyMaterials: NamedBodyMaterial[];
  /** The study is of several parts and says nothing of connections: they are bonded where they touch. */
  bondWhereTouching: boolean;
  study: StudyDefinition;
}

/** A study but for what it is of. */
export type StudyConditions = Omit<ParsedStudy, 'geometry' | 'bondWhereTouching'>;

export interface ParseStudyOptions {
  /** Keys that the caller reads itself (verification files have targets). */
  extraKeys?: readonly string[];
}

/** @throws ArtificerError `study-file.*` naming the line; what a material or unit is refused for keeps its own code */
export function parseStudyFile(text: string, options: ParseStudyOptions = {}): ParsedStudy {
  return readStudy(entryOf(text), options);
}

/**
 * A study of a part that is named elsewhere: the file may not name a geometry of its own.
 * @throws ArtificerError as {@link parseStudyFile}
 */
export function parseStudyConditions(text: string): StudyConditions {
  const entry = entryOf(text);
  entry.only(STUDY_KEYS.filter((key) => !['geometry', 'project', 'part', 'assembly', 'primitives'].includes(key)));
  return readConditions(entry);
}

function entryOf(text: string): Entry {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const problem = document.errors[0];
  if (problem)
    throw refuse(
      'syntax',
      lines.linePos(problem.pos[0]).line,
      problem.message.split('\n')[0]!.replace(/ at line.*/, ''),
    );
  if (!isMap(document.contents)) throw refuse('syntax', 1, 'a study file is a list of keys and values');
  return new Entry(document.contents, { lines, document }, 'the study');
}

const STUDY_KEYS = [
  'name',
  'geometry',
  'project',
  'part',
  'assembly',
  'primitives',
  'type',
  'material',
  'materials',
  'mesh',
  'restraints',
  'loads',
  'connections',
  'probes',
  ...ANALYSIS_KEYS,
];

/** What joins the parts of an assembly where the study says nothing of it. `connections: []` leaves them apart. */
export const BONDED_WHERE_TOUCHING: Connection = {
  id: 'connection-1',
  name: 'where parts touch',
  kind: 'bonded-touching',
};

function readStudy(entry: Entry, options: ParseStudyOptions): ParsedStudy {
  entry.only([...STUDY_KEYS, ...(options.extraKeys ?? [])]);
  const geometry = readGeometry(entry);
  return {
    ...readConditions(entry),
    geometry,
    bondWhereTouching: ('occurrences' in geometry || geometry.kind === 'primitives') && !entry.has('connections'),
  };
}

function readConditions(entry: Entry): StudyConditions {
  const type = entry.has('type') ? entry.choice('type', STUDY_TYPES) : 'static';
  const loads = entry.list('loads').map(readLoad);
  const probes = entry.list('probes').map(readProbe);
  const connections = entry.list('connections').map(readConnection);
  return {
    name: entry.has('name') ? entry.text('name') : 'Study',
    material: readMaterial(entry),
    bodyMaterials: readBodyMaterials(entry),
    study: {
      study: type,
      restraints: entry.list('restraints').map(readRestraint),
      loads,
      ...(connections.length > 0 ? { connections } : {}),
      mesh: readMesh(entry),
      probes,
      ...readAnalysis(entry, type, loads, probes),
    },
  };
}
