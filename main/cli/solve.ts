/** `artificer solve STUDY.yaml [--out DIR]`: meshes, solves and post-processes one study; or runs the verification cases. */
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type {
  AnyRecord,
  GroupRecord,
  PartHistory,
  PartRecord,
  ResultSummary,
  SensitivityAnswer,
  StudyRecord,
} from '../../preload/contract/index.ts';
import { ArtificerError } from '../../preload/contract/index.ts';
import { hasHistory, nameFromWords, newId, withReferences } from '../document/index.ts';
import { findBrowser, readInputFile } from '../host/index.ts';
import { createKernel } from '../kernel/index.ts';
import {
  createPhysics,
  type ParsedStudy,
  type Physics,
  parseStudyFile,
  type StudyBody,
  type StudyOutcome,
} from '../physics/index.ts';
import { type TemporaryEngine, waitForJob, withTemporaryEngine } from './engine-client.ts';
import { type Command, type CommandIo, terminalContext, usageError } from './output.ts';
import { groupOfOccurrences } from './project-group.ts';
import { drawPicture } from './render.ts';
import { solveDeck } from './solve-deck.ts';
import { previewFile } from './solve-preview.ts';
import {
  type FoundSensitivities,
  orRefused,
  sensitivitiesOfFile,
  sensitivityDocument,
  sensitivityText,
} from './solve-sensitivities.ts';
import { type Convergence, studyDocument } from './study-document.ts';
import { joined, requestOfFile } from './study-request.ts';
import { textOf } from './study-text.ts';
import { verifyPhysics } from './verify.ts';

interface SolvedStudy {
  /** As it was solved. */
  study: ParsedStudy['study'];
  bodies: readonly StudyBody[];
  outcome: StudyOutcome;
  convergence: Convergence[];
  settled: boolean;
}

/** How what is asked for changes with the part; null where the study does not ask. */
interface WithSensitivities {
  sensitivities: FoundSensitivities | null;
}

/** What the summary says of its convergence, as the contract of the command line has it: one value a step. */
function convergenceOf({ convergence, warnings }: ResultSummary): Pick<SolvedStudy, 'convergence' | 'settled'> {
  return {
    convergence: (convergence ?? []).map(({ dof, values }) => ({ dof, value: Object.values(values)[0] ?? 0 })),
    settled: !warnings.some(({ code }) => code === 'result.not-settled'),
  };
}

async function solveFile(
  parsed: ParsedStudy,
  studyPath: string,
  io: CommandIo,
): Promise<SolvedStudy & WithSensitivities & { physics: Physics; close(): Promise<void> }> {
  const kernel = createKernel();
  const physics = createPhysics();
  const close = async (): Promise<void> => {
    await physics.dispose();
    await kernel.dispose();
  };
  try {
    const context = terminalContext(io);
    const { study, request } = await requestOfFile(kernel, parsed, studyPath, context);
    const outcome = await physics.solve(request, context);
    const sensitivities = await sensitivitiesOfFile(physics, request, study, context);
    return {
      study,
      bodies: request.bodies,
      outcome,
      ...convergenceOf(outcome.summary),
      sensitivities,
      physics,
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Solves a study of a part in a project, on a copy, so that the project stays as it is. */
async function solveInProject(
  parsed: ParsedStudy,
  studyPath: string,
  io: CommandIo,
): Promise<WithSensitivities & { summary: ResultSummary }> {
  const { geometry } = parsed;
  if (geometry.kind !== 'project') throw new TypeError('not a project study');
  return withTemporaryEngine({ front: 'Command line' }, async ({ client, dataFolder }) => {
    await client['project.open']({ path: resolve(dirname(studyPath), geometry.path) });
    await client['project.saveAs']({ path: join(dataFolder, 'copy.artificer') });
    const { records } = await client['document.snapshot']({});
    const { group, parts } = geometry.occurrences
      ? groupOfOccurrences(records, geometry.occurrences)
      : { group: null, parts: [partCalled(records, geometry.part)] };
    // Steps of a script have no records: the history knows them all. Names do not say on which of several parts they are.
    const { outcomes } = group ? { outcomes: [] } : await evaluatedHistory(client, parts[0]!, io);
    const materialId = newId('material');
    if (parsed.bodyMaterials.length > 0)
      throw usageError(
        'Materials of single bodies are for studies of a file.',
        'In a project, give each body its material in the study.',
      );
    const study: StudyRecord = {
      type: 'study',
      id: newId('study'),
      name: parsed.name,
      partId: group?.id ?? parts[0]!.id,
      ...withReferences(group ? joined(parsed, bodiesIn(group, parts)) : parsed.study, (reference) =>
        reference.by === 'name'
          ? { ...reference, name: nameFromWords(reference.kind, reference.name, outcomes) }
          : reference,
      ),
    };
    await client['document.change']({
      label: 'Study from a file',
      put: [
        { type: 'material', id: materialId, ...parsed.material },
        ...parts.map((part) => ({ ...part, materialId })),
        ...(group ? [group] : []),
        study,
      ],
    });
    const { jobId } = await client['studies.solve']({ studyId: study.id });
    await waitForJob(client, jobId, io);
    const { summary } = (await client['studies.results']({ studyId: study.id }))[0]!;
    if ((study.sensitivities ?? []).length === 0) return { summary, sensitivities: null };
    const sensitivities = await orRefused(async () => {
      const asked = await client['studies.sensitivities']({ studyId: study.id });
      return ((await waitForJob(client, asked.jobId, io)) as SensitivityAnswer).summary;
    });
    return { summary, sensitivities };
  });
}

/** At least how many bodies a group has: as many as it has members, and more where a part is listed with more. */
const bodiesIn = ({ members }: GroupRecord, parts: readonly PartRecord[]): number =>
  Math.max(members.length, ...parts.map(({ bodies }) => bodies.length));

/** The part of this name or id, or the only one. */
function partCalled(records: readonly AnyRecord[], wanted: string | undefined): PartRecord {
  const parts = records.filter((record) => record.type === 'part');
  const part =
    wanted === undefined && parts.length === 1
      ? parts[0]
      : parts.find((each) => each.name === wanted || each.id === wanted);
  if (part) return part;
  throw new ArtificerError({
    code: 'study.no-such-part',
    category: 'refused',
    message:
      wanted === undefined
        ? `The project has ${parts.length} parts: name one.`
        : `The project has no part "${wanted}".`,
    hint: `Its parts: ${parts
      .slice(0, 10)
      .map((each) => each.name)
      .join(', ')}. Or write "assembly: true" to solve them together where they stand.`,
  });
}

/** The history of a part as it is now; nothing for one that is shown as it was imported. */
async function evaluatedHistory(
  client: TemporaryEngine['client'],
  part: PartRecord,
  io: CommandIo,
): Promise<Pick<PartHistory, 'outcomes'>> {
  if (!hasHistory(part)) return { outcomes: [] };
  await waitForJob(client, (await client['parts.evaluate']({ partId: part.id })).jobId, io);
  return client['parts.history']({ partId: part.id });
}

export const solve: Command = {
  name: 'solve',
  usage: 'solve STUDY.yaml|DECK.inp|DECK.bdf [--out DIR] [--preview]',
  summary: 'meshes, solves and post-processes one study',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { out: { type: 'string' }, verification: { type: 'boolean' }, preview: { type: 'boolean' } },
    });
    if (values.verification) return verifyPhysics([], values.out, io);
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw usageError('`solve` takes one study file.', solve.usage);
    const { bytes, fileName } = await readInputFile(path);
    if (values.preview) return previewFile({ bytes, fileName, path }, values.out, io);
    if (/\.(inp|bdf|dat|nas)$/i.test(fileName)) return solveDeck({ bytes, fileName }, values.out, io);
    const parsed = parseStudyFile(new TextDecoder().decode(bytes));
    if (parsed.geometry.kind === 'project') {
      if (values.out !== undefined)
        throw usageError('--out is for studies of a file; a project keeps its own results.');
      const { summary, sensitivities } = await solveInProject(parsed, path, io);
      const { convergence, settled } = convergenceOf(summary);
      return {
        data: withSensitivities(studyDocument(summary, convergence, settled), sensitivities),
        text: inWords(textOf(basename(path), summary, settled), sensitivities),
        exitCode: settled ? 0 : 4,
      };
    }
    const solved = await solveFile(parsed, path, io);
    try {
      const { summary } = solved.outcome;
      const document = withSensitivities(
        studyDocument(summary, solved.convergence, solved.settled),
        solved.sensitivities,
      );
      if (values.out !== undefined) await writeOutputs(values.out, document, solved, parsed, path, io);
      return {
        data: document,
        text: inWords(textOf(basename(path), summary, solved.settled), solved.sensitivities),
        exitCode: solved.settled ? 0 : 4,
      };
    } finally {
      await solved.close();
    }
  },
};

const withSensitivities = (
  document: Record<string, unknown>,
  sensitivities: FoundSensitivities | null,
): Record<string, unknown> =>
  sensitivities ? { ...document, sensitivities: sensitivityDocument(sensitivities) } : document;

const inWords = (text: string, sensitivities: FoundSensitivities | null): string =>
  sensitivities ? `${text}\n${sensitivityText(sensitivities)}` : text;

/** The fields as VTU and CSV, the deck as CalculiX .inp, the numbers as JSON, a report, and a picture where a browser can draw one. */
async function writeOutputs(
  folder: string,
  document: Record<string, unknown>,
  solved: SolvedStudy & { physics: Physics },
  parsed: ParsedStudy,
  studyPath: string,
  io: CommandIo,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const context = terminalContext(io);
  await writeFile(join(folder, 'fields.vtu'), await solved.physics.export('vtu', solved.outcome.fields, context));
  await writeFile(join(folder, 'nodes.csv'), await solved.physics.export('csv', solved.outcome.fields, context));
  const { deck } = solved.outcome;
  if (deck) await writeFile(join(folder, 'deck.inp'), await solved.physics.export('inp', deck, context));
  const report = await solved.physics.report(
    {
      name: parsed.name,
      part: parsed.geometry.kind === 'file' ? basename(parsed.geometry.path) : 'bodies given by dimensions',
      study: solved.study,
      bodies: solved.bodies.map(({ name, material }) => ({ name, material })),
      summary: solved.outcome.summary,
      fields: solved.outcome.fields,
    },
    context,
  );
  await writeFile(join(folder, 'report.html'), report);
  // The window draws the results of parts; those of an assembly are in the fields and in the report.
  const drawable = parsed.geometry.kind === 'file' && parsed.geometry.occurrences === undefined;
  if (parsed.geometry.kind === 'file' && drawable && findBrowser() !== null) {
    const written = await pictureOf(
      resolve(dirname(studyPath), parsed.geometry.path),
      parsed,
      solved.outcome,
      join(folder, 'picture.png'),
      io,
    );
    if (written) document['picture'] = written;
  }
  document['files'] = ['fields.vtu', 'nodes.csv', ...(deck ? ['deck.inp'] : []), 'report.html', 'study.json'];
  await writeFile(join(folder, 'study.json'), `${JSON.stringify(document, null, 2)}\n`);
}

/** Draws the result in a throw-away project; a picture that cannot be drawn costs the picture, not the numbers. */
async function pictureOf(
  geometryPath: string,
  parsed: ParsedStudy,
  outcome: StudyOutcome,
  output: string,
  io: CommandIo,
): Promise<string | null> {
  const solvedAlready: Physics = { ...createPhysics(), solve: async () => outcome };
  const draw = async ({ engine, client, dataFolder }: TemporaryEngine): Promise<string> => {
    await client['project.create']({ path: join(dataFolder, 'picture.artificer') });
    const { jobId } = await client['files.import']({ path: geometryPath });
    const { partIds } = (await waitForJob(client, jobId, io)) as { partIds: string[] };
    const study: StudyRecord = {
      type: 'study',
      id: newId('study'),
      name: parsed.name,
      partId: partIds[0]!,
      ...parsed.study,
    };
    await client['document.change']({ label: 'Study from a file', put: [study] });
    await waitForJob(client, (await client['studies.solve']({ studyId: study.id })).jobId, io);
    await writeFile(output, await drawPicture(engine, { width: 1200, height: 900, studyId: study.id }, io.signal));
    return output;
  };
  try {
    return await withTemporaryEngine({ front: 'Command line', physics: solvedAlready }, draw);
  } catch (thrown) {
    io.err(`no picture: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    return null;
  }
}
