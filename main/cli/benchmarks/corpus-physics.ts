/** Ten parts of the corpus: our answers beside CalculiX's on meshes of Gmsh, within both error estimates. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ArtificerError,
  type BodyInfo,
  isSingularPlace,
  type JobContext,
  type Reference,
  type ResultSummary,
} from '../../../preload/contract/index.ts';
import { select } from '../../document/index.ts';
import { createKernel, type Kernel } from '../../kernel/index.ts';
import {
  type ComparedQuantity,
  calculixVersion,
  compareWithSecond,
  gmshVersion,
  type Plane,
  type PlaneStudy,
  solveOnSecondMesh,
} from '../../physics/benchmarks.ts';
import { createPhysics, materialByName, type Physics } from '../../physics/index.ts';
import { terminalContext } from '../output.ts';
import { CORPUS_STUDIES, type CorpusStudy } from './corpus-studies.ts';
import { corpusFolder } from './sample-files.ts';
import type { Benchmark, BenchmarkLine } from './types.ts';

const MATERIAL = materialByName('Steel S235JR');
/** The other mesher's two meshes: sizes over that of the study, and elements around a full circle. */
const FACTORS = [1, 0.72] as const;
const AROUND_CIRCLE = [12, 16] as const;
/** Areas of held and loaded faces must be those of the geometry, or the two studies are not the same. */
const SAME_AREA = 2e-3;
/** Import is not what is measured here: a busy machine may take its time. */
const IMPORT_SECONDS = 300;

export const corpusPhysics: Benchmark = {
  name: 'corpus-physics',
  summary: 'ten parts of the corpus against CalculiX on meshes of another mesher (Gmsh)',
  cases: async () => CORPUS_STUDIES.map(nameOf),
  async run(io, only) {
    const skipped = missing();
    if (skipped) return { name: 'corpus-physics', lines: [], skipped };
    const lines: BenchmarkLine[] = [];
    const kernel = createKernel();
    const physics = createPhysics();
    const context = terminalContext(io);
    try {
      for (const study of CORPUS_STUDIES) {
        const name = nameOf(study);
        if (only && !only.includes(name)) continue;
        let compared: Awaited<ReturnType<typeof compareCorpusPart>>;
        try {
          compared = await compareCorpusPart(study, kernel, physics, context);
        } catch (error) {
          if (!(error instanceof ArtificerError) || io.signal.aborted) throw error;
          // The other parts take long: one that fails is said, and does not take them along.
          lines.push({ what: name, value: error.message, bar: 'runs', holds: false });
          continue;
        }
        const { degreesOfFreedom, rows, summary } = compared;
        io.err(`  ${name}: degrees of freedom ${degreesOfFreedom.join(', ')}\n`);
        lines.push(...rows.map((row) => lineOf(name, row)));
        if (study.sharpInnerEdge) lines.push(warningLine(name, summary));
      }
    } finally {
      await physics.dispose();
      await kernel.dispose();
    }
    return { name: 'corpus-physics', lines };
  },
};

const nameOf = ({ part, file }: CorpusStudy): string => part ?? file.split('/').at(-1)!;

function missing(): string | undefined {
  if (!corpusFolder()) return 'The corpus is not there.';
  if (gmshVersion() === null) return 'Gmsh, the other mesher, is not installed (Debian: gmsh).';
  if (calculixVersion() === null) return 'CalculiX (ccx) is not installed (Debian: calculix-ccx).';
  return undefined;
}

function lineOf(name: string, row: ComparedQuantity): BenchmarkLine {
  const percent = (value: number): string => `${((100 * value) / Math.abs(row.theirs)).toPrecision(2)} %`;
  return {
    what: `${name}: ${row.quantity}`,
    value: `${row.ours.toPrecision(5)} and ${row.theirs.toPrecision(5)}: ${percent(row.difference)} apart`,
    unit: row.unit,
    bar: `at most ${percent(row.ourEstimate)} (ours) + ${percent(row.theirEstimate)} (theirs)`,
    holds: row.agrees,
  };
}

/** A stress without a limit is named as such; it is not among the quantities that are compared. */
function warningLine(name: string, summary: ResultSummary): BenchmarkLine {
  const peak = summary.extremes['von_mises']!.max;
  const said = summary.warnings.find(({ code }) => code === 'result.singular-peak');
  const edge = summary.singularities.some(({ reason }) => reason.includes('sharp inner edge'));
  return {
    what: `${name}: largest von Mises stress`,
    value: said?.message ?? `${peak.value.toPrecision(4)} MPa, without a warning`,
    bar: 'a warning of the sharp inner edge, no number to believe',
    holds: said !== undefined && edge && isSingularPlace(summary, peak.at_mm),
  };
}

/** One part both ways. Degrees of freedom: ours, theirs on the coarser and on the finer mesh. */
export async function compareCorpusPart(
  study: CorpusStudy,
  kernel: Kernel,
  physics: Physics,
  context: JobContext,
): Promise<{ degreesOfFreedom: [number, number, number]; rows: ComparedQuantity[]; summary: ResultSummary }> {
  const { info, brep } = await bodyOf(study, kernel, context);
  const held = endOf(info, study.held);
  const loaded = endOf(info, study.loaded);
  const on = (selector: string): Reference[] => [{ by: 'selector', selector }];
  const ours = await physics.solve(
    {
      bodies: [{ index: 0, name: info.name, info, material: MATERIAL }],
      brep,
      inputHash: `corpus ${study.file}`,
      study: {
        restraints: [{ id: 'held', name: 'held', kind: 'fixed', on: on(study.held) }],
        loads: [{ id: 'load', name: 'load', kind: 'traction', on: on(study.loaded), traction_MPa: study.traction_MPa }],
        mesh: { size_mm: study.size_mm, order: 2, accuracy: 'default', refinements: [] },
        probes: [],
      },
    },
    context,
  );
  const plane: PlaneStudy = { held, loaded, traction_MPa: study.traction_MPa, material: MATERIAL };
  const solve = async (mesh: 0 | 1) => {
    const aroundCircle = (study.aroundCircle ?? AROUND_CIRCLE)[mesh];
    const size = { size_mm: FACTORS[mesh] * study.size_mm, aroundCircle };
    const solution = await solveOnSecondMesh(brep, plane, size, context);
    sameArea(study, held.area_mm2, solution.heldArea_mm2);
    sameArea(study, loaded.area_mm2, solution.loadedArea_mm2);
    return solution;
  };
  const coarse = await solve(0);
  const fine = await solve(1);
  return {
    degreesOfFreedom: [ours.summary.mesh.dof, coarse.degreesOfFreedom, fine.degreesOfFreedom],
    rows: compareWithSecond(ours, coarse, fine, [held, loaded]),
    summary: ours.summary,
  };
}

async function bodyOf(
  study: CorpusStudy,
  kernel: Kernel,
  context: JobContext,
): Promise<{ info: BodyInfo; brep: Uint8Array }> {
  const bytes = await readFile(join(corpusFolder()!, study.file));
  const fileName = study.file.split('/').at(-1)!;
  const limits = { seconds: IMPORT_SECONDS };
  const model = await kernel.import({ bytes, fileName, tessellate: false, limits }, context);
  const part = model.parts.filter(({ name }) => study.part === undefined || name === study.part);
  const body = part.flatMap(({ bodies }) => bodies).find(({ info }) => info.kind === 'solid');
  if (!body?.brep) throw fault('no-body', `${study.file} has no such solid.`);
  return { info: body.info, brep: await kernel.brepText([body.brep], context) };
}

/** The plane of an end that a selector like `faces >X` names, and its area. */
function endOf(info: BodyInfo, selector: string): Plane & { area_mm2: number } {
  const faces = select(selector, [info]).map(({ index }) => info.faces[index]!);
  const axis = 'XYZ'.indexOf(selector.at(-1)!) as Plane['axis'];
  return {
    axis,
    at_mm: faces[0]!.centroid_mm[axis]!,
    area_mm2: faces.reduce((sum, face) => sum + face.area_mm2, 0),
  };
}

function sameArea(study: CorpusStudy, area_mm2: number, found_mm2: number): void {
  if (Math.abs(found_mm2 - area_mm2) <= SAME_AREA * area_mm2) return;
  throw fault('other-faces', `${study.file}: ${found_mm2} mm^2 on the other mesh for ${area_mm2} mm^2 of the faces.`);
}

const fault = (code: string, message: string): ArtificerError =>
  new ArtificerError({ code: `bench.${code}`, category: 'fault', message });
