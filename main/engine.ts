/**
 * The composition root: the one place where the engine's parts are wired together. Every front (window, command line,
 * agent, test) uses the same handlers; there is no second way to do anything.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type AgentUpdate,
  type Api,
  ArtificerError,
  type Handlers,
  type Job,
  type Message,
  type PartHistory,
  type PartView,
  type ProjectInfo,
  silentContext,
} from '../preload/contract/index.ts';
import { AgentService } from './engine/agent/agent-service.ts';
import { BranchService } from './engine/agent/branch-service.ts';
import { ApplicationSettings } from './engine/application-settings.ts';
import { ComparisonService } from './engine/comparison-service.ts';
import { type EngineContext, Stream, type Streams } from './engine/context.ts';
import { DesignService } from './engine/design/design-service.ts';
import { ExportService } from './engine/export-service.ts';
import { GeometryCache } from './engine/geometry-cache.ts';
import { GeometryService } from './engine/geometry-service.ts';
import { ManufactureService } from './engine/manufacture/manufacture-service.ts';
import { PartEdits } from './engine/part-edits.ts';
import { PartPreviews } from './engine/part-previews.ts';
import { PartRecognition } from './engine/part-recognition.ts';
import { PartScripts } from './engine/part-scripts.ts';
import { PartService } from './engine/part-service.ts';
import { ProjectService } from './engine/project-service.ts';
import { ReimportService } from './engine/reimport-service.ts';
import { ChangedParts } from './engine/sensitivities/changed-part.ts';
import { SensitivityService } from './engine/sensitivities/sensitivity-service.ts';
import { SourceGeometry } from './engine/source-geometry.ts';
import { studyOf } from './engine/study-inputs.ts';
import { StudyService } from './engine/study-service.ts';
import { SurrogateService } from './engine/surrogates/surrogate-service.ts';
import { TransientBlobs } from './engine/transient-blobs.ts';
import { Uploads } from './engine/uploads.ts';
import { JobManager, readInputFile } from './host/index.ts';
import { createKernel } from './kernel/index.ts';
import type { Kernel } from './kernel/port.ts';
import { createPhysics, materialLibrary, type Physics } from './physics/index.ts';
import { disposePartScripts } from './scripting/index.ts';
import type { ChangeEvent, DocumentSession } from './storage/index.ts';

export interface EngineOptions {
  /** Settings, recent files, untitled projects. By default where the system keeps such things. */
  dataFolder?: string;
  kernel?: Kernel;
  physics?: Physics;
  /** How the engine is hosted, in words, for `app.info`. */
  front?: string;
}

export interface Engine {
  handlers: Handlers<Api>;
  blob(hash: string): Promise<Uint8Array | null>;
  acceptUpload(source: AsyncIterable<Uint8Array>, fileName: string): Promise<{ uploadId: string }>;
  /** For benchmarks and the command line. */
  kernel: Kernel;
  physics: Physics;
  dispose(): Promise<void>;
}

/** Where this system keeps an application's data. */
export function defaultDataFolder(): string {
  const override = process.env['ARTIFICER_DATA'];
  if (override) return override;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Artificer');
  if (process.platform === 'win32')
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Artificer');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'artificer');
}

export const ENGINE_VERSION: string = (() => {
  try {
    return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
      .version;
  } catch {
    return '0.1.0';
  }
})();

export function createEngine(options: EngineOptions = {}): Engine {
  const dataFolder = options.dataFolder ?? defaultDataFolder();
  const kernel = options.kernel ?? createKernel();
  const physics = options.physics ?? createPhysics();
  const jobs = new JobManager();
  const settings = new ApplicationSettings(dataFolder);
  const uploads = new Uploads(join(dataFolder, 'temporary'));
  const streams: Streams = {
    project: new Stream<ProjectInfo | null>(),
    document: new Stream<ChangeEvent>(),
    jobs: new Stream<Job>(),
    geometry: new Stream<PartView>(),
    parts: new Stream<PartHistory>(),
    results: new Stream<{ studyId: string }>(),
    surrogates: new Stream<{ studyId: string }>(),
    designs: new Stream(),
    messages: new Stream<Message>(),
    agent: new Stream<AgentUpdate>(),
  };
  const projects = new ProjectService({
    dataFolder,
    settings,
    streams,
    // What still runs belongs to the project that is about to close.
    onClosing: async () => {
      await agent.reset();
      const running = jobs.list().filter((job) => job.state === 'queued' || job.state === 'running');
      for (const job of running) jobs.cancel(job.id);
      await Promise.allSettled(running.map((job) => jobs.wait(job.id)));
      sources.reset();
      parts.reset();
      previews.reset();
      surrogates.reset();
      transient.clear();
    },
  });
  const transient = new TransientBlobs();
  const caches = new WeakMap<DocumentSession, GeometryCache>();
  /** Messages told before a project is open. */
  const early: Message[] = [];
  const context: EngineContext = {
    dataFolder,
    kernel,
    physics,
    jobs,
    streams,
    session: () => projects.session(),
    transient,
    cache: (session) => {
      let cache = caches.get(session);
      if (!cache) {
        cache = new GeometryCache(session, transient);
        caches.set(session, cache);
      }
      return cache;
    },
    tell: (severity, text, more = {}) => {
      const message: Message = { id: randomUUID(), at: Date.now(), severity, text, ...more };
      const open = projects.current();
      if (open && !open.readOnly) projects.session().file.messages.add(message);
      else early.push(message);
      streams.messages.emit(message);
    },
  };
  const sources = new SourceGeometry(context);
  const scripts = new PartScripts(context);
  const parts = new PartService(context, sources, scripts);
  const previews = new PartPreviews(context, sources, scripts);
  const partEdits = new PartEdits(context, sources, scripts);
  const geometry = new GeometryService(context, sources, parts);
  const recognition = new PartRecognition(context, geometry);
  const manufacture = new ManufactureService(context, geometry);
  const reimports = new ReimportService(context, sources);
  const exports = new ExportService(context, geometry, parts);
  const studies = new StudyService(context, geometry, exports);
  const comparisons = new ComparisonService(context, exports);
  const changedParts = new ChangedParts(context, sources, scripts);
  const sensitivities = new SensitivityService(context, studies, changedParts);
  const surrogates = new SurrogateService(context, sources, studies, changedParts, exports);
  const branches = new BranchService(() => projects.session(), streams);
  const blob = async (hash: string): Promise<Uint8Array | null> =>
    transient.get(hash) ?? (projects.current() ? await projects.session().file.blobs.read(hash) : null);
  const agent = new AgentService(
    context,
    () => handlers,
    blob,
    () => settings.preferences(),
  );
  const designs = new DesignService(context, sources, scripts, partEdits, branches);
  jobs.subscribe((job) => {
    streams.jobs.emit(job);
    if (job.state === 'failed' && job.error)
      context.tell('error', `${job.label}: ${job.error.message}`, {
        error: job.error,
        ...(job.error.hint ? { hint: job.error.hint } : {}),
        ...(job.recordId ? { recordId: job.recordId } : {}),
      });
  });

  /** The file a call names, by path or by upload. */
  const inputOf = async (
    named: { path?: string | undefined; uploadId?: string | undefined; fileName?: string | undefined },
    take: boolean,
  ) => {
    if (named.uploadId !== undefined) {
      const upload = await uploads.read(named.uploadId, take);
      return { bytes: upload.bytes, fileName: named.fileName ?? upload.fileName };
    }
    if (named.path !== undefined) return readInputFile(named.path);
    throw new ArtificerError({
      code: 'files.none-named',
      category: 'usage',
      message: 'Name a file by its path or hand it over first.',
    });
  };
  const listen =
    <Data>(stream: Stream<Data>) =>
    (_arguments: unknown, emit: (data: Data) => void): (() => void) =>
      stream.subscribe(emit);

  const handlers: Handlers<Api> = {
    'app.info': async () => {
      const status = await physics.status();
      return {
        version: ENGINE_VERSION,
        front: options.front ?? 'In process',
        engine: `Node ${process.versions.node}`,
        native: status.native,
        mesher: status.mesher,
        kernel: 'OpenCascade in WebAssembly (opencascade.js 2.0.0-beta, replicad-opencascadejs 1.1.0)',
      };
    },
    'app.recent': () => settings.recent(),
    'app.settings.get': () => settings.preferences(),
    'app.settings.set': async ({ key, value }) => {
      await settings.set(key, value);
      return { ok: true };
    },

    'project.current': () => projects.current(),
    'project.create': (given) => projects.create(given),
    'project.open': ({ path, passphrase }) => projects.open(path, passphrase),
    'project.close': async () => {
      await projects.close();
      return { ok: true };
    },
    'project.saveAs': ({ path, ...given }) => projects.saveAs(path, given),
    'project.pack': () => projects.pack(),
    'project.verify': ({ repair }, { signal }) => projects.session().file.verify({ repair: repair ?? false, signal }),
    'project.setThumbnail': async ({ uploadId }) => {
      const { bytes } = await uploads.read(uploadId, true);
      const png = bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
      if (!png || bytes.length > 4_000_000)
        throw new ArtificerError({
          code: 'project.bad-thumbnail',
          category: 'usage',
          message: 'A thumbnail is a PNG picture of at most 4 MB.',
        });
      projects.session().file.thumbnails.set(bytes, 'image/png');
      return { ok: true };
    },

    'document.snapshot': () => projects.session().snapshot(),
    'document.change': ({ label, put, remove, author, coalesce }) =>
      projects.session().change({ label, put, remove, author, coalesce }),
    'document.undo': () => projects.session().undo(),
    'document.redo': () => projects.session().redo(),
    'document.history': ({ limit }) => projects.session().history(limit),

    'document.branches': () => branches.list(),
    'document.branches.start': ({ name, author }) => branches.start(name, author),
    'document.branches.switch': ({ name }) => branches.switch(name),
    'document.branches.merge': ({ name, ...options }) => branches.merge(name, options),
    'document.branches.drop': ({ name }) => branches.drop(name),
    'document.branches.reopen': ({ name }) => branches.reopen(name),
    'document.goBack': ({ sequence, label, author }) => branches.goBack(sequence, label, author),

    'agent.state': () => agent.state(),
    'agent.start': async () => {
      await agent.session().begin();
      return agent.state();
    },
    'agent.settings': (given) => {
      agent.session().configure(given);
      return agent.state();
    },
    'agent.send': ({ text, selection }) => agent.send(text, selection ?? []),
    'agent.wait': async () => {
      await agent.session().settled();
      return agent.state();
    },
    'agent.approve': ({ operationId, approve, rest }) => ({
      ok: agent.session().approve(operationId, approve, rest ?? false),
    }),
    'agent.stop': () => ({ ok: agent.session().stop() }),
    'agent.accept': async ({ label, preferBranch }) => {
      await agent.session().accept(label, preferBranch ?? false);
      return agent.state();
    },
    'agent.drop': async () => {
      await agent.session().drop();
      return agent.state();
    },
    'agent.goBack': async ({ entryId }) => {
      await agent.session().goBack(entryId);
      return agent.state();
    },
    'agent.tools': () => agent.tools.describe(),

    'files.recognise': async (named) => {
      const file = await inputOf(named, false);
      return kernel.recognise(file.bytes, file.fileName);
    },
    'files.import': async ({ heal, ...named }) => ({
      jobId: sources.startImport(await inputOf(named, true), heal ?? false),
    }),
    'files.export': (given) => ({ jobId: exports.start(given) }),

    'jobs.list': () => jobs.list(),
    'jobs.cancel': ({ jobId }) => ({ ok: jobs.cancel(jobId) }),
    'jobs.wait': ({ jobId }, { signal }) => jobs.wait(jobId, signal),

    'geometry.parts': ({ partIds }) => geometry.parts(partIds),
    'geometry.measure': ({ items }, { signal }) => geometry.measure(items, silentContext(signal)),
    'geometry.resolve': ({ partId, references }) => geometry.resolve(partId, references),

    'parts.history': ({ partId }) => parts.history(projects.session(), partId),
    'parts.evaluate': ({ partId }) => ({ jobId: parts.evaluate(projects.session(), partId) }),
    'parts.preview': (given, { signal }) => previews.preview(given, signal),
    'parts.makeEditable': ({ partId }, { signal }) => partEdits.makeEditable(partId, signal),
    'parts.recognise': ({ partId, body }, { signal }) => recognition.recognise(partId, body, silentContext(signal)),
    'parts.reimport': async ({ sourceId, ...named }) => ({
      jobId: reimports.start(sourceId, await inputOf(named, true)),
    }),
    'parts.script.write': ({ partId }, { signal }) => partEdits.writeScript(partId, signal),
    'parts.script.put': (given, { signal }) => partEdits.putScript(given, signal),
    'parts.samples': () => partEdits.samples(),
    'parts.samples.add': ({ key }, { signal }) => partEdits.addSample(key, signal),

    'materials.library': () => [...materialLibrary()],

    'studies.solve': ({ studyId, force }) => studies.solve(studyId, force ?? false),
    'studies.mesh': ({ studyId }) => ({ jobId: studies.mesh(studyId) }),
    'studies.results': ({ studyId }) => studies.results(studyId),
    'studies.probe': ({ inputHash, points_mm, frame }, { signal }) =>
      studies.probe(inputHash, points_mm, frame, signal),
    'studies.export': ({ studyId, inputHash, format, frame, path }) => ({
      jobId: studies.export(studyId, inputHash, { format, ...(frame === undefined ? {} : { frame }) }, path),
    }),
    'studies.sensitivities': ({ studyId, functionals, variables }) =>
      sensitivities.start(studyId, functionals, variables),
    'studies.secondOpinion': ({ studyId, inputHash }) => ({ jobId: comparisons.secondOpinion(studyId, inputHash) }),
    'studies.importResult': async ({ studyId, ...named }) => ({
      jobId: comparisons.importResult(studyId, await inputOf(named, true)),
    }),
    'studies.report': ({ studyId, inputHash, format, path }) => ({
      jobId: comparisons.report(studyId, inputHash, format, path),
    }),
    'studies.probes.set': ({ studyId, probes }) => {
      const session = projects.session();
      return session.change({ label: 'Set probes', put: [{ ...studyOf(session, studyId), probes }] });
    },

    'surrogates.suggest': ({ studyId }, { signal }) => surrogates.suggest(studyId, signal),
    'surrogates.list': ({ studyId }) => surrogates.list(studyId),
    'surrogates.make': ({ studyId }) => ({ jobId: surrogates.make(studyId) }),
    'surrogates.predict': ({ studyId, values, fields }, { signal }) =>
      surrogates.predict(studyId, values, fields ?? [], signal),
    'surrogates.compare': ({ studyId, values }) => ({ jobId: surrogates.compare(studyId, values) }),
    'surrogates.solve': ({ studyId, values }) => ({ jobId: surrogates.solve(studyId, values) }),
    'surrogates.export': ({ studyId, path }) => ({ jobId: surrogates.exchange.give(studyId, path) }),
    'surrogates.import': async ({ studyId, path, files = [] }) => {
      if (path !== undefined) return { jobId: surrogates.exchange.bring(studyId, { path }) };
      const read = await Promise.all(
        files.map((file) => inputOf(file, true).then(({ bytes, fileName }) => ({ name: fileName, bytes }))),
      );
      return { jobId: surrogates.exchange.bring(studyId, { files: read }) };
    },
    'surrogates.forget': async ({ studyId }) => {
      await surrogates.forget(studyId);
      return { ok: true };
    },

    'manufacture.check': (question) => ({ jobId: manufacture.check(question) }),
    'manufacture.known': (question) => manufacture.known(question),

    'design.check': ({ text }, { signal }) => designs.check(text, signal),
    'design.samples': () => designs.samples(),
    'design.archetypes': () => designs.archetypes(),
    'design.state': ({ briefId }, { signal }) => designs.state(briefId, signal),
    'design.start': async ({ briefId, budget = {} }, { signal }) => ({
      jobId: await designs.start(briefId, budget, signal),
    }),
    'design.stop': ({ briefId }) => ({ ok: designs.stop(briefId) }),
    'design.explain': ({ briefId, number }, { signal }) => designs.explain(briefId, number, signal),
    'design.take': ({ briefId, number, author }, { signal }) => designs.take(briefId, number, author, signal),
    'design.branch': ({ briefId, number, author }, { signal }) => designs.branch(briefId, number, author, signal),
    'design.evidence': async ({ briefId, number, folder }, { signal }) => ({
      jobId: await designs.evidence(briefId, number, folder, ENGINE_VERSION, signal),
    }),
    'design.forget': async ({ briefId }, { signal }) => {
      await designs.forget(briefId, signal);
      return { ok: true };
    },

    'messages.list': () => [...early, ...(projects.current() ? projects.session().file.messages.list() : [])],

    'document.changed': listen(streams.document),
    'project.changed': listen(streams.project),
    'jobs.changed': listen(streams.jobs),
    'geometry.changed': listen(streams.geometry),
    'parts.changed': listen(streams.parts),
    'results.changed': listen(streams.results),
    'surrogates.changed': listen(streams.surrogates),
    'design.changed': listen(streams.designs),
    'messages.added': listen(streams.messages),
    'agent.changed': listen(streams.agent),
  };

  return {
    handlers,
    kernel,
    physics,
    blob,
    acceptUpload: (source, fileName) => uploads.accept(source, fileName),
    dispose: async () => {
      await projects.close();
      agent.dispose();
      jobs.dispose();
      await surrogates.dispose();
      await Promise.allSettled([uploads.dispose(), kernel.dispose(), physics.dispose()]);
      disposePartScripts();
      transient.clear();
    },
  };
}
