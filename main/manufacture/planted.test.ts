/** Every rule of every process on a part with its fault planted, and on the same part without it. */
import { afterAll, describe, expect, it } from 'vitest';
import { PROCESSES } from '../../preload/contract/index.ts';
import { createKernel } from '../kernel/index.ts';
import { disposePartScripts } from '../scripting/index.ts';
import { faultyOf, PLANTED, PlantedParts } from './benchmarks.ts';
import { rulesOf } from './rules/rule-book.ts';

const kernel = createKernel();
const parts = new PlantedParts(kernel);
afterAll(async () => {
  disposePartScripts();
  await kernel.dispose();
});

/** The severity that each planted fault has by the published limits. */
const ERRORS = new Set([
  'a wall of 0.4 mm beside a pocket',
  'a pocket with sharp corners',
  'a hollow wider than its mouth',
  'a square block with a pin',
  'a room of 50 mm behind a bore of 20 mm',
  'a pad of 3 mm on sheet of 2 mm',
  'a bend beside a tongue',
  'walls along the pull',
  'a closed hollow in the floor',
  'a fin of 0.5 mm',
  'a closed room',
]);

describe.each(PROCESSES)('%s', (process) => {
  const mine = PLANTED.filter((planted) => planted.process === process);

  it('has a planted fault for every rule', () => {
    expect([...new Set(mine.map(({ rule }) => rule))].toSorted()).toEqual(
      rulesOf(process)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it.each(mine.map((planted) => ({ ...planted, name: `${planted.rule}: ${planted.words}` })))(
    '$name is found, and its clean twin is left alone',
    async (planted) => {
      const faulty = await parts.check(planted.faulty, faultyOf(planted));
      const found = faulty.findings.filter(({ rule }) => rule === planted.rule);
      expect(found.length).toBeGreaterThan(0);
      for (const finding of found) {
        expect(finding.margin).toBeLessThan(0);
        expect(finding.fixes.length).toBeGreaterThan(0);
        for (const { change } of finding.fixes) expect(change === undefined || change.to !== change.from).toBe(true);
      }
      if (ERRORS.has(planted.words)) expect(found.some(({ severity }) => severity === 'error')).toBe(true);
      const clean = await parts.check(planted.clean, planted);
      expect(clean.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
      expect(clean.canBeMade).toBe(true);
    },
  );
});

describe('a fix that is data', () => {
  it.each([
    ['milling.corner-reach', 'corners of 2 mm in a pocket of 30 mm', 'round: 2', 'fillet-radius'],
    ['milling.hole-depth', 'a hole of 5 mm, 60 mm deep', 'depth: 60', 'depth'],
    ['milling.hole-standard', 'a hole of 6.37 mm', 'diameter: 6.37', 'diameter'],
    ['sheet-metal.bend-radius', 'a bend of 0.5 mm in sheet of 2 mm', 'bendRadius: 0.5', 'fillet-radius'],
    ['sheet-metal.flange-length', 'a flange of 6 mm', 'height: 6', 'length'],
    ['fused-filament.pin-diameter', 'a pin of 1.5 mm', '0.75); });', 'diameter'],
  ])('of %s leaves nothing of it when it is done', async (rule, words, text, what) => {
    const planted = PLANTED.find((each) => each.rule === rule && each.words === words)!;
    const { findings } = await parts.check(planted.faulty, planted);
    const change = findings
      .find((each) => each.rule === rule)!
      .fixes.flatMap((fix) => fix.change ?? [])
      .find((each) => each.what === what)!;
    expect(planted.faulty).toContain(text);
    const value = text.startsWith('0.75') ? `${change.to / 2}); });` : `${text.split(':')[0]}: ${change.to}`;
    const mended = await parts.check(planted.faulty.replace(text, value), planted);
    expect(mended.findings.map((finding) => finding.rule)).not.toContain(rule);
  });
});
