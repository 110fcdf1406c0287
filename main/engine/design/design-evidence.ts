/** Evidence of a design of the project: written into a folder of its own, and handed on as files. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type DesignEvidence, type JobContext, toErrorData } from '../../../preload/contract/index.ts';
import {
  type Brief,
  type ChosenDesign,
  chosenDesign,
  openSigningKey,
  signingKeyPath,
  writeEvidence,
} from '../../engineer/index.ts';
import { printToPdf } from '../../host/index.ts';
import type { EngineContext } from '../context.ts';
import { fileNamePart } from '../export-service.ts';

/** Read as what people open; the rest is for `artificer verify`. */
const OPENED = ['report.html', 'report.pdf'];
/** Long enough to be looked at and saved. */
const KEPT_s = 3600;
/** Share of the time that the design takes to be made sure of. */
const SOLVED = 0.6;

interface EvidenceOf {
  chosen: ChosenDesign;
  brief: Brief;
  briefText: string;
  version: string;
  /** Where all of it goes; without one, the report alone is kept for the window to fetch. */
  folder: string | undefined;
}

/** @throws ArtificerError of a design that cannot be made or solved, and of a folder that cannot be written */
export async function evidenceOf(
  engine: EngineContext,
  { chosen, brief, briefText, version, folder }: EvidenceOf,
  context: JobContext,
): Promise<DesignEvidence> {
  const into = folder ?? (await mkdtemp(join(tmpdir(), 'artificer-evidence-')));
  const warnings: { code: string; message: string }[] = [];
  const part = (from: number, to: number): JobContext => ({
    signal: context.signal,
    progress: (stage, fraction, detail) => context.progress(stage, from + (to - from) * (fraction ?? 0), detail),
  });
  try {
    const result = await chosenDesign(chosen, part(0, SOLVED));
    context.signal.throwIfAborted();
    const { files } = await writeEvidence(
      into,
      {
        kernel: chosen.kernel,
        physics: chosen.physics,
        brief,
        briefText,
        result,
        version,
        key: await openSigningKey(signingKeyPath()),
        print: async (page) => {
          context.progress('Printing the report', 0.95);
          try {
            return await printToPdf(page, context.signal);
          } catch (thrown) {
            if (context.signal.aborted) throw thrown;
            const { code, message, hint } = toErrorData(thrown);
            warnings.push({ code, message: hint ? `${message} ${hint}` : message });
            return null;
          }
        },
      },
      part(SOLVED, 1),
    );
    context.signal.throwIfAborted();
    const opened = files.filter((file) => OPENED.includes(file));
    return {
      feasible: result.best.candidate.feasible,
      ...(folder === undefined ? {} : { folder }),
      files: await Promise.all(
        opened.map(async (file) => {
          const bytes = await readFile(join(into, file));
          const fileName = `${fileNamePart(brief.name) || 'Design'}, design ${chosen.candidate.number}${extname(file)}`;
          return folder === undefined
            ? { fileName, bytes: bytes.length, blobHash: engine.transient.put(bytes, KEPT_s) }
            : { fileName, bytes: bytes.length, path: join(into, file) };
        }),
      ),
      warnings,
    };
  } finally {
    if (folder === undefined) await rm(into, { recursive: true, force: true });
  }
}
