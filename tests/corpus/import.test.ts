/** Every STEP, IGES and BREP file of the corpus against native OpenCascade. */
import { basename } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { boxOfModel } from '../../main/kernel/assembly.ts';
import { createKernel } from '../../main/kernel/index.ts';
import { ArtificerError } from '../../preload/contract/errors.ts';
import { silentContext } from '../../preload/contract/jobs.ts';
import { corpusFile, sumsOf, type Truth, truths, volumeOfTriangles } from './corpus.ts';

const kernel = createKernel({ readerIdle_s: 120 });
afterAll(() => kernel.dispose());

/** Files that are read although native OpenCascade refuses them: the reason is the test's name. */
const BETTER_THAN_NATIVE: Record<string, string> = {
  'nasty/utf8_bom.step': 'a byte order mark is harmless, and left out',
};
/** Parts without any shape are counted by native OpenCascade, and left out here. */
const WITHOUT_EMPTY_PARTS = new Set(['step/nist_ctc_01_asme1_ap242.stp']);
/**
 * Modelled threads. Native OpenCascade's volume is integrated with a fixed number of points a span, 1.3 % short of what its own
 * adaptive integration and the body's triangles say: it is measured against the triangles.
 */
const BY_TRIANGLES = new Set(['step/M6-1x12-countersunk-screw.step']);

const inspect = (path: string) =>
  kernel.import({ bytes: corpusFile(path), fileName: basename(path), tessellate: false }, silentContext());

const near = (actual: number, expected: number, what: string): void => {
  const scale = Math.max(Math.abs(expected), 1e-12);
  // A volume of a solid without any is rounding on both sides.
  if (Math.abs(expected) < 1e-9 && Math.abs(actual) < 1e-6) return;
  expect(Math.abs(actual - expected) / scale, `${what}: ${actual} for ${expected}`).toBeLessThan(1e-3);
};

describe.each(truths())('$path', (truth: Truth) => {
  if (BETTER_THAN_NATIVE[truth.path]) {
    it(`is read, because ${BETTER_THAN_NATIVE[truth.path]}`, async () => {
      const model = await inspect(truth.path);
      expect(sumsOf(model)).toMatchObject({ solids: 1, faces: 7 });
      expect(model.warnings.map((warning) => warning.code)).toContain('step.byte-order-mark');
    });
    return;
  }
  if (!truth.ok) {
    it('is refused with a reason', async () => {
      const error = await inspect(truth.path).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(ArtificerError);
      const { category, code, message, hint } = (error as ArtificerError).data;
      expect({ category, code }).toEqual({ category: 'refused', code: expect.stringMatching(/^import\./) });
      expect(message.length).toBeGreaterThan(20);
      expect(hint).toBeTruthy();
    });
    return;
  }
  it('has what native OpenCascade finds in it', async () => {
    const model = await inspect(truth.path);
    const sums = sumsOf(model);
    const { solids, shells, faces, edges } = truth;
    expect(sums).toMatchObject({ solids, shells, faces, edges });
    if (BY_TRIANGLES.has(truth.path)) {
      const fine = { linearDeflection_mm: 0.002, angularDeflection_rad: 0.1 };
      const { brep } = model.parts[0]!.bodies[0]!;
      near(
        sums.volume_mm3,
        volumeOfTriangles(await kernel.tessellate(brep!, fine, silentContext())),
        'volume of triangles',
      );
    } else near(sums.volume_mm3, truth.volume_mm3, 'volume_mm3');
    near(sums.area_mm2, truth.area_mm2, 'area_mm2');
    expect(model.depth).toBe(truth.max_depth ?? 0);
    expect(model.colours).toBe(truth.colours_in_table ?? 0);
    if (!WITHOUT_EMPTY_PARTS.has(truth.path)) {
      expect(model.parts).toHaveLength(truth.parts ?? 1);
      expect(model.instances.filter((instance) => instance.partKey !== null)).toHaveLength(truth.leaf_instances ?? 1);
    }
    if (truth.valid !== null)
      expect(model.parts.every((part) => part.bodies.every((body) => body.info.valid))).toBe(truth.valid);
    const rigid = model.instances.length === 1;
    if (truth.bbox_optimal_mm && rigid) {
      const box = boxOfModel(model)!;
      const size = Math.hypot(...box.max.map((max, axis) => max - box.min[axis]!));
      [...box.min, ...box.max].forEach((value, index) => {
        expect(Math.abs(value - truth.bbox_optimal_mm![index]!)).toBeLessThan(1e-3 * size + 1e-6);
      });
    }
  });
});
