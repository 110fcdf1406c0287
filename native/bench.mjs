/**
 * The solver against CalculiX with SPOOLES, on the same bracket (tests/fixtures/bracket.brep) meshed to about 100,000 and
 * 288,000 degrees of freedom: time from model to stresses, peak memory, displacements.
 *
 *   node native/bench.mjs [--json] [--dofs 102000,288000] [--repeat 2] [--without-direct] [--without-calculix]
 *   node native/bench.mjs --thresholds      both methods over a range of sizes: where `auto` should change over
 *
 * Every run is a process of its own, so that its peak memory is its own. Machines differ: only ratios mean anything.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mesherPath, solveStatic } from './index.mjs';

const self = fileURLToPath(import.meta.url);
const flag = (name) => process.argv.includes(`--${name}`);
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};

/** Arrays of a mesh bundle (its format: preload/contract/bundle.ts). */
function readBundle(path) {
  const bytes = readFileSync(path);
  const headerLength = bytes.readUInt32LE(8);
  const header = JSON.parse(bytes.toString('utf8', 12, 12 + headerLength));
  const types = { f64: Float64Array, i32: Int32Array };
  return Object.fromEntries(
    header.arrays.map(({ name, type, offset, length }) => {
      const start = bytes.byteOffset + 12 + headerLength + offset;
      return [name, new types[type](bytes.buffer.slice(start, start + length * types[type].BYTES_PER_ELEMENT))];
    }),
  );
}

function meshBracket(folder, size) {
  const options = join(folder, 'options.json');
  const output = join(folder, 'bracket.bin');
  writeFileSync(options, JSON.stringify({ maxSize_mm: size, grading: 0.4, optimisationSteps: 3 }));
  const brep = fileURLToPath(new URL('tests/fixtures/bracket.brep', import.meta.url));
  execFileSync(mesherPath, [brep, output, options], { stdio: ['ignore', 'ignore', 'ignore'] });
  return readBundle(output);
}

/** Looks for the element size that gives about as many degrees of freedom, by halving the gap between too few and too many. */
function meshToDofs(folder, dofs) {
  let [fine, coarse] = [0.5, 20];
  let mesh;
  for (let attempt = 0; attempt < 12; attempt++) {
    const size = Math.sqrt(fine * coarse);
    mesh = meshBracket(folder, size);
    const ratio = mesh.nodes.length / dofs;
    if (Math.abs(ratio - 1) < 0.03) break;
    if (ratio > 1) fine = size;
    else coarse = size;
  }
  return mesh;
}

const STEEL = { young: 210000, poisson: 0.3, density: 7.85e-9 };

/** The bracket held at its back, pulled down at the far end of its foot. */
function modelOf({ nodes, elements, elementSolid }) {
  const nodeCount = nodes.length / 3;
  const fixedDofs = [];
  const ends = [];
  for (let node = 0; node < nodeCount; node++) {
    if (nodes[3 * node] < 1e-6) fixedDofs.push(3 * node, 3 * node + 1, 3 * node + 2);
    if (nodes[3 * node] > 120 - 1e-6) ends.push(node);
  }
  const forces = new Float64Array(3 * nodeCount);
  for (const node of ends) forces[3 * node + 2] = -1000 / ends.length;
  const none = { ints: new Int32Array(0), doubles: new Float64Array(0) };
  return {
    nodes,
    elements,
    elementMaterial: new Int32Array(elementSolid.length),
    materials: Float64Array.of(STEEL.young, STEEL.poisson, STEEL.density, 1.2e-5),
    elementBody: elementSolid,
    fixedDofs: Int32Array.from(fixedDofs),
    fixedValues: new Float64Array(fixedDofs.length),
    frameNodes: none.ints,
    frames: none.doubles,
    forces,
    gravity: new Float64Array(3),
    temperatureChange: null,
    addedNodesA: none.ints,
    addedNodesB: none.ints,
    addedBlocks: none.doubles,
  };
}

/** The same model as a CalculiX deck; C3D10's node order is ours. */
function calculixDeck(model) {
  const lines = ['*NODE, NSET=ALL'];
  for (let i = 0; i < model.nodes.length; i += 3)
    lines.push(`${i / 3 + 1},${model.nodes[i]},${model.nodes[i + 1]},${model.nodes[i + 2]}`);
  lines.push('*ELEMENT, TYPE=C3D10, ELSET=BODY');
  for (let i = 0; i < model.elements.length; i += 10)
    lines.push(`${i / 10 + 1},${Array.from(model.elements.subarray(i, i + 10), (node) => node + 1).join(',')}`);
  lines.push('*MATERIAL, NAME=STEEL', '*ELASTIC', `${STEEL.young},${STEEL.poisson}`);
  lines.push('*SOLID SECTION, ELSET=BODY, MATERIAL=STEEL', '*BOUNDARY');
  for (const dof of model.fixedDofs) lines.push(`${Math.floor(dof / 3) + 1},${(dof % 3) + 1},${(dof % 3) + 1}`);
  lines.push('*STEP', '*STATIC, SOLVER=SPOOLES', '*CLOAD');
  model.forces.forEach((force, dof) => {
    if (force !== 0) lines.push(`${Math.floor(dof / 3) + 1},${(dof % 3) + 1},${force}`);
  });
  lines.push('*NODE PRINT, NSET=ALL', 'U', '*EL FILE', 'S', '*END STEP', '');
  return lines.join('\n');
}

/** Wall seconds and peak resident MiB of a command, by GNU time. */
function timed(command, args, options) {
  const started = performance.now();
  const run = spawnSync('/usr/bin/time', ['-f', '%M', command, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  const seconds = (performance.now() - started) / 1000;
  if (run.status !== 0) throw new Error(`${command} failed:\n${run.stdout.slice(-500)}\n${run.stderr.slice(-500)}`);
  return { seconds, peak_MiB: Number(run.stderr.trim().split('\n').at(-1)) / 1024, stdout: run.stdout };
}

function runCalculix(folder, model, threads) {
  writeFileSync(join(folder, 'deck.inp'), calculixDeck(model));
  const env = { ...process.env, OMP_NUM_THREADS: String(threads), CCX_NPROC_EQUATION_SOLVER: String(threads) };
  const { seconds, peak_MiB } = timed('ccx', ['-i', 'deck'], { cwd: folder, env });
  const displacement = new Float64Array(model.nodes.length);
  for (const line of readFileSync(join(folder, 'deck.dat'), 'utf8').split('\n')) {
    const [node, ...u] = line.trim().split(/\s+/).map(Number);
    if (u.length === 3 && u.every(Number.isFinite)) displacement.set(u, 3 * (node - 1));
  }
  return { seconds, peak_MiB, displacement };
}

/** One solution in a child process: seconds are those of solveStatic itself, model to stresses. */
function runOurs(folder, method, threads) {
  const { stdout, peak_MiB } = timed(process.execPath, [self, '--child', folder, method, String(threads)]);
  const displacement = new Float64Array(readFileSync(join(folder, 'u.bin')).buffer.slice(0));
  return { ...JSON.parse(stdout), peak_MiB, displacement };
}

async function child(folder, method, threads) {
  const model = modelOf(readBundle(join(folder, 'bracket.bin')));
  const started = performance.now();
  const solution = await solveStatic(model, { method, threads: Number(threads) });
  const wall = (performance.now() - started) / 1000;
  writeFileSync(join(folder, 'u.bin'), Buffer.from(solution.displacement.buffer));
  const { seconds, iterations, relativeResidual } = solution;
  console.log(JSON.stringify({ wall, seconds, iterations, relativeResidual }));
}

/** Largest difference over largest displacement. */
function gap(a, b) {
  let most = 0;
  let difference = 0;
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(b[i]));
    difference = Math.max(difference, Math.abs(a[i] - b[i]));
  }
  return difference / most;
}

/** The best of several runs: what the machine can do when others leave it alone. */
function best(count, run) {
  let kept;
  for (let i = 0; i < count; i++) {
    const result = run();
    if (!kept || (result.wall ?? result.seconds) < (kept.wall ?? kept.seconds)) kept = result;
  }
  return kept;
}

function row(name, run, reference) {
  const seconds = run.wall ?? run.seconds;
  return {
    name,
    seconds,
    peak_MiB: run.peak_MiB,
    iterations: run.iterations,
    parts: run.wall ? run.seconds : undefined,
    ...(reference && {
      timesFaster: reference.seconds / seconds,
      memoryShare: run.peak_MiB / reference.peak_MiB,
      displacementGap: gap(run.displacement, reference.displacement),
    }),
  };
}

function compare(folder, dofs) {
  const repeat = Number(option('repeat', 2));
  const model = modelOf(meshToDofs(folder, dofs));
  const withCalculix = !flag('without-calculix') && existsSync('/usr/bin/ccx');
  const one = withCalculix ? runCalculix(folder, model, 1) : undefined;
  const two = withCalculix ? runCalculix(folder, model, 2) : undefined;
  const rows = [];
  if (one) rows.push(row('CalculiX SPOOLES, 1 thread', one), row('CalculiX SPOOLES, 2 threads', two));
  rows.push(
    row(
      'multigrid, 1 thread',
      best(repeat, () => runOurs(folder, 'multigrid', 1)),
      one,
    ),
  );
  rows.push(
    row(
      'multigrid, 2 threads',
      best(repeat, () => runOurs(folder, 'multigrid', 2)),
      two,
    ),
  );
  if (!flag('without-direct')) {
    rows.push(row('direct, 1 thread', runOurs(folder, 'direct', 1), one));
    rows.push(row('direct, 2 threads', runOurs(folder, 'direct', 2), two));
  }
  return { dofs: model.nodes.length, elements: model.elements.length / 10, rows };
}

function printTable(results) {
  for (const { dofs, elements, rows } of results) {
    console.log(`\n${dofs.toLocaleString('en')} degrees of freedom, ${elements.toLocaleString('en')} elements`);
    console.log(`  ${'run'.padEnd(30)} ${'s'.padStart(8)} ${'MiB'.padStart(7)}   faster  memory  u differs`);
    for (const r of rows) {
      const cells = [r.name.padEnd(30), r.seconds.toFixed(2).padStart(8), r.peak_MiB.toFixed(0).padStart(7)];
      if (r.timesFaster) {
        cells.push(`${r.timesFaster.toFixed(1)}x`.padStart(8), `${(100 * r.memoryShare).toFixed(0)} %`.padStart(7));
        cells.push(r.displacementGap.toExponential(1).padStart(10));
      }
      for (const [part, s] of Object.entries(r.parts ?? {})) cells.push(` ${part} ${s.toFixed(2)}`);
      if (r.iterations) cells.push(` ${r.iterations} iterations`);
      console.log(`  ${cells.join(' ')}`);
    }
  }
}

function printThresholds(folder) {
  for (const dofs of [8000, 15000, 25000, 40000, 60000, 100000]) {
    const mesh = meshToDofs(folder, dofs);
    const texts = ['direct', 'multigrid'].map((method) => {
      const run = best(3, () => runOurs(folder, method, 2));
      return `${method} ${run.wall.toFixed(3)} s ${run.peak_MiB.toFixed(0)} MiB`;
    });
    console.log(`${mesh.nodes.length} degrees of freedom: ${texts.join(', ')}`);
  }
}

if (process.argv[2] === '--child') {
  await child(...process.argv.slice(3));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'artificer-bench-'));
  try {
    if (flag('thresholds')) printThresholds(folder);
    else {
      const sizes = option('dofs', '102000,288000').split(',').map(Number);
      const results = sizes.map((dofs) => compare(folder, dofs));
      const machine = { processor: cpus()[0]?.model, cores: cpus().length };
      if (flag('json')) console.log(JSON.stringify({ ...machine, results }, null, 2));
      else printTable(results);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
