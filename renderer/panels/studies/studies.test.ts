import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type BodyInfo,
  ConnectionSchema,
  LoadSchema,
  type Reference,
  RestraintSchema,
  STUDY_TYPES,
  type StudyRecord,
} from '../../../preload/contract/index.ts';
import { newItem } from '../../actions/study-items.ts';
import { conditionHelp } from '../../help/studies/index.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { addEntries } from './conditions/add-menu.ts';
import { axisOf, pointOf } from './fields/placement.ts';
import { inOrder, pastedRows, withRow } from './fields/table-rows.ts';
import { describeKind, kindsOf, LISTS, placesOn, sidesOf } from './kinds/lists.ts';
import { withBody } from './materials/body-edits.ts';
import { referencesOf, withReferences } from './picked-references.ts';

const face: Reference = { by: 'selector', selector: 'faces >Z' };
const study: StudyRecord = {
  type: 'study',
  id: 'study_abcdef',
  name: 'Static study',
  study: 'static',
  partId: 'part_abcdef',
  restraints: [{ id: 'r', name: 'Fixed', kind: 'fixed', on: [face] }],
  loads: [{ id: 'l', name: 'Force', kind: 'force', on: [face], force_N: [0, 0, -1] }],
  connections: [{ id: 'b', name: 'Bond', kind: 'bonded', on: [face], to: [] }],
  mesh: { order: 2, accuracy: 'default', refinements: [{ id: 'm', on: [face], size_mm: 1 }] },
  probes: [],
};
const SCHEMAS = { restraints: RestraintSchema, loads: LoadSchema, connections: ConnectionSchema };

describe('references of an item', () => {
  it('are read and replaced wherever the item is', () => {
    for (const id of ['r', 'l', 'b', 'm']) {
      expect(referencesOf(study, id), id).toEqual([face]);
      const next = withReferences(study, id, []);
      expect(referencesOf(next, id), id).toEqual([]);
      for (const rest of ['r', 'l', 'b', 'm'].filter((one) => one !== id))
        expect(referencesOf(next, rest), rest).toEqual([face]);
    }
  });
  it('of two sides are kept apart', () => {
    const next = withReferences(study, 'b', [face], 'to');
    expect(referencesOf(next, 'b', 'to')).toEqual([face]);
    expect(referencesOf(withReferences(next, 'b', []), 'b', 'to')).toEqual([face]);
  });
});

describe.each(LISTS)('every kind of %s', (list) => {
  it.each(kindsOf(list))('%s begins as something that the contract takes, with words for each value', (kind) => {
    const item = newItem(list, kind, study);
    expect(v.parse(SCHEMAS[list], item)).toEqual(item);
    for (const { side } of sidesOf(list, kind)) expect(placesOn(item, side)).toEqual([]);
    const help = conditionHelp(list, kind);
    expect(describeKind(list, kind).about.length).toBeGreaterThan(8);
    for (const key of Object.keys(item).filter((each) => !['id', 'name', 'kind'].includes(each)))
      expect(help.fields[key]?.words.length, key).toBeGreaterThan(4);
  });
});

describe('the menus that add', () => {
  const labels = (...of: Parameters<typeof addEntries>): string[] =>
    addEntries(...of).flatMap((entry: MenuEntry) => (entry.kind === 'item' ? [entry.label] : []));
  it('offer nothing that does not belong to the type', () => {
    expect(labels('thermal', 'restraints', () => {})).toEqual(['Cyclic symmetry', 'Temperature']);
    expect(labels('thermal', 'loads', () => {})).toEqual([
      'Convection',
      'Radiation',
      'Heat flux',
      'Heat flow',
      'Heat generation',
    ]);
    expect(labels('static', 'loads', () => {})).not.toContain('Convection');
    expect(labels('static', 'restraints', () => {})).not.toContain('Temperature');
    for (const type of STUDY_TYPES)
      expect(
        labels(type, 'connections', () => {}),
        type,
      ).toContain('Bonded faces');
  });
  it('put heat under a heading where there is both', () => {
    const entries = addEntries('thermal-stress', 'loads', () => {});
    const heading = entries.findIndex(({ kind }) => kind === 'heading');
    expect(entries.slice(heading).map((entry) => (entry.kind === 'item' ? entry.label : ''))).toContain('Convection');
    expect(entries.slice(0, heading).map((entry) => (entry.kind === 'item' ? entry.label : ''))).toContain('Force');
  });
});

describe('tables of pairs', () => {
  it('stay in the order of their first column, and refuse the same one twice', () => {
    expect(
      inOrder([
        [100, 2],
        [20, 1],
      ]),
    ).toEqual([
      [20, 1],
      [100, 2],
    ]);
    expect(
      withRow(
        [
          [0, 1],
          [10, 2],
        ],
        0,
        [20, 1],
      ),
    ).toEqual([
      [10, 2],
      [20, 1],
    ]);
    expect(
      withRow(
        [
          [0, 1],
          [10, 2],
        ],
        0,
        [10, 1],
      ),
    ).toMatch(/same first value/);
  });
  it('are read from a spreadsheet in the units that are shown, headings left out', () => {
    const text = 'T\tE\n20\t210\n68 °F\t200\n200 °C\t190 GPa\n';
    expect(pastedRows('T\tk\n20\t50\n100\t45\n', ['temperature', 'none'], 'mm-N-MPa')).toEqual([
      [20, 50],
      [100, 45],
    ]);
    expect(pastedRows('20\t210000\n200 °C\t190 GPa', ['temperature', 'stress'], 'mm-N-MPa')).toEqual([
      [20, 210_000],
      [200, 190_000],
    ]);
    expect(pastedRows(text, ['temperature', 'stress'], 'mm-N-MPa')).toMatch(/same first value/);
    expect(pastedRows('20\tabc\n30\t5', ['temperature', 'none'], 'mm-N-MPa')).toMatch(/abc/);
    expect(pastedRows('20\t5', ['temperature', 'none'], 'mm-N-MPa')).toMatch(/Two rows/);
  });
});

describe('points and axes of the part', () => {
  const info = {
    faces: [
      { type: 'cylinder', centroid_mm: [5, 0, 7], axis: { origin_mm: [0, 0, 1], direction: [0, 0, 1] } },
      { type: 'plane', centroid_mm: [1, 2, 3], normal: [0, 1, 0] },
      { type: 'bspline', centroid_mm: [1, 2, 3], normal: [0, 1, 0] },
    ],
    edges: [
      { type: 'circle', centre_mm: [5, 0, 0], curveCentre_mm: [0, 0, 0], direction: [0, 0, 1] },
      { type: 'line', centre_mm: [1, 1, 1], direction: [1, 0, 0] },
    ],
    vertices_mm: [[9, 9, 9]],
  } as unknown as BodyInfo;
  it('are the centre line of a bore, level with its middle', () => {
    expect(axisOf(info, 'face', 0)).toEqual({ origin_mm: [0, 0, 1], direction: [0, 0, 1] });
    expect(pointOf(info, 'face', 0)).toEqual([0, 0, 7]);
    expect(pointOf(info, 'edge', 0)).toEqual([0, 0, 0]);
    expect(axisOf(info, 'edge', 1)).toEqual({ origin_mm: [1, 1, 1], direction: [1, 0, 0] });
    expect(pointOf(info, 'vertex', 0)).toEqual([9, 9, 9]);
  });
  it('are the normal of a flat face, and nothing for one without an axis', () => {
    expect(axisOf(info, 'face', 1)).toEqual({ origin_mm: [1, 2, 3], direction: [0, 1, 0] });
    expect(axisOf(info, 'face', 2)).toBeNull();
    expect(axisOf(info, 'vertex', 0)).toBeNull();
  });
});

describe('materials of bodies', () => {
  it('are listed only where they differ from the part', () => {
    const one = withBody(study, { body: 2 }, 'material_pin', undefined);
    const two = withBody(one, { body: 0 }, undefined, { first: [1, 0, 0], second: [0, 1, 0] });
    expect(two.bodyMaterials).toEqual([
      { body: 0, axes: { first: [1, 0, 0], second: [0, 1, 0] } },
      { body: 2, materialId: 'material_pin' },
    ]);
    expect('bodyMaterials' in withBody(one, { body: 2 }, undefined, undefined)).toBe(false);
  });
});
