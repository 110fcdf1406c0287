/** The command line: the same engine as the window, scripted. The contract is in docs/command-line.md. */
import { ArtificerError } from '../../preload/contract/index.ts';
import { type Command, type CommandIo, runCommand } from './output.ts';

/** Loaded on demand, so that `artificer --help` does not wake the kernel. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  inspect: async () => (await import('./inspect.ts')).inspect,
  convert: async () => (await import('./convert.ts')).convert,
  render: async () => (await import('./render.ts')).render,
  solve: async () => (await import('./solve.ts')).solve,
  design: async () => (await import('./design/index.ts')).design,
  verify: async () => (await import('./verify.ts')).verify,
  build: async () => (await import('./build.ts')).build,
  check: async () => (await import('./check.ts')).check,
  project: async () => (await import('./project.ts')).project,
  surrogate: async () => (await import('./surrogate/index.ts')).surrogate,
  mcp: async () => (await import('./mcp.ts')).mcp,
  serve: async () => (await import('./serve.ts')).serve,
  doctor: async () => (await import('./doctor.ts')).doctor,
  bench: async () => (await import('./bench.ts')).bench,
};

const HELP = `artificer <command> [arguments] [--json]

  inspect FILE                              reads any supported file and says what is in it
  convert IN OUT [--deflection 0.1]         by the endings: STEP, IGES, BREP, STL, OBJ, PLY, 3MF, glTF/GLB, DXF and SVG
  render FILE OUT.png [--view iso] [--size 1200x900]
  build PART.ts [--set NAME=VALUE]... [--out FILE]   makes the part that a script describes
  solve STUDY.yaml [--out DIR]              meshes, solves and post-processes one study
  design BRIEF.yaml --out DIR               requirements in, verified design out
  check FILE --process NAME [--quantity N] [--material M]   whether and how a part can be made
  verify physics [CASE ...] [--out DIR]     the verification cases, with a report page
  verify DIR                                the evidence of a design, from its files alone
  project new|info|import|verify|export PROJECT
  surrogate list|data|train|predict|validate models learnt from solved designs
  serve [PROJECT] [--port N]                the window's page on 127.0.0.1
  mcp [PROJECT] [--allow-changes]           the agent's tools for other programs (Model Context Protocol)
  doctor                                    what this machine offers
  bench [NAME]                              the project's benchmarks

With --json, standard output is exactly one JSON document. Exit codes: 0 done, 2 wrong usage, 3 input refused,
4 a verification does not hold, 5 internal fault, 130 cancelled.
`;

async function main(argv: string[]): Promise<number> {
  const controller = new AbortController();
  let interrupts = 0;
  process.on('SIGINT', () => {
    controller.abort();
    // A second Ctrl+C means it: the first one had its chance to clean up.
    if (++interrupts > 1) process.exit(130);
  });
  process.on('SIGTERM', () => controller.abort());
  const io: CommandIo = {
    json: argv.includes('--json'),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    signal: controller.signal,
    isTerminal: process.stderr.isTTY === true,
  };
  const [name, ...rest] = argv.filter((argument) => argument !== '--json');
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(io.json ? `${JSON.stringify({ commands: Object.keys(COMMANDS) })}\n` : HELP);
    return name === undefined && !io.json ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    const failing: Command = {
      name,
      usage: '',
      summary: '',
      run: () =>
        Promise.reject(
          new ArtificerError({
            code: 'usage.unknown-command',
            category: 'usage',
            message: `There is no command \`${name}\`.`,
            hint: 'Run `artificer --help` for the commands.',
          }),
        ),
    };
    return runCommand(failing, [], io);
  }
  return runCommand(await load(), rest, io);
}

process.exitCode = await main(process.argv.slice(2));
// Workers and servers that a command left idle must not keep the shell waiting.
await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
process.exit();
