/** The design loop of a project: briefs are checked, searched for as a job, and what was found is taken as a part. */
import type {
  Author,
  BriefRecord,
  DesignArchetype,
  DesignBriefCheck,
  DesignBudget,
  DesignCandidate,
  DesignOutcome,
  DesignReason,
  DesignSample,
  DesignState,
  HistoryState,
  JobContext,
} from '../../../preload/contract/index.ts';
import { ArtificerError, silentContext } from '../../../preload/contract/index.ts';
import { sameData } from '../../document/index.ts';
import {
  ARCHETYPES,
  type Brief,
  type Concept,
  conceptsOf,
  explainCandidate,
  readBrief,
  refuseDesign,
  searchDesign,
  takenDesign,
} from '../../engineer/index.ts';
import { createPhysics } from '../../physics/index.ts';
import type { DocumentSession } from '../../storage/index.ts';
import { lanesHere } from '../../surrogates/index.ts';
import type { BranchService } from '../agent/branch-service.ts';
import { type EngineContext, noRecord } from '../context.ts';
import type { PartEdits } from '../part-edits.ts';
import type { PartScripts } from '../part-scripts.ts';
import type { SourceGeometry } from '../source-geometry.ts';
import { aboutDesign, baseOf, branchNameOf } from './design-branches.ts';
import { evidenceOf } from './design-evidence.ts';
import { ProjectCandidates } from './project-candidates.ts';
import { ProjectPlace } from './project-place.ts';
import { sampleBriefs } from './sample-briefs.ts';
import { recordsOfTaken } from './taken-records.ts';

interface Readable {
  record: BriefRecord;
  brief: Brief;
  place: ProjectPlace;
  key: string;
}

interface FoundCandidate {
  record: BriefRecord;
  brief: Brief;
  key: string;
  concepts: readonly Concept[];
  candidates: DesignCandidate[];
  candidate: DesignCandidate;
  kept: ProjectCandidates;
}

export class DesignService {
  readonly #engine: EngineContext;
  readonly #sources: SourceGeometry;
  readonly #scripts: PartScripts;
  readonly #edits: PartEdits;
  readonly #branches: BranchService;
  /** By brief. */
  readonly #running = new Map<string, { jobId: string; key: string }>();

  constructor(
    engine: EngineContext,
    sources: SourceGeometry,
    scripts: PartScripts,
    edits: PartEdits,
    branches: BranchService,
  ) {
    this.#engine = engine;
    this.#sources = sources;
    this.#scripts = scripts;
    this.#edits = edits;
    this.#branches = branches;
  }

  samples(): Promise<DesignSample[]> {
    return sampleBriefs();
  }

  archetypes(): DesignArchetype[] {
    return ARCHETYPES.map(({ key, title, about, roles }) => ({ key, title, about, roles }));
  }

  /** Reads the brief, and the variables of the parts that it names. */
  async check(text: string, signal: AbortSignal): Promise<DesignBriefCheck> {
    try {
      const brief = readBrief(text);
      // Bodies that are imported change no variable, and shapes are generated when they are searched: both take seconds.
      const isGenerated = ({ from }: Brief['concepts'][number]): boolean => from.kind === 'generated';
      const generated = brief.concepts.filter(isGenerated);
      const named = brief.concepts.filter((each) => !isGenerated(each)).map((each) => ({ ...each, imports: {} }));
      const place = this.#place(this.#engine.session(), signal);
      const read =
        named.length > 0 || generated.length === 0
          ? await this.#conceptsOf({ ...brief, concepts: named }, place, silentContext(signal))
          : [];
      const concepts = [...read, ...generated.map(({ name }) => ({ name, variables: [] }))];
      return {
        problems: [],
        brief: {
          name: brief.name,
          about: brief.about,
          materials: brief.materials.map(({ name }) => name),
          concepts: concepts.map((each) => ({ name: each.name, variables: each.variables.map(({ name }) => name) })),
          cases: brief.cases.map(({ name, type }) => ({ name, type })),
          requirements: brief.requirements.map((each) => each.text),
          objectives: brief.objectives.map((each) => ({ text: each.text, direction: each.direction })),
          budget: brief.budget,
        },
      };
    } catch (thrown) {
      if (!(thrown instanceof ArtificerError) || thrown.data.category === 'cancelled') throw thrown;
      return { problems: problemsOf(thrown), brief: null };
    }
  }

  async state(briefId: string, signal: AbortSignal): Promise<DesignState> {
    const session = this.#engine.session();
    const running = this.#running.get(briefId) ?? null;
    let key: string;
    try {
      key = (await this.#read(session, briefId, signal)).key;
    } catch (thrown) {
      // What cannot be read has no designs: what is wrong with it is told where it is checked.
      if (!(thrown instanceof ArtificerError) || thrown.data.code === 'document.no-such-record') throw thrown;
      return { briefId, key: '', candidates: [], outcome: null, running };
    }
    const kept = new ProjectCandidates(session, key);
    return { briefId, key, candidates: kept.candidates(), outcome: kept.outcome(), running };
  }

  /** @throws ArtificerError `design.brief` and what its concepts are refused for */
  async start(briefId: string, budget: DesignBudget, signal: AbortSignal): Promise<string> {
    const session = this.#engine.session();
    session.file.assertWritable();
    if (this.#running.has(briefId))
      throw refuseDesign('runs', 'A search for this brief runs already.', 'Stop it first, or wait for its end.');
    const read = await this.#read(session, briefId, signal);
    const { minutes = read.brief.budget.minutes, solves = read.brief.budget.solves } = budget;
    const readable = { ...read, brief: { ...read.brief, budget: { minutes, solves } } };
    const { brief, key } = readable;
    const job = this.#engine.jobs.start(
      'design',
      `Design ${brief.name}`,
      (context) => this.#search(session, readable, context),
      { recordId: briefId, exclusive: 'design' },
    );
    this.#running.set(briefId, { jobId: job.id, key });
    const ended = () => {
      this.#running.delete(briefId);
      this.#emit(briefId, key);
    };
    void this.#engine.jobs.wait(job.id).then(ended, ended);
    this.#emit(briefId, key);
    return job.id;
  }

  stop(briefId: string): boolean {
    const running = this.#running.get(briefId);
    return running ? this.#engine.jobs.cancel(running.jobId) : false;
  }

  async #search(
    session: DocumentSession,
    { record, brief, key }: Readable,
    context: JobContext,
  ): Promise<DesignOutcome> {
    const kept = new ProjectCandidates(session, key);
    const lanes = Math.min(2, lanesHere());
    // Solutions of its own, so that a study that a person solves meanwhile does not wait behind all designs.
    const physics = createPhysics({ workers: lanes });
    try {
      const place = this.#place(session, context.signal);
      // What it names may have changed while it waited: its numbers would be kept under the wrong hash.
      if ((await place.keyOf(brief)) !== key)
        throw refuseDesign('changed', 'What the brief names was changed before the search began.', 'Start it again.');
      const concepts = kept.concepts() ?? (await this.#conceptsOf(brief, place, context));
      kept.keepConcepts(concepts);
      kept.begin();
      const { outcome, candidates } = await searchDesign(
        {
          kernel: this.#engine.kernel,
          physics,
          brief,
          concepts,
          store: kept,
          lanes,
          onCandidate: (candidate) => {
            kept.tell(candidate);
            this.#emit(record.id, key, candidate);
          },
        },
        context,
      );
      context.signal.throwIfAborted();
      kept.end(outcome, candidates);
      return outcome;
    } finally {
      await physics.dispose();
    }
  }

  async explain(briefId: string, number: number, signal: AbortSignal): Promise<DesignReason[]> {
    const { brief, concepts, candidates, candidate, kept } = await this.#candidate(briefId, number, signal);
    const outcome = kept.outcome();
    // What its fields said was kept with the outcome.
    if (outcome?.best === number) return outcome.reasons;
    return explainCandidate(brief, concepts, candidates, candidate, signal);
  }

  /** @throws ArtificerError `design.no-candidate`, and what the part is refused for: then nothing is changed */
  async take(
    briefId: string,
    number: number,
    author: Author | undefined,
    signal: AbortSignal,
  ): Promise<{ partId: string; studyIds: string[]; history: HistoryState }> {
    const found = await this.#candidate(briefId, number, signal);
    const { session, name, label, taken } = await this.#made(found, signal);
    const { partId, studyIds, put } = recordsOfTaken(session, name, taken);
    const history = session.change({ label, put, ...(author ? { author } : {}) });
    return { partId, studyIds, history };
  }

  /** On a branch of its own. @throws as `take` */
  async branch(
    briefId: string,
    number: number,
    author: Author | undefined,
    signal: AbortSignal,
  ): Promise<{ branch: string; partId: string; history: HistoryState }> {
    const branches = this.#branches;
    const found = await this.#candidate(briefId, number, signal);
    const { key, candidate: asked } = found;
    // A search that goes on may give a number to another design: it is its values that make it the same one.
    const isAsked = ({ concept, material, values }: DesignCandidate): boolean =>
      concept === asked.concept && material === asked.material && sameData(values, asked.values);
    const same = branches
      .list()
      .find(
        ({ status, design }) =>
          status === 'open' && design?.briefId === briefId && design.key === key && isAsked(design.candidate),
      );
    if (same) return { branch: same.name, partId: same.design!.partId, history: branches.switch(same.name) };
    const { session, brief, candidate, concept, name, label, taken } = await this.#made(found, signal);
    const list = branches.list();
    const [from, base] = [session.branch, baseOf(list)];
    const cases = brief.cases.map((one) => ({ name: one.name, type: one.type }));
    const branch = branchNameOf(
      brief.name,
      number,
      list.map((each) => each.name),
    );
    try {
      if (base !== from) branches.switch(base);
      // What the concept imports has to be there, too.
      if (concept) refuseForeignImports(session, concept);
      const { partId, put } = recordsOfTaken(session, name, taken);
      const { process, quantity } = brief;
      const design = { briefId, brief: brief.name, key, partId, cases, process, quantity, candidate };
      branches.start(branch, author, { about: aboutDesign(design), design });
      const history = session.change({ label, put, ...(author ? { author } : {}) });
      return { branch, partId, history };
    } catch (thrown) {
      // As it was: no branch without its design.
      if (session.branch === branch) branches.drop(branch);
      if (session.branch !== from) branches.switch(from);
      throw thrown;
    }
  }

  /** The candidate made anew, as what a project is made of; nothing is changed. */
  async #made({ brief, concepts, candidate }: FoundCandidate, signal: AbortSignal) {
    const session = this.#engine.session();
    session.file.assertWritable();
    const { number } = candidate;
    const concept = concepts.find(({ name }) => name === candidate.concept);
    if (concept) refuseForeignImports(session, concept);
    const taken = await takenDesign(this.#engine.kernel, brief, concepts, candidate, silentContext(signal));
    signal.throwIfAborted();
    // It may have been closed meanwhile.
    session.file.assertWritable();
    const name = `${brief.name}, design ${number}`;
    return { session, brief, candidate, concept, taken, name, label: `Take design ${number} of ${brief.name}` };
  }

  /** @throws ArtificerError `design.no-candidate`, `design.runs` */
  async evidence(
    briefId: string,
    number: number,
    folder: string | undefined,
    version: string,
    signal: AbortSignal,
  ): Promise<string> {
    const session = this.#engine.session();
    const { brief, concepts, candidates, candidate, kept, record } = await this.#candidate(briefId, number, signal);
    return this.#engine.jobs.start(
      'report',
      `Report of ${brief.name}, design ${number}`,
      async (context) => {
        const { kernel } = this.#engine;
        const physics = createPhysics({ workers: 1 });
        try {
          const chosen = {
            kernel,
            physics,
            brief,
            concepts,
            candidates,
            candidate,
            outcome: kept.outcome(),
          };
          const asked = { chosen, brief, briefText: record.text, version, folder };
          return await evidenceOf(this.#engine, asked, context);
        } finally {
          await physics.dispose();
        }
      },
      { recordId: briefId, exclusive: `evidence ${session.file.path}` },
    ).id;
  }

  async forget(briefId: string, signal: AbortSignal): Promise<void> {
    const session = this.#engine.session();
    session.file.assertWritable();
    if (this.#running.has(briefId)) throw refuseDesign('runs', 'The search still runs.', 'Stop it first.');
    const { key } = await this.#read(session, briefId, signal);
    new ProjectCandidates(session, key).clear();
    this.#emit(briefId, key);
  }

  async #candidate(briefId: string, number: number, signal: AbortSignal): Promise<FoundCandidate> {
    const session = this.#engine.session();
    const { record, brief, place, key } = await this.#read(session, briefId, signal);
    const kept = new ProjectCandidates(session, key);
    const candidates = kept.candidates();
    const candidate = candidates.find((each) => each.number === number);
    if (!candidate)
      throw refuseDesign('no-candidate', `Design ${number} was not tried for this brief.`, 'Search first.');
    const concepts = kept.concepts() ?? (await this.#conceptsOf(brief, place, silentContext(signal)));
    return { record, brief, key, concepts, candidates, candidate, kept };
  }

  async #read(session: DocumentSession, briefId: string, signal: AbortSignal): Promise<Readable> {
    const record = session.store.get(briefId);
    if (record?.type !== 'brief') throw noRecord('brief', briefId);
    const brief = readBrief(record.text);
    const place = this.#place(session, signal);
    return { record, brief, place, key: await place.keyOf(brief) };
  }

  #place = (session: DocumentSession, signal: AbortSignal): ProjectPlace =>
    new ProjectPlace(this.#engine, this.#sources, this.#scripts, this.#edits, session, signal);

  #conceptsOf = (brief: Brief, place: ProjectPlace, context: JobContext): Promise<Concept[]> =>
    conceptsOf(brief, this.#engine.kernel, place, context);

  #emit(briefId: string, key: string, candidate?: DesignCandidate): void {
    this.#engine.streams.designs.emit({ briefId, key, ...(candidate ? { candidate } : {}) });
  }
}

/** One line for each thing that is wrong, as the brief's reader found them. */
function problemsOf({ data }: ArtificerError): string[] {
  const { problems } = (data.details ?? {}) as { problems?: unknown };
  if (Array.isArray(problems) && problems.length > 0) return problems.map(String);
  return [[data.message, data.cause, data.hint].filter(Boolean).join(' ')];
}

/** Bodies of files that the project does not have would be missing from the part. */
function refuseForeignImports(session: DocumentSession, concept: Concept): void {
  const foreign = Object.keys(concept.imports).find((source) => session.store.get(source)?.type !== 'source');
  if (foreign === undefined) return;
  throw refuseDesign(
    'import-not-in-project',
    `Concept "${concept.name}" is made of a file that is not in the project ("${foreign}").`,
    'Import the file, and let the brief name the part that it becomes.',
  );
}
