import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type AnyRecord,
  IDENTITY_TRANSFORM,
  type Job,
  type ResultEntry,
  ResultViewSchema,
} from '../../preload/contract/index.ts';
import { applyChange, EMPTY_HISTORY, loadSnapshot, selectMaterials, useDocument } from './document.ts';
import { putJobs, useJobs } from './jobs.ts';
import {
  DEFAULT_DISPLAY,
  displayOf,
  firstViewOf,
  type ResultDisplay,
  showResult,
  useResults,
  viewOf,
} from './results.ts';
import { combine, partItem } from './selection.ts';
import { parseSettings } from './settings.ts';
import { setTool, useView } from './view.ts';

const instance = (id: string, partId: string): AnyRecord => ({
  type: 'instance',
  id,
  name: id,
  parentId: null,
  partId,
  transform: IDENTITY_TRANSFORM,
  order: 0,
});

describe('the document mirror', () => {
  beforeEach(() => loadSnapshot([instance('instance_a', 'part_1')], EMPTY_HISTORY));

  it('follows changes and keeps what did not change', () => {
    const before = useDocument.getState();
    const after = instance('instance_b', 'part_1');
    applyChange([{ id: 'instance_b', before: null, after }], { ...EMPTY_HISTORY, sequence: 1 });
    const state = useDocument.getState();
    expect(state.records.get('instance_a')).toBe(before.records.get('instance_a'));
    expect(state.placements.get('part_1')).toEqual(['instance_a', 'instance_b']);
    applyChange([{ id: 'instance_a', before: state.records.get('instance_a')!, after: null }], EMPTY_HISTORY);
    expect(useDocument.getState().placements.get('part_1')).toEqual(['instance_b']);
  });
  it('leaves the tree alone when no instance changed', () => {
    const { tree } = useDocument.getState();
    const project: AnyRecord = { type: 'project', id: 'project_settings', name: 'P', units: 'm-N-Pa' };
    applyChange([{ id: project.id, before: null, after: project }], EMPTY_HISTORY);
    expect(useDocument.getState().tree).toBe(tree);
  });
  it('gives the same list while no record of its type changes', () => {
    const list = selectMaterials(useDocument.getState());
    applyChange([{ id: 'instance_c', before: null, after: instance('instance_c', 'part_1') }], EMPTY_HISTORY);
    expect(selectMaterials(useDocument.getState())).toBe(list);
  });
});

describe('selection', () => {
  const [a, b] = [partItem('a'), partItem('b')];
  it('replaces, adds without doubles, and toggles', () => {
    expect(combine([a], [b], 'replace')).toEqual([b]);
    expect(combine([a], [a, b], 'add')).toEqual([a, b]);
    expect(combine([a, b], [a], 'toggle')).toEqual([b]);
    expect(combine([b], [a], 'toggle')).toEqual([b, a]);
  });
});

describe('jobs', () => {
  it('gather their residuals and put the newest first', () => {
    const job: Job = {
      id: '1',
      kind: 'solve',
      label: 'Solve',
      state: 'running',
      stage: 'Solving',
      fraction: 0.1,
      startedAt: 1,
      detail: { residual: 1e-2 },
    };
    putJobs([job]);
    putJobs([
      { ...job, detail: { residual: 1e-4 } },
      { ...job, id: '2', startedAt: 2 },
    ]);
    const { entries } = useJobs.getState();
    expect(entries.map((entry) => entry.job.id)).toEqual(['2', '1']);
    expect(entries[1]?.residuals).toEqual([1e-2, 1e-4]);
  });
});

describe('settings', () => {
  it('fall back one by one where a kept value makes no sense', () => {
    const settings = parseSettings({ 'window.theme': 'dark', 'window.navigation': 'joystick', other: 1 });
    expect(settings).toMatchObject({ theme: 'dark', navigation: 'solidworks', colourMap: 'turbo' });
  });
});

describe('the view of a result', () => {
  it('comes back from the study as it was', () => {
    const display = { ...DEFAULT_DISPLAY, deformationScale: null, range: [0, 5] as [number, number], bands: 8 };
    expect({ ...DEFAULT_DISPLAY, ...displayOf(viewOf(display)) }).toEqual(display);
  });
  it('keeps frame, levels, slices and arrows, in the shape of the project file', () => {
    const display: ResultDisplay = {
      ...DEFAULT_DISPLAY,
      frame: 3,
      rangeOver: 'all',
      isoValues: [20, 80],
      slices: { axis: 'y', count: 4, at: 0.5 },
      glyphs: { kind: 'principal', density: 30, size: 1.5, byValue: false },
      plain: true,
    };
    const kept = v.parse(ResultViewSchema, JSON.parse(JSON.stringify(viewOf(display))));
    expect({ ...DEFAULT_DISPLAY, ...displayOf(kept) }).toEqual(display);
  });
  it('is nothing to keep while a result stands as it was first shown, deformed for a mode', () => {
    const entry = (kind: 'mode' | 'case', hash: string): ResultEntry =>
      ({ inputHash: hash, studyId: hash, summary: { frames: [{ name: '1', kind, extremes: {} }] } }) as never;
    for (const one of [entry('mode', 'a'), entry('case', 'b'), entry('mode', 'c')]) {
      useResults.setState(({ entries }) => ({ entries: [one, ...entries] }));
      showResult(one.inputHash);
      const { display } = useResults.getState();
      expect(viewOf(display)).toEqual(firstViewOf(one));
      expect(display.deformationScale).toBe(one.inputHash === 'b' ? 0 : null);
    }
  });
});

describe('tools', () => {
  it('give the filter of before back when picking ends', () => {
    useView.setState({ filter: 'part' });
    setTool({ kind: 'references', studyId: 's', itemId: 'i', accepts: ['face'], title: 'Fixed' }, 'face');
    expect(useView.getState().filter).toBe('face');
    setTool({ kind: 'select' });
    expect(useView.getState().filter).toBe('part');
  });
});
