/** Names of designs' branches, and where they begin. */
import { describe, expect, it } from 'vitest';
import type { BranchInfo } from '../../../preload/contract/index.ts';
import { checkBranchName } from '../../document/index.ts';
import { baseOf, branchNameOf } from './design-branches.ts';

describe('the branch of a design', () => {
  it('is called by brief and number, once, in letters that a branch may have', () => {
    const names = ['Träger “A” (leicht)', '架子', '  .hidden', 'x'.repeat(100)].map((brief) =>
      branchNameOf(brief, 12, []),
    );
    expect(names.slice(0, 3)).toEqual(['Trager A leicht/design 12', 'Brief/design 12', 'hidden/design 12']);
    for (const name of names) expect(() => checkBranchName(name, [])).not.toThrow();
    expect(branchNameOf('A', 1, ['A/design 1', 'A/design 1 - 2'])).toBe('A/design 1 - 3');
  });

  it('begins beside other designs, on what is open', () => {
    const branch = (name: string, parent: string | null, more: Partial<BranchInfo> = {}) =>
      ({ name, parent, status: 'open', current: false, design: null, ...more }) as BranchInfo;
    const design = {} as BranchInfo['design'];
    const main = branch('main', null);
    expect(baseOf([main, branch('d', 'main', { design, current: true })])).toBe('main');
    expect(baseOf([main, branch('agent/1', 'main', { current: true })])).toBe('agent/1');
    const merged = branch('agent/1', 'main', { status: 'merged' });
    expect(baseOf([main, merged, branch('d', 'agent/1', { design, current: true })])).toBe('main');
  });
});
