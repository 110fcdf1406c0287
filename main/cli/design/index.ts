/** `artificer design BRIEF.yaml --out DIR`: requirements in, verified design out. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DesignCandidate, toErrorData } from '../../../preload/contract/index.ts';
import { ENGINE_VERSION } from '../../engine.ts';
import {
  type Brief,
  conceptsOf,
  openCandidateFile,
  openSigningKey,
  readBrief,
  searchDesign,
  signingKeyPath,
  writeEvidence,
} from '../../engineer/index.ts';
import { printToPdf, readInputFile } from '../../host/index.ts';
import { createKernel } from '../../kernel/index.ts';
import { createPhysics } from '../../physics/index.ts';
import { disposePartScripts } from '../../scripting/index.ts';
import { type Command, type CommandIo, terminalContext, usageError } from '../output.ts';
import { candidateInWords, outcomeInWords, secondOpinionInWords } from './words.ts';

export const design: Command = {
  name: 'design',
  usage: 'design BRIEF.yaml --out DIR [--minutes N] [--solves N] [--key FILE] [--check]',
  summary: 'requirements in, verified design out; goes on where it was stopped',
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        minutes: { type: 'string' },
        solves: { type: 'string' },
        key: { type: 'string' },
        check: { type: 'boolean' },
      },
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw usageError('`design` takes one brief.', design.usage);
    if (values.out === undefined && !values.check) throw usageError('`design` needs --out DIR.', design.usage);
    const text = new TextDecoder().decode((await readInputFile(path)).bytes);
    const brief = withBudget(readBrief(text), values);
    if (values.check) return { data: { brief: brief.name, problems: [] }, text: `"${brief.name}" can be worked on.` };
    const out = resolve(values.out!);
    await mkdir(out, { recursive: true });
    const kernel = createKernel();
    const physics = createPhysics({ workers: LANES });
    const context = terminalContext(io);
    try {
      const concepts = await conceptsOf(brief, kernel, { path: resolve(path), readFile: readInputFile }, context);
      const inputs = createHash('sha256')
        .update(JSON.stringify([text, concepts.map(({ source, fixed }) => [source, fixed])]))
        .digest('hex');
      const store = await openCandidateFile(join(out, 'candidates.jsonl'), inputs);
      const told = (candidate: DesignCandidate): void => {
        if (!io.json) io.err(`${candidateInWords(candidate)}\n`);
      };
      const result = await searchDesign(
        { kernel, physics, brief, concepts, store, lanes: LANES, onCandidate: told },
        context,
      );
      await writeFile(join(out, 'outcome.json'), JSON.stringify(result.outcome, null, 2));
      const { best } = result;
      const written = best
        ? await writeEvidence(
            out,
            {
              kernel,
              physics,
              brief,
              briefText: text,
              result: { ...result, best },
              version: ENGINE_VERSION,
              key: await openSigningKey(values.key === undefined ? signingKeyPath() : resolve(values.key)),
              print: (page) => printed(page, io),
            },
            context,
          )
        : null;
      const data = {
        ...result.outcome,
        candidates: result.candidates,
        files: written?.files ?? [],
        ...(written ? { second_opinion: written.evidence.secondOpinion } : {}),
      };
      return {
        data,
        text: [
          outcomeInWords(result.outcome, best?.candidate ?? null),
          ...(written ? secondOpinionInWords(written.evidence.secondOpinion) : []),
          ...(written ? [`evidence: ${out} (check it with \`artificer verify ${values.out}\`)`] : []),
        ].join('\n'),
        exitCode: result.outcome.verdict === 'solved' ? 0 : 4,
      };
    } finally {
      await physics.dispose();
      await kernel.dispose();
      disposePartScripts();
    }
  },
};

/** A PDF where a browser can print it; the page alone where there is none. */
async function printed(page: Uint8Array, io: CommandIo): Promise<Uint8Array | null> {
  try {
    return await printToPdf(page, io.signal);
  } catch (thrown) {
    if (io.signal.aborted) throw thrown;
    io.err(`${toErrorData(thrown).message}\n`);
    return null;
  }
}

/** Designs that are judged at once: one a core. */
const LANES = 2;

function withBudget(brief: Brief, given: { minutes?: string | undefined; solves?: string | undefined }): Brief {
  const read = (name: 'minutes' | 'solves'): number => {
    const text = given[name];
    if (text === undefined) return brief.budget[name];
    const value = Number(text);
    if (!(value > 0) || !Number.isFinite(value)) throw usageError(`--${name} must be a positive number.`);
    return value;
  };
  return { ...brief, budget: { minutes: read('minutes'), solves: read('solves') } };
}
