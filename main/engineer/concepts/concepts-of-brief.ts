/** The concepts that a brief asks for, read from where they are: sample parts, scripts beside the brief, files they import. */
import { dirname, join } from 'node:path';
import type { JobContext } from '../../../preload/contract/index.ts';
import type { Kernel } from '../../kernel/port.ts';
import { readSamplePart } from '../../scripting/index.ts';
import { sha256 } from '../../surrogates/index.ts';
import type { Brief, ConceptRequest } from '../brief/brief.ts';
import { refuseDesign } from '../errors.ts';
import { archetypeOf, fitRequest, readArchetypeScript, requestsThatFit } from './archetypes/index.ts';
import { type Concept, type ConceptImport, conceptFromScript, type ScriptOfConcept } from './concept.ts';
import { generatedConcepts } from './generated.ts';

export interface BriefPlace {
  /** Path of the brief's file: what it names lies relative to it. */
  path: string;
  /** Reads a file with the bounds that inputs have. */
  readFile(path: string): Promise<{ bytes: Uint8Array; fileName: string }>;
  /** A part that is there by this name, before samples and files are looked for. */
  partNamed?(name: string): Promise<ScriptOfConcept | null>;
}

/** @throws ArtificerError of a concept that cannot be used */
export async function conceptsOf(
  brief: Brief,
  kernel: Kernel,
  place: BriefPlace,
  context: JobContext,
): Promise<Concept[]> {
  const concepts: Concept[] = [];
  const requests = brief.concepts.length > 0 ? brief.concepts : requestsThatFit(brief);
  for (const request of requests)
    concepts.push(
      ...(request.from.kind === 'generated'
        ? await generatedConcepts(brief, request, context)
        : [await conceptOf(request, brief, kernel, place, context)]),
    );
  const names = new Set<string>();
  for (const { name } of concepts) {
    if (names.has(name))
      throw refuseDesign('concept', `Two concepts are called "${name}".`, 'Give each a name of its own.');
    names.add(name);
  }
  return concepts;
}

async function conceptOf(
  request: ConceptRequest,
  brief: Brief,
  kernel: Kernel,
  place: BriefPlace,
  context: JobContext,
): Promise<Concept> {
  const { from } = request;
  if (from.kind === 'archetype') {
    const fitted = fitRequest(request, from.key, brief);
    const { about } = archetypeOf(from.key);
    return conceptFromScript(fitted, { ...(await readArchetypeScript(from.key)), about }, context);
  }
  if (from.kind !== 'part') throw new TypeError('a generated concept is made elsewhere');
  const script: ScriptOfConcept =
    (await place.partNamed?.(from.part)) ??
    (from.part.endsWith('.ts') ? await scriptBeside(from.part, place) : await readSamplePart(from.part));
  const imports: Record<string, ConceptImport[]> = { ...script.imports };
  for (const [source, file] of Object.entries(request.imports))
    imports[source] = await importedBodies(kernel, place, file, context);
  return conceptFromScript(request, { ...script, imports }, context);
}

async function scriptBeside(part: string, place: BriefPlace): Promise<{ fileName: string; source: string }> {
  const { bytes, fileName } = await place.readFile(join(dirname(place.path), part));
  return { fileName, source: new TextDecoder().decode(bytes) };
}

async function importedBodies(
  kernel: Kernel,
  place: BriefPlace,
  file: string,
  context: JobContext,
): Promise<ConceptImport[]> {
  const model = await kernel.import(
    { ...(await place.readFile(join(dirname(place.path), file))), tessellate: false },
    context,
  );
  const bodies = model.parts.flatMap((part) => part.bodies);
  const found = bodies.flatMap(({ brep, info }) =>
    brep && info.kind === 'solid' ? [{ brep, name: info.name, hash: sha256(brep) }] : [],
  );
  if (found.length === 0) throw refuseDesign('concept', `"${file}" has no solid body.`, 'Give a file with a solid.');
  return found;
}
