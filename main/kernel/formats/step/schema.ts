/** What the header of an exchange structure says (ISO 10303-21 clause 8.2): schema, system, author. */
import type { Lexed } from './lexer.ts';
import { parseInstance, type StepValue } from './parse.ts';
import type { RawEncoding } from './strings.ts';

export interface StepHeader {
  /** `AP203`, `AP214`, `AP242` ... or the schema's own name; empty where the file names none. */
  schema: string;
  /** As written, one for each schema. */
  schemaNames: string[];
  fileName: string;
  timeStamp: string;
  authors: string[];
  organisations: string[];
  preprocessor: string;
  originatingSystem: string;
  description: string;
}

/** Application protocols by the beginning of their schema's name. */
const PROTOCOLS: [RegExp, string][] = [
  [/^(CONFIG_CONTROL|CONFIG_CONTROLLED|AP203_|CCD_CLA_GVP_AST)/, 'AP203'],
  [/^AUTOMOTIVE_DESIGN/, 'AP214'],
  [/^AP242_/, 'AP242'],
  [/^(AP209_|STRUCTURAL_ANALYSIS_DESIGN|MULTIDISCIPLINARY_ANALYSIS)/, 'AP209'],
  [/^(AP210_|ELECTRONIC_ASSEMBLY)/, 'AP210'],
  [/^(AP238_|INTEGRATED_CNC)/, 'AP238'],
  [/^(AP202_|ASSOCIATIVE_DRAUGHTING)/, 'AP202'],
  [/^(EXPLICIT_DRAUGHTING)/, 'AP201'],
  [/^(SHIP_|AP215|AP216|AP218)/, 'AP218'],
];

export function schemaOf(name: string): string {
  const bare = name.replace(/[\s{].*$/s, '').toUpperCase();
  return PROTOCOLS.find(([pattern]) => pattern.test(bare))?.[1] ?? name.replace(/\s*\{.*$/s, '').trim();
}

const texts = (value: StepValue | undefined): string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((v): v is string => typeof v === 'string' && v.trim() !== '')
    .map((v) => v.trim());

export function readHeader(bytes: Uint8Array, lexed: Lexed, encoding: RawEncoding): StepHeader {
  const statement = (name: string): StepValue[] => {
    const offset = lexed.header.get(name);
    return (offset === undefined ? undefined : parseInstance(bytes, offset, encoding)?.records[0]?.values) ?? [];
  };
  const fileName = statement('FILE_NAME');
  const schemaNames = texts(statement('FILE_SCHEMA')[0]);
  const one = (value: StepValue | undefined): string => texts(value)[0] ?? '';
  return {
    schema: schemaNames.length > 0 ? schemaOf(schemaNames[0]!) : '',
    schemaNames,
    fileName: one(fileName[0]),
    timeStamp: one(fileName[1]),
    authors: texts(fileName[2]),
    organisations: texts(fileName[3]),
    preprocessor: one(fileName[4]),
    originatingSystem: one(fileName[5]),
    description: texts(statement('FILE_DESCRIPTION')[0]).join('; '),
  };
}
