/** What is tried where a mesh fails: real kernel and mesher on a part with rounds much smaller than the elements asked for. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeBundle } from '../../../preload/contract/bundle.ts';
import { silentContext } from '../../../preload/contract/jobs.ts';
import { createKernel } from '../../kernel/index.ts';
import { findMesher } from '../native-core.ts';
import { meshStudy } from './mesh-study.ts';

const PART = join(import.meta.dirname, '../../../tests/corpus/files/step/V5_Imported_Into_NX.stp');

test.skipIf(!findMesher())(
  'a floor that is above small rounds is lowered before everything gets finer',
  {
    timeout: 180_000,
  },
  async () => {
    const kernel = createKernel();
    const context = silentContext();
    try {
      const bytes = await readFile(PART);
      const { parts } = await kernel.import({ bytes, fileName: 'part.stp', tessellate: false }, context);
      const body = parts.flatMap(({ bodies }) => bodies).find(({ info }) => info.kind === 'solid')!;
      const { bytes: mesh } = await meshStudy(
        {
          mesherPath: findMesher()!,
          brep: await kernel.brepText([body.brep!], context),
          infos: [body.info],
          control: { order: 2, accuracy: 'draft', refinements: [], size_mm: 20 },
          refinements: [],
          keepWalls: true,
          settings: { minSize_mm: 2, elementsPerCurvature: 1.5, optimisationSteps: 1 },
          limits: { seconds: 170, memory_MiB: 4000 },
          cache: undefined,
          workingFolder: undefined,
        },
        context,
      );
      // 46,158; with elements of half the size and more of them around every round it was 150,356.
      expect(decodeBundle(mesh).arrays['elements']!.length / 10).toBeLessThan(60_000);
    } finally {
      await kernel.dispose();
    }
  },
);
