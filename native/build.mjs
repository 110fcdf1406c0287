/**
 * Builds the numeric core to native/build/Release: `artificer_core.node` (Node-API addon) and `artificer-mesher`.
 *
 *   node native/build.mjs            build what is out of date (about 0.1 s when nothing is)
 *   node native/build.mjs --check    say whether both are built and current; exit code 1 when not
 *   node native/build.mjs --addon    only the addon; --mesher: only the mesher
 *
 * Objects are kept under a hash of everything that goes into them: the compiler, its flags, the processor's abilities
 * (code is built for this machine), the source and the headers of its product.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = dirname(fileURLToPath(import.meta.url));
const source = join(root, 'src');
const release = join(root, 'build', 'Release');
const objects = join(root, 'build', 'objects');
const compiler = process.env.CXX ?? 'g++';

class BuildError extends Error {}

/** First folder that holds the file, or a message that says which Debian package brings it. */
function folderWith(file, candidates, packageName) {
  for (const folder of candidates) if (folder && existsSync(join(folder, file))) return folder;
  throw new BuildError(`${file} was not found.\n  On Debian or Ubuntu: sudo apt-get install ${packageName}`);
}

const eigen = () =>
  folderWith(
    'Eigen/Dense',
    [process.env.EIGEN_INCLUDE, '/usr/include/eigen3', '/usr/local/include/eigen3'],
    'libeigen3-dev',
  );
const metis = () =>
  folderWith('metis.h', [process.env.METIS_INCLUDE, '/usr/include', '/usr/local/include'], 'libmetis-dev');
const netgen = () =>
  folderWith('netgen/nglib.h', [process.env.NETGEN_INCLUDE, '/usr/include', '/usr/local/include'], 'libnglib-dev');
const occt = () =>
  folderWith(
    'BRepTools.hxx',
    [process.env.OCCT_INCLUDE, '/usr/include/opencascade', '/usr/local/include/opencascade'],
    'libocct-foundation-dev libocct-modeling-data-dev libocct-modeling-algorithms-dev',
  );

/** Node-API is stable across versions: the headers of any Node from 18 on will do. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  const nodedir = process.env.npm_config_nodedir;
  return folderWith(
    'node_api.h',
    [
      nodedir && join(nodedir, 'include', 'node'),
      join(prefix, 'include', 'node'),
      '/usr/include/node',
      '/usr/local/include/node',
    ],
    'libnode-dev',
  );
}

function nodeAddonApi() {
  try {
    return dirname(createRequire(import.meta.url).resolve('node-addon-api/package.json'));
  } catch {
    throw new BuildError('node-addon-api is not installed.\n  Run: npm ci');
  }
}

const multiarch = () => ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/local/lib'];
const netgenLibraries = () =>
  folderWith(
    'libnglib.so',
    [process.env.NETGEN_LIB, ...multiarch().map((folder) => join(folder, 'netgen')), ...multiarch()],
    'libnglib-dev',
  );

const commonFlags = [
  '-std=c++20',
  '-O3',
  '-march=native',
  '-fno-math-errno',
  '-fPIC',
  '-Wall',
  '-Wextra',
  '-Wno-maybe-uninitialized',
  '-pthread',
  `-I${source}`,
];
/** Every folder of the source but the mesher's, which is a program of its own. */
const numericFolders = readdirSync(source, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'mesher')
  .map((entry) => entry.name)
  .sort();

/** What each product is made of. Flags are functions, so that a missing library only stops the product that needs it. */
const products = {
  addon: {
    output: 'artificer_core.node',
    folders: numericFolders,
    compile: () => [
      ...include(eigen()),
      ...include(metis()),
      ...include(nodeHeaders()),
      ...include(nodeAddonApi()),
      '-DNAPI_VERSION=8',
      '-DNODE_ADDON_API_DISABLE_DEPRECATED',
      '-DNAPI_CPP_EXCEPTIONS',
      // A thread that is ended while the core computes: what cannot be thrown into it any more must not end the process.
      '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
      '-DEIGEN_DONT_PARALLELIZE',
      '-fvisibility=hidden',
    ],
    link: () =>
      process.platform === 'darwin'
        ? ['-bundle', '-undefined', 'dynamic_lookup', '-lmetis']
        : ['-shared', '-pthread', '-lmetis'],
  },
  mesher: {
    output: 'artificer-mesher',
    folders: ['mesh', 'mesher'],
    compile: () => [...include(eigen()), ...include(netgen()), ...include(occt())],
    link: () => {
      const libraries = netgenLibraries();
      return [
        `-L${libraries}`,
        `-Wl,-rpath,${libraries}`,
        '-lnglib',
        '-linterface',
        '-pthread',
        '-lTKBRep',
        '-lTKTopAlgo',
        '-lTKGeomAlgo',
        '-lTKGeomBase',
        '-lTKG3d',
        '-lTKG2d',
        '-lTKMath',
        '-lTKernel',
        '-lTKShHealing',
      ];
    },
  },
};

/** The compiler searches /usr/include itself; naming it again would upset the order it needs. */
const include = (folder) => (folder === '/usr/include' ? [] : ['-isystem', folder]);

const hash = (...parts) => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part).update('\0');
  return digest.digest('hex').slice(0, 20);
};

function filesIn(folder, extension) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => join(folder, name));
}

/** What the compiler may use of this processor: part of every stamp, since the code is built for it. */
function processor() {
  try {
    const info = readFileSync('/proc/cpuinfo', 'utf8');
    return /^(?:flags|Features)\s*:\s*(.*)$/m.exec(info)?.[1] ?? '';
  } catch {
    return `${process.platform}-${process.arch}`;
  }
}

/** The project's own headers that a file reaches, directly or through others; every include is written from the source's root. */
function headersOf(file, found = new Set()) {
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/^\s*#include "([^"]+)"/gm)) {
    const header = join(source, name);
    if (found.has(header) || !existsSync(header)) continue;
    found.add(header);
    headersOf(header, found);
  }
  return [...found].sort();
}

/** A file and all of the project's that it is compiled from. */
const contentsOf = (file) => [file, ...headersOf(file)].flatMap((each) => [relative(source, each), readFileSync(each)]);

/** Everything a product depends on that lies in this folder or in this machine's processor. */
function stampOf(product) {
  const files = product.folders.flatMap((folder) => filesIn(join(source, folder), '.cpp'));
  return hash(
    product.output,
    compiler,
    processor(),
    process.arch,
    ...commonFlags,
    readFileSync(fileURLToPath(import.meta.url)),
    ...files.flatMap(contentsOf),
  );
}

const stampFile = (product) => join(release, `${product.output}.stamp`);

function isCurrent(product) {
  return (
    existsSync(join(release, product.output)) &&
    existsSync(stampFile(product)) &&
    readFileSync(stampFile(product), 'utf8') === stampOf(product)
  );
}

async function compilerVersion() {
  try {
    return (await run(compiler, ['--version'])).stdout.split('\n')[0];
  } catch {
    throw new BuildError(
      `The C++ compiler (${compiler}) was not found.\n  On Debian or Ubuntu: sudo apt-get install g++`,
    );
  }
}

async function compile(file, flags, version) {
  const options = flags.filter((flag) => flag !== `-I${source}`);
  const object = join(objects, `${hash(version, processor(), ...options, ...contentsOf(file))}.o`);
  if (!existsSync(object)) {
    const unfinished = `${object}.${process.pid}`;
    try {
      await run(compiler, [...flags, '-c', file, '-o', unfinished], { maxBuffer: 1 << 26 });
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw new BuildError(`${relative(root, file)} did not compile:\n${error.stderr ?? error.message}`);
    }
    const { renameSync } = await import('node:fs');
    renameSync(unfinished, object);
    console.log(`  ${relative(source, file)}`);
  }
  return object;
}

/** Runs the tasks on as many processes as there are cores. */
async function inParallel(tasks) {
  const results = new Array(tasks.length);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < tasks.length; index = next++) results[index] = await tasks[index]();
  };
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, lane));
  return results;
}

async function build(product) {
  const started = Date.now();
  const flags = [...commonFlags, ...product.compile()];
  const libraries = product.link();
  const version = await compilerVersion();
  console.log(`building ${product.output} (${version})`);
  mkdirSync(objects, { recursive: true });
  mkdirSync(release, { recursive: true });
  const stamp = stampOf(product);
  const files = product.folders.flatMap((folder) => filesIn(join(source, folder), '.cpp'));
  const built = await inParallel(files.map((file) => () => compile(file, flags, version)));
  const output = join(release, product.output);
  const unfinished = `${output}.${process.pid}`;
  try {
    await run(compiler, [...built, ...libraries, '-o', unfinished], { maxBuffer: 1 << 26 });
  } catch (error) {
    rmSync(unfinished, { force: true });
    const libraryName = /cannot find -l(\w+)/.exec(error.stderr ?? '')?.[1];
    const packages = { metis: 'libmetis-dev', nglib: 'libnglib-dev' };
    const hint = libraryName
      ? `\n  On Debian or Ubuntu: sudo apt-get install ${packages[libraryName] ?? 'libocct-modeling-algorithms-dev libocct-modeling-data-dev libocct-foundation-dev'}`
      : '';
    throw new BuildError(`${product.output} could not be linked:\n${error.stderr ?? error.message}${hint}`);
  }
  const { renameSync } = await import('node:fs');
  renameSync(unfinished, output);
  writeFileSync(stampFile(product), stamp);
  console.log(`built ${relative(root, output)} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Objects of old sources would pile up for ever. */
function sweepObjects() {
  if (!existsSync(objects)) return;
  const oldest = Date.now() - 14 * 24 * 3600 * 1000;
  for (const name of readdirSync(objects))
    if (statSync(join(objects, name)).mtimeMs < oldest) rmSync(join(objects, name), { force: true });
}

const wanted = process.argv.includes('--addon')
  ? [products.addon]
  : process.argv.includes('--mesher')
    ? [products.mesher]
    : Object.values(products);
if (process.argv.includes('--check')) {
  const stale = wanted.filter((product) => !isCurrent(product));
  for (const product of stale)
    console.error(`${product.output} is not built or out of date. Run: node native/build.mjs`);
  process.exit(stale.length > 0 ? 1 : 0);
}
let failed = false;
for (const product of wanted) {
  if (isCurrent(product)) continue;
  try {
    await build(product);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`${product.output}: ${error.message}`);
    failed = true;
  }
}
if (!failed) sweepObjects();
process.exit(failed ? 1 : 0);
