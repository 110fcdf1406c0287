/** What every command shares: one JSON document on standard output, progress on standard error, exit codes by category. */
import { ArtificerError, EXIT_CODES, toErrorData } from '../../preload/contract/index.ts';
import type { JobContext } from '../../preload/contract/jobs.ts';

export interface CommandIo {
  json: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Aborted by SIGINT. */
  signal: AbortSignal;
  /** Progress lines are drawn over each other on a terminal and left out of pipes. */
  isTerminal: boolean;
}

export interface CommandResult {
  /** Printed as the one JSON document with `--json`. */
  data: unknown;
  /** Printed otherwise. */
  text: string;
  exitCode?: number;
  /** Everything has been printed already. */
  silent?: boolean;
}

export interface Command {
  name: string;
  usage: string;
  summary: string;
  run(args: string[], io: CommandIo): Promise<CommandResult>;
}

export const usageError = (message: string, hint?: string): ArtificerError =>
  new ArtificerError({ code: 'usage', category: 'usage', message, ...(hint ? { hint } : {}) });

/** A job context whose stages appear on standard error. */
export function terminalContext(io: CommandIo): JobContext {
  let lastLine = '';
  return {
    signal: io.signal,
    progress(stage, fraction) {
      const percent = fraction === undefined || fraction === null ? '' : ` ${Math.round(fraction * 100)} %`;
      const line = `${stage}${percent}`;
      if (line === lastLine) return;
      if (io.isTerminal) io.err(`\r\x1b[K${line}`);
      else if (stage !== lastLine.replace(/ \d+ %$/, '')) io.err(`${stage}\n`);
      lastLine = line;
    },
  };
}

/** Runs a command to its exit code; whatever is thrown becomes an error document, never a stack. */
export async function runCommand(command: Command, args: string[], io: CommandIo): Promise<number> {
  try {
    const result = await command.run(args, io);
    if (io.isTerminal) io.err('\r\x1b[K');
    if (result.silent) return result.exitCode ?? 0;
    io.out(
      io.json
        ? `${JSON.stringify(result.data, null, 2)}\n`
        : result.text.endsWith('\n')
          ? result.text
          : `${result.text}\n`,
    );
    return result.exitCode ?? 0;
  } catch (thrown) {
    const error = io.signal.aborted
      ? { ...toErrorData(thrown), category: 'cancelled' as const, code: 'cancelled' }
      : toErrorData(thrown);
    if (io.isTerminal) io.err('\r\x1b[K');
    if (io.json) io.out(`${JSON.stringify({ error })}\n`);
    else {
      io.err(`error: ${error.message}\n`);
      if (error.cause) io.err(`cause: ${error.cause}\n`);
      if (error.hint) io.err(`${error.hint}\n`);
    }
    return EXIT_CODES[error.category];
  }
}
