/**
 * A small engine in memory for tests and the development page: an assembly of two parts, a made-up solver. Never shipped.
 */

import { newId, Store, translation } from '../../main/document/index.ts';
import {
  type AnyRecord,
  type Api,
  ArtificerError,
  type Author,
  type Job,
  type Material,
  type Message,
  type PartHistory,
  type PartView,
  type ProjectInfo,
  type ResultEntry,
  type ResultFrame,
  type StudyRecord,
  type Vector3,
} from '../../preload/contract/index.ts';
import type { Handlers } from '../../preload/contract/rpc.ts';
import { agentFixture } from './agent-fixture.ts';
import {
  boxBody,
  boxFields,
  FILM_TIMES,
  type FixtureBody,
  type FixtureFrames,
  filmTemperature,
} from './fixture-geometry.ts';
import { fixtureParts } from './fixture-parts.ts';
import { sensitivitiesOf, sensitivityFields } from './sensitivities.ts';

const PERSON: Author = { kind: 'person', name: 'You' };
const BAR: Vector3 = [200, 40, 30];
const PLATE: Vector3 = [120, 90, 10];

export const LIBRARY: Material[] = [
  {
    name: 'Structural steel S355',
    category: 'Structural steels',
    source: 'EN 10025-2:2019',
    properties: {
      young_MPa: 210_000,
      poisson: 0.3,
      density_kg_m3: 7850,
      yield_MPa: 355,
      ultimate_MPa: 470,
      thermalExpansion_1_K: 1.2e-5,
      conductivity_W_mK: 45,
      temperatureRange_degC: [-20, 400],
    },
  },
  {
    name: 'Aluminium 6061-T6',
    category: 'Aluminium alloys',
    source: 'MMPDS-2023',
    properties: { young_MPa: 68_900, poisson: 0.33, density_kg_m3: 2700, yield_MPa: 276, ultimate_MPa: 310 },
  },
  {
    name: 'Titanium Ti-6Al-4V annealed',
    category: 'Titanium alloys',
    source: 'AMS 4928',
    properties: { young_MPa: 113_800, poisson: 0.342, density_kg_m3: 4430, yield_MPa: 880, ultimate_MPa: 950 },
  },
  {
    name: 'Grey cast iron EN-GJL-250',
    category: 'Cast irons',
    source: 'EN 1561:2011',
    note: 'Brittle: no yield. Compare with the ultimate strength.',
    properties: { young_MPa: 110_000, poisson: 0.26, density_kg_m3: 7200, ultimate_MPa: 250, compressive_MPa: 840 },
  },
];

/** Records that the shape of a part depends on. */
const PART_TYPES = new Set(['part', 'feature', 'variable', 'configuration']);

export interface FixtureOptions {
  /** Begin with nothing in the project. */
  empty?: boolean;
  /** How many more instances of the bar to place. */
  copies?: number;
  /** Milliseconds that each stage of a job takes. */
  pace?: number;
  /** What results hold beside one picture. */
  frames?: FixtureFrames;
  /** Begin with a study of the bar that has been solved. */
  solved?: boolean;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Listeners of one event. */
function stream<T>() {
  const listeners = new Set<(data: T) => void>();
  return {
    emit: (data: T) => {
      for (const listener of listeners) listener(data);
    },
    handler: (_args: unknown, emit: (data: T) => void) => {
      listeners.add(emit);
      return () => {
        listeners.delete(emit);
      };
    },
  };
}

export interface FixtureEngine {
  handlers: Handlers<Api>;
  blob(hash: string): Promise<Uint8Array>;
  upload(file: { name: string }): Promise<string>;
}

export async function createFixtureEngine(options: FixtureOptions = {}): Promise<FixtureEngine> {
  const pace = options.pace ?? 250;
  const blobs = new Map<string, Uint8Array>();
  const store = new Store();
  const changes: Parameters<typeof changed.emit>[0]['change'][] = [];
  const settings: Record<string, unknown> = {};
  const jobs = new Map<string, { job: Job; controller: AbortController; end: Promise<unknown> }>();
  const messages: Message[] = [];
  const results: ResultEntry[] = [];
  const views = new Map<string, PartView>();
  let project: ProjectInfo | null = {
    path: '/projects/Bracket.artificer',
    name: 'Bracket',
    readOnly: false,
    encrypted: false,
    formatVersion: 1,
    bytes: 482_304,
    cacheBytes: 122_880,
    records: 0,
    changes: 0,
    branch: 'main',
    branches: ['main'],
  };

  const changed = stream<Parameters<Parameters<Handlers<Api>['document.changed']>[1]>[0]>();
  const projectChanged = stream<ProjectInfo | null>();
  const jobChanged = stream<Job>();
  const geometryChanged = stream<PartView>();
  const partsChanged = stream<PartHistory>();
  const resultsChanged = stream<{ studyId: string }>();
  const messageAdded = stream<Message>();

  const commit = (change: ReturnType<Store['prepare']>) => {
    if (!change) return store.state();
    const diffs = store.commit(change);
    const info = { ...change, records: change.diffs.length };
    changes.push(info);
    for (const entry of results) entry.current = false;
    const history = store.state();
    changed.emit({ diffs, history, change: info });
    if (diffs.some(({ before, after }) => PART_TYPES.has((after ?? before)!.type))) void parts.afterChange();
    return history;
  };
  const say = (severity: Message['severity'], text: string, more: Partial<Message> = {}) => {
    const message: Message = { id: `m${messages.length}`, at: Date.now(), severity, text, ...more };
    messages.push(message);
    messageAdded.emit(message);
  };

  const startJob = (
    kind: Job['kind'],
    label: string,
    stages: string[],
    finish: () => unknown,
    detail?: (fraction: number) => Record<string, number>,
  ) => {
    const controller = new AbortController();
    const job: Job = {
      id: newId('view'),
      kind,
      label,
      state: 'running',
      stage: stages[0]!,
      fraction: 0,
      startedAt: Date.now(),
    };
    const tell = () => jobChanged.emit({ ...job });
    const end = (async () => {
      for (let i = 0; i < stages.length * 5; i++) {
        job.stage = stages[Math.floor(i / 5)]!;
        job.fraction = i / (stages.length * 5);
        if (detail) job.detail = detail(job.fraction);
        tell();
        await pause(pace / 5);
        if (controller.signal.aborted) {
          job.state = 'cancelled';
          job.endedAt = Date.now();
          tell();
          throw new ArtificerError({ code: 'cancelled', category: 'cancelled', message: `${label} was cancelled.` });
        }
      }
      const value = await finish();
      job.state = 'done';
      job.fraction = 1;
      job.endedAt = Date.now();
      tell();
      return value;
    })();
    end.catch(() => {});
    jobs.set(job.id, { job, controller, end });
    return job.id;
  };

  const viewOf = async (partId: string, body: FixtureBody): Promise<PartView> => {
    const hash = await sha256(body.bundle);
    blobs.set(hash, body.bundle);
    return {
      partId,
      status: 'ready',
      bodies: [{ index: 0, info: body.info, tessellation: { hash, quality: 'fine' } }],
    };
  };

  const parts = fixtureParts({
    store,
    person: PERSON,
    commit,
    views,
    viewOf,
    startJob: (label, stages, finish) => startJob('import', label, stages, finish),
    geometryChanged: geometryChanged.emit,
    partsChanged: partsChanged.emit,
  });

  const fill = async () => {
    const sourceId = newId('source');
    const [bar, plate] = [newId('part'), newId('part')];
    const assembly = newId('instance');
    const records: AnyRecord[] = [
      {
        type: 'source',
        id: sourceId,
        fileName: 'bracket-assembly.stp',
        sha256: '0'.repeat(64),
        bytes: 48_213,
        format: 'STEP',
        schema: 'AP214',
        originatingSystem: 'Pro/ENGINEER Wildfire 2.0',
        lengthUnit: 'mm',
        healed: false,
        warnings: [],
        healing: [],
        pmi: { dimensions: 0, tolerances: 0, datums: 0, texts: [] },
        layers: [],
      },
      { type: 'part', id: bar, name: 'Cantilever bar', sourceId, sourceKey: '1', bodies: [{ name: 'Bar' }] },
      {
        type: 'part',
        id: plate,
        name: 'Base plate <b>10 mm</b>',
        sourceId,
        sourceKey: '2',
        bodies: [{ name: 'Plate' }],
      },
      {
        type: 'instance',
        id: assembly,
        name: 'Bracket assembly',
        parentId: null,
        partId: null,
        transform: translation([0, 0, 0]),
        order: 0,
      },
      {
        type: 'instance',
        id: newId('instance'),
        name: 'Bar:1',
        parentId: assembly,
        partId: bar,
        transform: translation([0, 25, 10]),
        order: 0,
      },
      {
        type: 'instance',
        id: newId('instance'),
        name: 'Plate:1',
        parentId: assembly,
        partId: plate,
        transform: translation([-60, 0, 0]),
        order: 1,
      },
    ];
    for (let i = 0; i < (options.copies ?? 0); i++) {
      records.push({
        type: 'instance',
        id: newId('instance'),
        name: `Bar:${i + 2}`,
        parentId: assembly,
        partId: bar,
        transform: translation([0, 25 + 60 * (i % 40), 10 + 50 * Math.floor(i / 40)]),
        order: i + 2,
      });
    }
    views.set(bar, await viewOf(bar, boxBody('Bar', BAR, [0.62, 0.67, 0.72])));
    views.set(plate, await viewOf(plate, boxBody('Plate', PLATE, [0.72, 0.55, 0.36])));
    commit(store.prepare({ label: 'Import bracket-assembly.stp', author: PERSON, put: records }));
    for (const view of views.values()) geometryChanged.emit(view);
    say('warning', 'The file says millimetres, yet the bar is 200 mm long: check the unit.', {
      hint: 'Measure an edge.',
    });
  };

  commit(
    store.prepare({
      label: 'New project',
      author: PERSON,
      put: [{ type: 'project', id: 'project_settings', name: 'Bracket', units: 'mm-N-MPa' }],
    }),
  );
  if (!options.empty) await fill();

  const resultFor = async (study: StudyRecord): Promise<ResultEntry> => {
    const text = new TextEncoder().encode(JSON.stringify(study) + results.length);
    const inputHash = await sha256(text as Uint8Array<ArrayBuffer>);
    const kind = options.frames ?? 'none';
    const fields = boxFields(inputHash, BAR, kind);
    const fieldsHash = await sha256(fields);
    blobs.set(fieldsHash, fields);
    const at = (value: number, at_mm: Vector3, unit: string) => ({ value, at_mm, unit });
    const root: Vector3 = [0, 20, 30];
    const tip: Vector3 = [200, 20, 15];
    const film = FILM_TIMES.map(
      (time): ResultFrame => ({
        name: `t = ${time} s`,
        kind: 'time',
        value: time,
        unit: 's',
        extremes: {
          temperature: {
            min: at(filmTemperature(1, time), tip, 'degC'),
            max: at(filmTemperature(0, time), root, 'degC'),
          },
          'heat_flux.magnitude': {
            min: at(0, tip, 'W/m^2'),
            max: at(time === 0 ? 0 : 3.6e6 / (200 * (0.1 + 0.01 * time)), root, 'W/m^2'),
          },
        },
      }),
    );
    const modes = [118.24, 741.3, 2075.6].map(
      (value, index): ResultFrame => ({
        name: `Mode ${index + 1}`,
        kind: 'mode',
        value,
        unit: 'Hz',
        extremes: { 'displacement.magnitude': { min: at(0, root, 'mm'), max: at(1, tip, 'mm') } },
      }),
    );
    const frames = kind === 'film' ? film : kind === 'modes' ? modes : null;
    return {
      inputHash,
      studyId: study.id,
      current: true,
      fieldsHash,
      summary: {
        inputHash,
        solver: 'artificer-core 1.0',
        createdAt: Date.now(),
        mesh: {
          nodes: 18_204,
          elements: 11_390,
          order: 2,
          dof: 54_612,
          min_quality: 0.31,
          size_mm: 5,
          straightened: 2,
          histogram: [0, 0, 0, 4, 31, 210, 1205, 3480, 4410, 2050],
        },
        ...(frames ? { frames } : {}),
        ...(kind === 'film'
          ? {
              curves: [
                {
                  id: 'probe-1',
                  name: 'Probes',
                  kind: 'time' as const,
                  x: { name: 'Time', unit: 's', values: FILM_TIMES },
                  y: [0.1, 0.5, 0.9].map((x) => ({
                    name: `At ${200 * x} mm`,
                    unit: '°C',
                    values: FILM_TIMES.map((time) => filmTemperature(x, time)),
                  })),
                },
              ],
            }
          : {}),
        ...(kind === 'none'
          ? {
              convergence: [
                { dof: 8412, size_mm: 12, values: { 'Largest von Mises (MPa)': 171.2 }, change_percent: null },
                { dof: 21_370, size_mm: 8, values: { 'Largest von Mises (MPa)': 180.4 }, change_percent: 5.4 },
                { dof: 54_612, size_mm: 5, values: { 'Largest von Mises (MPa)': 183.6 }, change_percent: 1.8 },
              ],
            }
          : {}),
        extremes: frames?.[0]?.extremes ?? {
          'principal.1': { min: at(0, tip, 'MPa'), max: at(180, root, 'MPa') },
          'principal.3': { min: at(-180, root, 'MPa'), max: at(0, tip, 'MPa') },
          von_mises: { min: at(0.4, tip, 'MPa'), max: at(183.6, root, 'MPa') },
          'displacement.magnitude': { min: at(0, [0, 0, 0], 'mm'), max: at(0.4213, tip, 'mm') },
          'stress.xx': { min: at(-180, [0, 20, 0], 'MPa'), max: at(180, root, 'MPa') },
          safety_factor: { min: at(1.93, root, ''), max: at(880, tip, '') },
        },
        reactions_N: {
          total: [0.002, 0, 1000.1],
          byRestraint: study.restraints.map(({ id, name }) => ({ id, name, force_N: [0.002, 0, 1000.1] })),
        },
        applied_N: [0, 0, -1000],
        equilibrium_error: 2.1e-9,
        relativeResidual: 7.4e-11,
        iterations: 41,
        method: 'p-multigrid CG',
        discretisation_error: { energy_percent: 2.8, peak_stress_percent: 6.1 },
        minimumSafetyFactor: { value: 1.93, at_mm: root, basis: 'yield 355 MPa over von Mises' },
        singularities: [
          { at_mm: root, reason: 'Re-entrant corner between the fixed face and the top', quantity: 'von_mises' },
        ],
        warnings: [{ code: 'mesh.straightened', message: '2 of 11,390 elements were straightened at a tight fillet.' }],
        probes: [],
        mass_kg: 1.884,
        strainEnergy_N_mm: 210.6,
        seconds: { mesh: 1.9, assemble: 0.21, solve: 0.62, recover: 0.09, total: 2.84 },
      },
    };
  };

  if (options.solved) {
    const bar = store.all().find((record) => record.type === 'part' && record.name === 'Cantilever bar')!;
    const study: StudyRecord = {
      type: 'study',
      id: newId('study'),
      name: 'Bending',
      study: 'static',
      partId: bar.id,
      restraints: [{ id: 'held', name: 'Held end', kind: 'fixed', on: [] }],
      loads: [],
      mesh: { order: 2, accuracy: 'default', refinements: [] },
      probes: [],
    };
    commit(store.prepare({ label: 'New study', author: PERSON, put: [study] }));
    results.push(await resultFor(study));
  }

  const uploads = new Map<string, string>();
  const handlers: Handlers<Api> = {
    ...agentFixture,
    'app.info': () => ({
      version: '0.1.0',
      front: 'Development page',
      engine: 'Fixture in memory',
      native: { available: true, detail: 'none: results are made up' },
      mesher: { available: false, detail: 'no mesher' },
      kernel: 'none',
    }),
    'app.recent': () => [
      { path: '/projects/Turbine blade.artificer', name: 'Turbine blade', openedAt: Date.now(), exists: true },
    ],
    'app.settings.get': () => settings,
    'app.settings.set': ({ key, value }) => {
      settings[key] = value;
      return { ok: true };
    },
    'project.current': () => project,
    'project.create': ({ name }) => {
      project = { ...project!, name: name ?? 'Untitled' };
      projectChanged.emit(project);
      return project;
    },
    'project.open': ({ path }) => {
      throw new ArtificerError({
        code: 'project.not-found',
        category: 'refused',
        message: `There is no project at ${path}.`,
        hint: 'Check the path.',
      });
    },
    'project.close': () => {
      project = null;
      projectChanged.emit(null);
      return { ok: true };
    },
    'project.saveAs': ({ path }) => ({ ...project!, path }),
    'project.pack': () => ({ ...project!, cacheBytes: 0 }),
    'project.verify': () => ({ ok: true, problems: [], seconds: 0.02 }),
    'project.setThumbnail': () => ({ ok: true }),
    'document.snapshot': () => ({ records: store.all(), history: store.state() }),
    'document.change': ({ label, put, remove, author, coalesce }) =>
      commit(store.prepare({ label, put, remove, coalesce, author: author ?? PERSON })),
    'document.undo': () => commit(store.prepareUndo(PERSON)),
    'document.redo': () => commit(store.prepareRedo(PERSON)),
    'document.history': ({ limit }) => changes.slice(-(limit ?? 1000)),
    'files.recognise': ({ uploadId, path }) => {
      const name = (uploadId && uploads.get(uploadId)) || path || '';
      return /\.(sldprt|x_t|sat|jt|prt)$/i.test(name)
        ? {
            format: 'foreign',
            readable: false,
            label: 'a SolidWorks part',
            advice: 'In SolidWorks, choose File ▸ Save as ▸ STEP AP214.',
          }
        : { format: 'step', readable: true, label: 'STEP AP214' };
    },
    'files.import': ({ fileName }) => ({
      jobId: startJob(
        'import',
        `Import ${fileName ?? 'file'}`,
        ['Reading structure', 'Building solids', 'Tessellating'],
        fill,
      ),
    }),
    'files.export': () => ({ jobId: startJob('export', 'Export STEP', ['Writing'], () => ({})) }),
    'jobs.list': () => [...jobs.values()].map(({ job }) => job),
    'jobs.cancel': ({ jobId }) => {
      jobs.get(jobId)?.controller.abort();
      return { ok: true };
    },
    'jobs.wait': async ({ jobId }) => {
      const entry = jobs.get(jobId)!;
      const value = await entry.end;
      return { job: entry.job, value: value ?? null };
    },
    'geometry.parts': ({ partIds }) => [...views.values()].filter(({ partId }) => !partIds || partIds.includes(partId)),
    'geometry.measure': ({ items }) =>
      items.length === 2
        ? {
            distance_mm: 42.5,
            points_mm: [
              [0, 25, 40],
              [42.5, 25, 40],
            ],
            angle_rad: Math.PI / 2,
          }
        : { area_mm2: 1200, length_mm: 140 },
    'geometry.resolve': ({ references }) =>
      references.map((reference) =>
        reference.by === 'selector' && !/^(faces|edges|vertices)/.test(reference.selector)
          ? {
              items: [],
              error: {
                code: 'reference.syntax',
                category: 'usage' as const,
                message: 'A selector begins with faces, edges or vertices.',
              },
            }
          : { items: [{ body: 0, kind: 'face' as const, index: 5 }] },
      ),
    ...parts.handlers,
    'materials.library': () => LIBRARY,
    'studies.solve': ({ studyId }) => {
      const study = store.get(studyId) as StudyRecord;
      const jobId = startJob(
        'solve',
        `Solve ${study.name}`,
        ['Meshing', 'Assembling', 'Solving', 'Recovering stresses'],
        async () => {
          results.push(await resultFor(study));
          resultsChanged.emit({ studyId });
        },
        (fraction) => ({ residual: 10 ** (-9 * fraction) * (1 + Math.random()) }),
      );
      return { jobId, cached: false };
    },
    'studies.mesh': () => ({ jobId: startJob('mesh', 'Mesh', ['Meshing'], () => ({})) }),
    'studies.results': ({ studyId }) => results.filter((entry) => !studyId || entry.studyId === studyId),
    'studies.probe': ({ points_mm, frame = 0 }) =>
      points_mm.map((at_mm) => ({
        at_mm,
        inside: at_mm.every((x, axis) => x > -0.01 && x < BAR[axis]! + 0.01),
        values: {
          temperature: filmTemperature(at_mm[0] / BAR[0], FILM_TIMES[frame] ?? 0),
          von_mises: 180 * (1 - at_mm[0] / BAR[0]),
          'displacement.magnitude': 0.42 * (at_mm[0] / BAR[0]) ** 2,
        },
      })),
    'studies.export': ({ format }) => ({ jobId: startJob('export', `Export ${format}`, ['Writing'], () => ({})) }),
    'studies.sensitivities': ({ studyId }) => ({
      jobId: startJob('sensitivities', 'Sensitivities', ['Solving'], () => {
        const answer = sensitivitiesOf(studyId);
        const of = results.find((entry) => entry.studyId === studyId)?.inputHash ?? 'fixture';
        blobs.set(answer.fieldsHash, sensitivityFields(boxFields(of, BAR)));
        return { ...answer, summary: { ...answer.summary, inputHash: of } };
      }),
    }),
    'manufacture.known': () => null,
    'manufacture.check': () => ({ jobId: startJob('manufacture', 'Check', ['Measuring walls'], () => ({})) }),
    'surrogates.suggest': () => ({ parameters: [], quantities: [], fields: [] }),
    'surrogates.list': () => [],
    'surrogates.make': () => ({ jobId: startJob('surrogate', 'Surrogate', ['Solving designs'], () => ({})) }),
    'surrogates.predict': () => ({
      verdict: { kind: 'declined', reasons: ['Nothing is known here.'] },
      scalars: [],
      milliseconds: 1,
    }),
    'surrogates.compare': () => ({ jobId: startJob('surrogate', 'Compare', ['Solving'], () => ({})) }),
    'surrogates.solve': () => ({ jobId: startJob('solve', 'Solve', ['Solving'], () => ({ inputHash: '' })) }),
    'surrogates.export': () => ({ jobId: startJob('export', 'Give away', ['Packing'], () => ({})) }),
    'surrogates.import': () => ({ jobId: startJob('import', 'Bring', ['Reading'], () => ({ name: '' })) }),
    'surrogates.forget': () => ({ ok: true }),
    'design.check': () => ({ problems: [], brief: null }),
    'design.samples': () => [],
    'design.archetypes': () => [],
    'design.state': ({ briefId }) => ({ briefId, key: '', candidates: [], outcome: null, running: null }),
    'design.start': () => ({ jobId: startJob('design', 'Design', ['Making'], () => ({})) }),
    'design.stop': () => ({ ok: false }),
    'design.explain': () => [],
    'design.take': () => ({ partId: '', studyIds: [], history: store.state() }),
    'design.branch': () => ({ branch: 'main', partId: '', history: store.state() }),
    'design.evidence': () => ({ jobId: startJob('report', 'Report of a design', ['Solving'], () => ({})) }),
    'design.forget': () => ({ ok: true }),
    'studies.secondOpinion': () => ({ jobId: startJob('second-opinion', 'CalculiX', ['Solving'], () => ({})) }),
    'studies.importResult': () => ({ jobId: startJob('import-result', 'Read a result', ['Reading'], () => ({})) }),
    'studies.report': ({ format }) => ({ jobId: startJob('report', `Report as ${format}`, ['Writing'], () => ({})) }),
    'studies.probes.set': ({ studyId, probes }) => {
      const study = store.get(studyId) as StudyRecord;
      return commit(store.prepare({ label: 'Place probe', author: PERSON, put: [{ ...study, probes }] }));
    },
    'messages.list': () => messages,
    'document.changed': changed.handler,
    'project.changed': projectChanged.handler,
    'jobs.changed': jobChanged.handler,
    'geometry.changed': geometryChanged.handler,
    'parts.changed': partsChanged.handler,
    'results.changed': resultsChanged.handler,
    'surrogates.changed': () => () => {},
    'design.changed': () => () => {},
    'messages.added': messageAdded.handler,
  };

  return {
    handlers,
    blob: async (hash) => {
      const blob = blobs.get(hash);
      if (!blob) throw new Error('no such blob');
      return blob;
    },
    upload: async (file) => {
      const id = newId('source');
      uploads.set(id, file.name);
      return id;
    },
  };
}
