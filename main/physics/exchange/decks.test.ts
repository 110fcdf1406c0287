import { describe, expect, it } from 'vitest';
import type { ArtificerError } from '../../../preload/contract/errors.ts';
import { exportCalculix } from '../export/calculix.ts';
import { packDeck } from '../export/deck.ts';
import { boxModel, FACE, faces, load, restraint, STEEL } from '../testing/study.ts';
import type { AccountItem } from './account.ts';
import { foreignNumber } from './account.ts';
import { readBdf } from './bdf-reader.ts';
import { readInp } from './inp-reader.ts';

const verdict = (account: AccountItem[], item: string): AccountItem | undefined =>
  account.find((one) => one.item === item);
const codeOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return (error as ArtificerError).code;
  }
  return 'none';
};
const sum = (forces: Float64Array): number[] =>
  [0, 1, 2].map((axis) => forces.reduce((total, force, i) => (i % 3 === axis ? total + force : total), 0));

/** A tetrahedron with three right angles, edges of 1 mm along the axes: its slanted side has an area of sqrt(3)/2 mm^2. */
const CORNER = '1, 0, 0, 0\n2, 1, 0, 0\n3, 0, 1, 0\n4, 0, 0, 1\n';
const INP = `*HEADING
one element
*NODE, NSET=ALL
${CORNER}*ELEMENT, TYPE=C3D4, ELSET=E
7, 1, 2, 3, 4
*MATERIAL, NAME=Steel
*ELASTIC
210000., 0.3
*DENSITY
7.85e-9
*SOLID SECTION, ELSET=E, MATERIAL=STEEL
*STEP
*STATIC
*BOUNDARY
1, 1, 3
2, 2, 3, 0.001
*CLOAD
4, 3, -12.5
*DLOAD
7, P3, 10.
E, GRAV, 9810., 0, 0, -1
*CONTACT PAIR
a, b
*END STEP
`;

describe('an Abaqus or CalculiX deck', () => {
  it('becomes a model, and says what was made of each keyword', () => {
    const model = readInp(INP);
    expect(model.type).toBe('static');
    expect(model.mesh.nodes.length / 3).toBe(10);
    expect([...model.nodeNumbers]).toEqual([1, 2, 3, 4, 0, 0, 0, 0, 0, 0]);
    expect(model.materials).toMatchObject([
      { name: 'Steel', properties: { young_MPa: 210_000, poisson: 0.3, density_kg_m3: expect.closeTo(7850, 9) } },
    ]);
    expect(model.fixed).toEqual([
      { node: 0, axis: 0, value_mm: 0 },
      { node: 0, axis: 1, value_mm: 0 },
      { node: 0, axis: 2, value_mm: 0 },
      { node: 1, axis: 1, value_mm: 0.001 },
      { node: 1, axis: 2, value_mm: 0.001 },
    ]);
    expect(model.gravity_mm_s2).toEqual([0, 0, -9810]);
    // The pressure pushes into the slanted side: 10 MPa on an area whose projections are each 1/2 mm^2.
    const [x, y, z] = sum(model.forces);
    expect(x).toBeCloseTo(-5, 12);
    expect(y).toBeCloseTo(-5, 12);
    expect(z).toBeCloseTo(-5 - 12.5, 12);
    expect(verdict(model.account, '*ELEMENT, TYPE=C3D4')).toMatchObject({ understanding: 'partly', count: 1 });
    expect(verdict(model.account, '*CONTACT PAIR')).toMatchObject({ understanding: 'not understood', line: 26 });
  });

  it('of our own gives back the same nodes, elements, forces and restraints', () => {
    const built = boxModel(
      { max: [40, 20, 10], divisions: [2, 1, 1] },
      [restraint({ kind: 'fixed' }, faces(FACE.minusX))],
      [load({ kind: 'force', force_N: [0, 0, -500] }, faces(FACE.plusX))],
    );
    const deck = packDeck(built.model, {
      inputHash: 'h',
      title: 't',
      bodies: [{ name: 'box', material: 'Test steel' }],
    });
    const model = readInp(new TextDecoder().decode(exportCalculix(deck)));
    expect(model.mesh.elements).toEqual(built.mesh.elements);
    model.mesh.nodes.forEach((value, i) => {
      expect(value).toBeCloseTo(built.mesh.nodes[i]!, 9);
    });
    model.forces.forEach((value, i) => {
      expect(value).toBeCloseTo(built.model.forces[i]!, 9);
    });
    expect(model.fixed.map(({ node, axis }) => 3 * node + axis).sort((a, b) => a - b)).toEqual([
      ...built.model.fixedDofs,
    ]);
    expect(model.materials[0]!.properties.young_MPa).toBe(STEEL.properties.young_MPa);
    expect(model.account.filter(({ understanding }) => understanding !== 'understood')).toEqual([]);
  });

  it('is refused by name and line where it cannot be meant', () => {
    expect(codeOf(() => readInp(INP.replace('7, 1, 2, 3, 4', '7, 1, 2, 3, 99')))).toBe('exchange.no-such-node');
    expect(codeOf(() => readInp(INP.replace('4, 3, -12.5', '4, 5, -12.5')))).toBe('exchange.inp-cload');
    expect(codeOf(() => readInp(INP.replace('*SOLID SECTION, ELSET=E', '*SOLID SECTION, ELSET=F')))).toBe(
      'exchange.inp-no-section',
    );
    expect(codeOf(() => readInp(INP.replace('210000., 0.3', '210000., 0.7')))).toBe('exchange.inp-material');
    expect(codeOf(() => readInp('hello'))).toBe('exchange.inp-start');
    expect(codeOf(() => readInp('*HEADING\nnothing\n'))).toBe('exchange.no-elements');
  });

  it('asks for frequencies with *FREQUENCY', () => {
    const model = readInp(INP.replace('*STATIC\n', '*FREQUENCY\n6\n'));
    expect([model.type, model.modes]).toEqual(['modal', 6]);
  });
});

const BDF = `$ a comment
SOL 101
CEND
SUBCASE 1
  SPC = 5
  LOAD = 20
BEGIN BULK
GRID,1,,0.,0.,0.
GRID    2               1.      0.      0.
GRID*   3                               0.              1.
*       0.
GRID,4,,0.,0.,1.
CTETRA  7       1       1       2       3       4
PSOLID,1,2
MAT1,2,2.1+5,,0.3,7.85-9
SPC1,5,123,1
SPC,5,2,23,.001
SPC1,6,123,4
LOAD,20,2.,1.,11,0.5,12
FORCE,11,4,,1.,0.,0.,-6.25
PLOAD4,12,7,10.,,,,2,1
GRAV,12,,9810.,0.,0.,-1.
RBE2,99,1,123,2
ENDDATA
`;

describe('a Nastran deck', () => {
  it('becomes a model, in small, large and free fields, with its loads combined', () => {
    const model = readBdf(BDF);
    expect(model.type).toBe('static');
    expect([...model.mesh.nodes.subarray(0, 12)]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(model.materials[0]!.properties).toMatchObject({ young_MPa: 210_000, poisson: 0.3 });
    expect(model.materials[0]!.properties.density_kg_m3).toBeCloseTo(7850, 9);
    expect(model.fixed).toEqual([
      { node: 0, axis: 0, value_mm: 0 },
      { node: 0, axis: 1, value_mm: 0 },
      { node: 0, axis: 2, value_mm: 0 },
      { node: 1, axis: 1, value_mm: 0.001 },
      { node: 1, axis: 2, value_mm: 0.001 },
    ]);
    // 2 x (1 x force + 0.5 x (pressure on the side across from node 1, and gravity)).
    const [x, y, z] = sum(model.forces);
    expect(x).toBeCloseTo(-5, 12);
    expect(y).toBeCloseTo(-5, 12);
    expect(z).toBeCloseTo(-5 - 12.5, 12);
    expect(model.gravity_mm_s2).toEqual([0, 0, -9810]);
    expect(verdict(model.account, 'RBE2')).toMatchObject({ understanding: 'not understood', line: 23 });
  });

  it('is refused by name where it cannot be meant', () => {
    expect(codeOf(() => readBdf(BDF.replace('SOL 101', 'SOL 200')))).toBe('exchange.bdf-solution');
    expect(codeOf(() => readBdf(BDF.replace('GRID,4,,', 'GRID,4,3,')))).toBe('exchange.bdf-coordinates');
    expect(codeOf(() => readBdf(BDF.replace('PSOLID,1,2', 'PSOLID,1,3')))).toBe('exchange.bdf-property');
    expect(codeOf(() => readBdf(BDF.replace('PLOAD4,12,7,', 'PLOAD4,12,8,')))).toBe('exchange.bdf-no-element');
  });
});

const SUBCASES = BDF.replace(
  `SUBCASE 1
  SPC = 5
  LOAD = 20
`,
  `SPC = 5
LOAD = 11
TEMPERATURE(LOAD) = 3
SUBCASE 1
  LABEL = as it hangs
  LOAD = 20
SUBCASE 4
SUBCASE 5
  LABEL = weight
  LOAD = 12
SUBCASE 6
  SPC = 6
SUBCOM 7
  LABEL = both
  SUBSEQ = 1., 1.
`,
);

describe('subcases of a Nastran deck', () => {
  it('are steps with the loads that they choose, or those that are chosen for all', () => {
    const model = readBdf(SUBCASES);
    expect([model.stepName, ...model.laterSteps.map(({ name }) => name)]).toEqual([
      'as it hangs',
      'Subcase 4',
      'weight',
    ]);
    expect([...model.forces]).toEqual([...readBdf(BDF).forces]);
    const [chosen, weight] = model.laterSteps;
    // The force of set 11 alone, without the factors of the combination.
    expect(sum(chosen!.forces)).toEqual([0, 0, -6.25]);
    expect(chosen!.gravity_mm_s2).toEqual([0, 0, 0]);
    // Set 12: gravity, and the pressure of 10 MPa on half a square millimetre and more.
    expect(weight!.gravity_mm_s2).toEqual([0, 0, -9810]);
    const pressed = sum(readBdf(BDF).forces).map((force, axis) => force + (axis === 2 ? 12.5 : 0));
    expect(sum(weight!.forces)).toEqual(pressed.map((force) => expect.closeTo(force, 12)));
  });

  it('that are held otherwise or made of others are named and left out, and so are temperatures', () => {
    const { account } = readBdf(SUBCASES);
    const left = account.filter(({ understanding }) => understanding === 'not understood');
    expect(left.map(({ item }) => item)).toEqual(['TEMPERATURE', 'SUBCASE', 'SUBCOM', 'RBE2']);
    expect(left[1]!.words).toBe('Subcase 6: it is held otherwise than the first and left out');
  });

  it('hold by their own restraints where others are chosen for all', () => {
    const own = SUBCASES.replace('  LABEL = as it hangs\n', '  SPC = 6\n');
    expect(readBdf(own).fixed).toEqual([0, 1, 2].map((axis) => ({ node: 3, axis, value_mm: 0 })));
  });
});

describe('numbers of foreign files', () => {
  it('are read with a bare exponent and with a D, and nothing else passes', () => {
    expect(['2.1+5', '1.5-3', '1.D2', ' 7 ', '-.5', '1e3'].map(foreignNumber)).toEqual([
      210_000, 0.0015, 100, 7, -0.5, 1000,
    ]);
    expect(['', 'x', '1..2', '0x10', '1+', 'Infinity'].map(foreignNumber)).toEqual(new Array(6).fill(Number.NaN));
  });
});
