/** Where a brief of a project finds what it names: the project's own parts first, then what is shipped. */
import { createHash } from 'node:crypto';
import { silentContext } from '../../../preload/contract/index.ts';
import {
  type Brief,
  type BriefPlace,
  type ConceptImport,
  refuseDesign,
  type ScriptOfConcept,
} from '../../engineer/index.ts';
import { MANUFACTURE_VERSION } from '../../manufacture/index.ts';
import { readSamplePart } from '../../scripting/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import type { EngineContext } from '../context.ts';
import { FEATURES_VERSION, GEOMETRY_VERSION } from '../geometry-cache.ts';
import { hashOfInputs } from '../input-hash.ts';
import type { PartEdits } from '../part-edits.ts';
import { gatherPart } from '../part-inputs.ts';
import type { PartScripts } from '../part-scripts.ts';
import type { SourceGeometry } from '../source-geometry.ts';
import { PHYSICS_VERSION } from '../study-inputs.ts';
import { readShippedFile, samplePath } from './sample-briefs.ts';

const VERSIONS = [GEOMETRY_VERSION, FEATURES_VERSION, PHYSICS_VERSION, MANUFACTURE_VERSION];

export class ProjectPlace implements BriefPlace {
  readonly path = samplePath();
  readonly readFile = readShippedFile;
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #scripts: PartScripts;
  readonly #edits: PartEdits;
  readonly #session: DocumentSession;
  readonly #signal: AbortSignal;

  constructor(
    engine: EngineContext,
    sources: SourceGeometry,
    scripts: PartScripts,
    edits: PartEdits,
    session: DocumentSession,
    signal: AbortSignal,
  ) {
    this.#engine = engine;
    this.#sources = sources;
    this.#scripts = scripts;
    this.#edits = edits;
    this.#session = session;
    this.#signal = signal;
  }

  /** A part of the project as a script, with the bodies that it imports. @throws ArtificerError `design.part-name` */
  async partNamed(name: string): Promise<ScriptOfConcept | null> {
    const found = await this.#part(name);
    if (!found) return null;
    const cache = this.#engine.cache(this.#session);
    const imports: Record<string, ConceptImport[]> = {};
    for (const { sourceId, name: body, hash } of found.bodies) {
      const brep = await cache.read(hash);
      if (!brep)
        throw refuseDesign('evicted', `Geometry of "${body}" was dropped.`, 'Rebuild the part, and try again.');
      imports[sourceId] ??= [];
      imports[sourceId].push({ brep, name: body, hash });
    }
    const { fileName, source } = found;
    return { fileName, source, imports };
  }

  /** Its script, and which bodies it imports, without reading them. */
  async #part(name: string): Promise<{
    fileName: string;
    source: string;
    bodies: { sourceId: string; name: string; hash: string }[];
  } | null> {
    const session = this.#session;
    const [part, ...others] = session.store.ofType('part').filter((each) => each.name === name);
    if (!part) return null;
    if (others.length > 0)
      throw refuseDesign('part-name', `${others.length + 1} parts of the project are called "${name}".`, 'Rename one.');
    const { source } = await this.#edits.writeScript(part.id, this.#signal);
    const context = silentContext(this.#signal);
    const records = session.store.all();
    const scripted = await this.#scripts.run(session, part, records, context);
    const inputs = gatherPart(part, records, scripted);
    const bodies: { sourceId: string; name: string; hash: string }[] = [];
    for (const need of inputs.imports) {
      const step = inputs.steps.find(({ id }) => id === need.id)!;
      const found = await this.#sources.bodiesOf(session, need.source, need.key, step, context);
      for (const { brepHash, info } of found.bodies)
        if (brepHash !== null) bodies.push({ sourceId: need.source.id, name: info.name, hash: brepHash });
    }
    return { fileName: part.script?.fileName ?? 'part.ts', source, bodies };
  }

  /** Of everything that decides the numbers of a design besides its values. Budget and words decide none. */
  async keyOf({ name: _name, about: _about, budget: _budget, ...brief }: Brief): Promise<string> {
    const concepts: unknown[] = [];
    for (const { from, imports } of brief.concepts) {
      if (from.kind !== 'part') {
        concepts.push(from);
        continue;
      }
      const own = await this.#part(from.part);
      const beside = (file: string) => this.readFile(`${this.path.slice(0, -'brief.yaml'.length)}${file}`);
      const source = from.part.endsWith('.ts')
        ? async () => new TextDecoder().decode((await beside(from.part)).bytes)
        : async () => (await readSamplePart(from.part)).source;
      const files: string[] = [];
      for (const file of Object.values(imports))
        files.push(
          createHash('sha256')
            .update((await beside(file)).bytes)
            .digest('hex'),
        );
      const bodies = own?.bodies.map(({ hash }) => hash) ?? [];
      concepts.push([own?.source ?? (await source()), files, bodies]);
    }
    return hashOfInputs({ versions: VERSIONS, brief, concepts });
  }
}
