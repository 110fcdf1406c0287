/** Direct editing of dumb solids: volumes against formulas, names that stay, and what is refused. */
import type { TopoDS_Shape } from 'replicad-opencascadejs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BodyInfo, Evaluated, Feature } from '../../../../preload/contract/index.ts';
import { describeBody, topologyOf } from '../../modeller/describe.ts';
import { DirectEditing, faceNumber, facesWhere } from './testing.ts';

let editing: DirectEditing;
beforeAll(async () => {
  editing = await DirectEditing.begin();
});
afterAll(() => editing.end());

/** Integration of the kernel is exact for these bodies up to rounding: digits that are compared. */
const EXACT = 6;

const look = (solid: TopoDS_Shape): BodyInfo => {
  const { oc } = editing.solids;
  return describeBody(
    oc,
    (each) => each,
    solid,
    topologyOf(oc, (each) => each, solid),
  );
};
function simpson(f: (x: number) => number, from: number, to: number, steps = 2000): number {
  const h = (to - from) / steps;
  const sum = Array.from(
    { length: steps + 1 },
    (_, i) => f(from + i * h) * (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2),
  );
  return (sum.reduce((a, b) => a + b) * h) / 3;
}
const upward = ({ type, normal }: BodyInfo['faces'][number]): boolean => type === 'plane' && normal![2] > 0.99;
const only = (found: number[]): number => {
  expect(found).toHaveLength(1);
  return found[0]!;
};
async function edited(solid: TopoDS_Shape, ...features: Evaluated<Feature>[]) {
  const part = await editing.edit(solid, ...features);
  const info = part.infos[0]!;
  const names = part.bodies[0]!.faceNames;
  return {
    info,
    names,
    outcome: part.outcomes.at(-1)!,
    volume: info.mass.volume_mm3,
    /** The face that was number `index` of the solid. */
    face: (index: number) =>
      info.faces[only(facesWhere(info, (f) => f.persistentNames!.includes(`feature_dumb01/${index}`)))]!,
  };
}

const drilled = () => {
  const { solids } = editing;
  return solids.cut(solids.box([0, 0, 0], [40, 30, 20]), solids.cylinder([20, 15, -1], [0, 0, 1], 5, 22));
};
const counterbored = () => {
  const { solids } = editing;
  return solids.cut(
    solids.box([0, 0, 0], [40, 30, 20]),
    solids.cylinder([20, 15, -1], [0, 0, 1], 4, 22),
    solids.cylinder([20, 15, 15], [0, 0, 1], 7, 10),
  );
};
/** Every name of the solid is still there, once, and no other. */
const sameNames = (names: readonly (readonly string[])[], faces: number): void => {
  expect(names.flat().toSorted()).toEqual(Array.from({ length: faces }, (_, i) => `feature_dumb01/${i}`).toSorted());
};

describe('pushing and pulling a face', () => {
  it.each([5, -5])('moves the top of a drilled block by %d mm, and the hole goes with it', async (distance) => {
    const solid = drilled();
    const top = only(facesWhere(look(solid), upward));
    const { volume, names } = await edited(solid, { kind: 'offset-face', faces: [faceNumber(top)], distance });
    expect(volume).toBeCloseTo((40 * 30 - 25 * Math.PI) * (20 + distance), EXACT);
    sameNames(names, 7);
  });

  it.each([2, -2])('changes the radius of a hole by %d mm: outwards is out of the material', async (distance) => {
    const solid = drilled();
    const wall = only(facesWhere(look(solid), ({ type }) => type === 'cylinder'));
    const { volume, face, names } = await edited(solid, { kind: 'offset-face', faces: [faceNumber(wall)], distance });
    expect(volume).toBeCloseTo((40 * 30 - (5 - distance) ** 2 * Math.PI) * 20, EXACT);
    expect(face(wall).radius_mm).toBeCloseTo(5 - distance, 9);
    sameNames(names, 7);
  });

  it.each([5, -5])('lets leaning walls go on leaning when the top moves by %d mm', async (distance) => {
    const { solids } = editing;
    const block = solids.box([0, 0, 0], [40, 40, 20]);
    const angle = Math.PI / 18;
    const walls = facesWhere(look(block), ({ normal }) => Math.abs(normal![2]) < 0.1);
    const { volume, names, info } = await edited(
      block,
      { kind: 'draft', faces: walls.map(faceNumber), neutral: { by: 'principal', plane: 'xy' }, angle },
      { kind: 'offset-face', faces: [faceNumber(only(facesWhere(look(block), upward)))], distance },
    );
    const height = 20 + distance;
    const end = 40 - 2 * height * Math.tan(angle);
    expect(volume).toBeCloseTo((height / 3) * (40 * 40 + end * end + 40 * end), EXACT);
    expect(info.faces).toHaveLength(6);
    sameNames(names, 6);
  });

  it('makes a slot wider when its whole smooth wall is pushed', async () => {
    const { solids } = editing;
    const slot = solids.cut(
      solids.box([-40, -30, 0], [40, 30, 20]),
      solids.join(
        solids.box([-10, -5, -1], [10, 5, 21]),
        solids.cylinder([-10, 0, -1], [0, 0, 1], 5, 22),
        solids.cylinder([10, 0, -1], [0, 0, 1], 5, 22),
      ),
    );
    const wall = facesWhere(
      look(slot),
      ({ type, centroid_mm: [x, y] }) => type === 'cylinder' || (Math.abs(x) < 1 && Math.abs(Math.abs(y) - 5) < 0.1),
    );
    expect(wall).toHaveLength(4);
    const { volume, names } = await edited(slot, { kind: 'offset-face', faces: wall.map(faceNumber), distance: -2 });
    // Integration over the walls of a slot is good to 1e-10 of the whole.
    expect(volume).toBeCloseTo((80 * 60 - (20 * 14 + 49 * Math.PI)) * 20, 4);
    sameNames(names, 10);
    const some = await edited(slot, { kind: 'offset-face', faces: [faceNumber(wall[0]!)], distance: -2 });
    expect(some.outcome.error?.code).toBe('direct.tangent-neighbour');
  });

  it('makes a cross-drilled shaft thicker, and the hole is drilled through the new skin', async () => {
    const { solids } = editing;
    const drilledShaft = (radius: number) =>
      solids.cut(solids.cylinder([0, 0, 0], [0, 0, 1], radius, 60), solids.cylinder([-40, 0, 30], [1, 0, 0], 5, 80));
    const shaft = drilledShaft(20);
    const skin = only(facesWhere(look(shaft), ({ radius_mm }) => radius_mm === 20));
    const { volume, names } = await edited(shaft, { kind: 'offset-face', faces: [faceNumber(skin)], distance: 2 });
    // A disc of the hole at height y is as long as the shaft's chord there.
    const chord = (y: number): number => 4 * Math.sqrt((22 * 22 - y * y) * (25 - y * y));
    const bored = simpson((angle) => chord(5 * Math.sin(angle)) * 5 * Math.cos(angle), -Math.PI / 2, Math.PI / 2);
    // The kernel integrates over faces bounded by curves of intersection to some 1e-6 of the whole.
    expect(volume / (Math.PI * 22 * 22 * 60 - bored)).toBeCloseTo(1, 5);
    sameNames(names, 4);
  });

  it('pushes a face with rounded edges, and the rounds go with it', async () => {
    const { solids } = editing;
    // Round all over: its core, plates, quarter rods and a ball.
    const pillow = (height: number, r: number): number => {
      const [a, b, c] = [40 - 2 * r, 30 - 2 * r, height - 2 * r];
      return a * b * c + 2 * r * (a * b + b * c + c * a) + Math.PI * r * r * (a + b + c) + (4 / 3) * Math.PI * r ** 3;
    };
    const solid = solids.fillet(solids.box([0, 0, 0], [40, 30, 20]), 3, () => true);
    const top = only(facesWhere(look(solid), upward));
    const { volume, names, outcome } = await edited(solid, {
      kind: 'offset-face',
      faces: [faceNumber(top)],
      distance: 5,
    });
    expect(outcome.error).toBeUndefined();
    expect(volume).toBeCloseTo(pillow(25, 3), 4);
    sameNames(names, 26);
    // Only the edges of the top: their corners are mitred.
    const cap = solids.fillet(solids.box([0, 0, 0], [40, 30, 20]), 3, ([, , z]) => z > 19.9);
    const capTop = only(facesWhere(look(cap), upward));
    const lower = await edited(cap, { kind: 'offset-face', faces: [faceNumber(capTop)], distance: -5 });
    expect(lower.volume).toBeCloseTo(look(cap).mass.volume_mm3 - 40 * 30 * 5, EXACT);
    sameNames(lower.names, 10);
  });

  it('refuses to push a boss through the block that it stands on: that would be a hole', async () => {
    const { solids } = editing;
    const solid = solids.join(solids.box([0, 0, 0], [40, 30, 20]), solids.cylinder([10, 15, 20], [0, 0, 1], 4, 8));
    const top = only(facesWhere(look(solid), (face) => upward(face) && face.centroid_mm[2] > 27));
    const lower = await edited(solid, { kind: 'offset-face', faces: [faceNumber(top)], distance: -5 });
    expect(lower.volume).toBeCloseTo(24000 + Math.PI * 16 * 3, EXACT);
    const through = await edited(solid, { kind: 'offset-face', faces: [faceNumber(top)], distance: -12 });
    expect(through.outcome).toMatchObject({ state: 'failed', error: { code: 'direct.cannot-extend' } });
  });

  it('refuses what would leave nothing: no radius, or walls that meet before', async () => {
    const solid = drilled();
    const wall = only(facesWhere(look(solid), ({ type }) => type === 'cylinder'));
    const gone = await edited(solid, { kind: 'offset-face', faces: [faceNumber(wall)], distance: 5 });
    expect(gone.outcome).toMatchObject({ state: 'failed', error: { code: 'direct.no-radius-left' } });
    expect(gone.volume).toBeCloseTo(look(solid).mass.volume_mm3, 9);
    const block = editing.solids.box([0, 0, 0], [40, 40, 20]);
    const walls = facesWhere(look(block), ({ normal }) => Math.abs(normal![2]) < 0.1);
    const pointed = await edited(
      block,
      { kind: 'draft', faces: walls.map(faceNumber), neutral: { by: 'principal', plane: 'xy' }, angle: Math.PI / 18 },
      { kind: 'offset-face', faces: [faceNumber(only(facesWhere(look(block), upward)))], distance: 200 },
    );
    expect(pointed.outcome.error?.code).toBe('direct.face-vanishes');
  });
});

describe('putting a face on another plane', () => {
  it('tilts the top of a drilled block about its middle: the volume stays', async () => {
    const solid = drilled();
    const top = only(facesWhere(look(solid), upward));
    const lean = Math.PI / 18;
    const { volume, names, face } = await edited(solid, {
      kind: 'replace-face',
      faces: [faceNumber(top)],
      plane: {
        by: 'frame',
        origin_mm: [20, 15, 20],
        normal: [Math.sin(lean), 0, Math.cos(lean)],
        x: [0, 1, 0],
      },
    });
    // Cut obliquely, the hole's wall is integrated to 1e-12 of the whole.
    expect(volume).toBeCloseTo((40 * 30 - 25 * Math.PI) * 20, 5);
    expect(face(top).normal![0]).toBeCloseTo(Math.sin(lean), 9);
    sameNames(names, 7);
  });

  it('refuses a plane that stands across the face', async () => {
    const solid = drilled();
    const top = only(facesWhere(look(solid), upward));
    const { outcome } = await edited(solid, {
      kind: 'replace-face',
      faces: [faceNumber(top)],
      plane: { by: 'principal', plane: 'yz' },
    });
    expect(outcome.error?.code).toBe('direct.too-steep');
  });
});

describe('a hole of another size', () => {
  it('changes its wall and nothing else, and whatever refers to the rim still finds it', async () => {
    const solid = drilled();
    const wall = only(facesWhere(look(solid), ({ type }) => type === 'cylinder'));
    const top = only(facesWhere(look(solid), upward));
    const { volume, names, outcome } = await edited(
      solid,
      { kind: 'resize-hole', faces: [faceNumber(wall)], diameters: [14] },
      {
        kind: 'offset-face',
        faces: [faceNumber(top)],
        distance: 1,
      },
    );
    expect(outcome.state).toBe('ok');
    expect(volume).toBeCloseTo((40 * 30 - 49 * Math.PI) * 21, EXACT);
    sameNames(names, 7);
  });

  it('changes bore and counterbore, from the opening inwards', async () => {
    const solid = counterbored();
    const walls = facesWhere(look(solid), ({ type }) => type === 'cylinder');
    const { volume, names } = await edited(solid, {
      kind: 'resize-hole',
      faces: walls.map(faceNumber),
      diameters: [18, 10],
    });
    expect(volume).toBeCloseTo(24000 - Math.PI * (81 * 5 + 25 * 15), EXACT);
    sameNames(names, 9);
  });

  it('keeps the depth of a blind hole, and the angle of its point', async () => {
    const { solids } = editing;
    const angle = (59 * Math.PI) / 180;
    const drill = (radius: number): number =>
      Math.PI * radius ** 2 * 12 + (Math.PI * radius ** 3) / Math.tan(angle) / 3;
    const solid = solids.cut(
      solids.box([0, 0, 0], [40, 30, 20]),
      solids.cylinder([20, 15, 8], [0, 0, 1], 4, 13),
      solids.cone([20, 15, 8 - 4 / Math.tan(angle)], [0, 0, 1], 4, 4 / Math.tan(angle)),
    );
    expect(look(solid).mass.volume_mm3).toBeCloseTo(24000 - drill(4), EXACT);
    const wall = only(facesWhere(look(solid), ({ type }) => type === 'cylinder'));
    for (const radius of [5, 3]) {
      const { volume, names, outcome } = await edited(solid, {
        kind: 'resize-hole',
        faces: [faceNumber(wall)],
        diameters: [2 * radius],
      });
      expect(outcome.error).toBeUndefined();
      expect(volume).toBeCloseTo(24000 - drill(radius), EXACT);
      sameNames(names, 8);
    }
  });

  it('changes a countersink by the diameter of its opening', async () => {
    const { solids } = editing;
    // 90 degrees: as deep as its radius is larger than the bore's.
    const sunk = (bore: number, opening: number): number =>
      24000 -
      Math.PI * bore ** 2 * (20 - (opening - bore)) -
      (Math.PI * (opening - bore) * (bore ** 2 + opening ** 2 + bore * opening)) / 3;
    const solid = solids.cut(
      solids.box([0, 0, 0], [40, 30, 20]),
      solids.cylinder([20, 15, -1], [0, 0, 1], 3, 22),
      solids.cone([20, 15, 14], [0, 0, 1], 6, 6),
    );
    expect(look(solid).mass.volume_mm3).toBeCloseTo(sunk(3, 6), EXACT);
    const hole = facesWhere(look(solid), ({ type }) => type === 'cylinder' || type === 'cone');
    const both = await edited(solid, { kind: 'resize-hole', faces: hole.map(faceNumber), diameters: [16, 8] });
    expect(both.outcome.error).toBeUndefined();
    expect(both.volume).toBeCloseTo(sunk(4, 8), EXACT);
    sameNames(both.names, 8);
    const bore = await edited(solid, { kind: 'resize-hole', faces: hole.map(faceNumber), diameters: [8] });
    expect(bore.volume).toBeCloseTo(sunk(4, 6), EXACT);
  });

  it('wants one diameter for each bore, and a hole', async () => {
    const solid = counterbored();
    const walls = facesWhere(look(solid), ({ type }) => type === 'cylinder');
    const few = await edited(solid, { kind: 'resize-hole', faces: walls.map(faceNumber), diameters: [18] });
    expect(few.outcome.error?.code).toBe('hole.diameters');
    const { solids } = editing;
    const shaft = solids.cylinder([0, 0, 0], [0, 0, 1], 5, 10);
    const skin = only(facesWhere(look(shaft), ({ type }) => type === 'cylinder'));
    const none = await edited(shaft, { kind: 'resize-hole', faces: [faceNumber(skin)], diameters: [18] });
    expect(none.outcome.error?.code).toBe('hole.no-cylinder');
  });
});

describe('removing faces', () => {
  it('closes a hole and takes the fillets off, back to the block exactly', async () => {
    const { solids } = editing;
    const rounded = solids.fillet(
      drilled(),
      3,
      ([x, y, z]) => z > 19.9 && (x < 0.1 || x > 39.9 || y < 0.1 || y > 29.9),
    );
    const gone = facesWhere(look(rounded), ({ type }) => type !== 'plane');
    expect(gone).toHaveLength(5);
    const { volume, names, info } = await edited(rounded, { kind: 'delete-face', faces: gone.map(faceNumber) });
    expect(volume).toBeCloseTo(24000, EXACT);
    expect(info.faces).toHaveLength(6);
    expect(names.flat()).toHaveLength(6);
    expect(names.flat().every((name) => name.startsWith('feature_dumb01/'))).toBe(true);
  });

  it('says so when the faces around do not close the gap', async () => {
    const solid = drilled();
    const top = only(facesWhere(look(solid), upward));
    const { outcome, volume } = await edited(solid, { kind: 'delete-face', faces: [faceNumber(top)] });
    expect(outcome).toMatchObject({
      state: 'failed',
      error: { code: 'direct.not-removable', details: { faces: [`feature_dumb01/${top}`] } },
    });
    expect(volume).toBeCloseTo(look(solid).mass.volume_mm3, 9);
  });
});

describe('fillets of another radius', () => {
  const roundedBlock = (radius: number) =>
    editing.solids.fillet(editing.solids.box([0, 0, 0], [40, 30, 20]), radius, () => true);

  it('rounds one edge anew, and the fillet keeps its name', async () => {
    const { solids } = editing;
    const solid = solids.fillet(solids.box([0, 0, 0], [40, 30, 20]), 3, ([x, y]) => x < 0.1 && y < 0.1);
    const round = only(facesWhere(look(solid), ({ type }) => type === 'cylinder'));
    const { volume, names, face } = await edited(solid, {
      kind: 'resize-fillet',
      faces: [faceNumber(round)],
      radius: 6,
    });
    expect(volume).toBeCloseTo(24000 - (36 - 9 * Math.PI) * 20, EXACT);
    expect(face(round).radius_mm).toBeCloseTo(6, 9);
    sameNames(names, 7);
  });

  it('rounds a whole block anew, corners included', async () => {
    const solid = roundedBlock(3);
    const rounds = facesWhere(look(solid), ({ type }) => type !== 'plane');
    const { volume, names } = await edited(solid, {
      kind: 'resize-fillet',
      faces: rounds.map(faceNumber),
      radius: 5,
    });
    // Of a box rounded all over: its core, plates, quarter rods and a ball.
    const [a, b, c, r] = [30, 20, 10, 5];
    const whole =
      a * b * c + 2 * r * (a * b + b * c + c * a) + Math.PI * r * r * (a + b + c) + (4 / 3) * Math.PI * r ** 3;
    expect(volume).toBeCloseTo(whole, 4);
    sameNames(names, 26);
  });

  it('refuses a radius for which there is no room', async () => {
    const solid = roundedBlock(3);
    const rounds = facesWhere(look(solid), ({ type }) => type !== 'plane');
    const { outcome } = await edited(solid, { kind: 'resize-fillet', faces: rounds.map(faceNumber), radius: 12 });
    expect(outcome).toMatchObject({ state: 'failed', error: { hint: expect.stringMatching(/\w/) } });
  });
});

describe('moving faces', () => {
  const wallOf = (solid: TopoDS_Shape): number => only(facesWhere(look(solid), ({ type }) => type === 'cylinder'));

  it('shifts a hole across its block, and the volume stays', async () => {
    const solid = drilled();
    const wall = wallOf(solid);
    const { volume, face, names } = await edited(solid, {
      kind: 'move-face',
      faces: [faceNumber(wall)],
      translation: [6, -4, 0],
    });
    expect(volume).toBeCloseTo((40 * 30 - 25 * Math.PI) * 20, EXACT);
    const { origin_mm, direction } = face(wall).axis!;
    expect(Math.abs(direction[2])).toBeCloseTo(1, 9);
    expect(origin_mm.slice(0, 2)).toEqual([expect.closeTo(26, 9), expect.closeTo(11, 9)]);
    sameNames(names, 7);
  });

  it('moves a plane by the part of the way along its normal', async () => {
    const solid = drilled();
    const top = only(facesWhere(look(solid), upward));
    const { volume, names } = await edited(solid, {
      kind: 'move-face',
      faces: [faceNumber(top)],
      translation: [3, 2, 4],
    });
    expect(volume).toBeCloseTo((40 * 30 - 25 * Math.PI) * 24, EXACT);
    sameNames(names, 7);
  });

  it('tilts a plane about an axis in it', async () => {
    const block = editing.solids.box([0, 0, 0], [40, 30, 20]);
    const top = only(facesWhere(look(block), upward));
    const { volume, face } = await edited(block, {
      kind: 'move-face',
      faces: [faceNumber(top)],
      translation: [0, 0, 0],
      rotation: { axis: { by: 'line', origin_mm: [0, 0, 20], direction: [0, 1, 0] }, angle: -Math.PI / 18 },
    });
    // A wedge on the block, 40 mm long.
    expect(volume).toBeCloseTo(24000 + (40 * 40 * Math.tan(Math.PI / 18) * 30) / 2, EXACT);
    expect(face(top).normal![2]).toBeCloseTo(Math.cos(Math.PI / 18), 9);
  });

  it('moves a boss with all its faces', async () => {
    const { solids } = editing;
    const solid = solids.join(solids.box([0, 0, 0], [40, 30, 10]), solids.cylinder([10, 15, 10], [0, 0, 1], 4, 8));
    const boss = facesWhere(look(solid), ({ centroid_mm }) => centroid_mm[2] > 10.1);
    expect(boss).toHaveLength(2);
    const { volume, names, info } = await edited(solid, {
      kind: 'move-face',
      faces: boss.map(faceNumber),
      translation: [15, 0, 0],
    });
    expect(volume).toBeCloseTo(40 * 30 * 10 + Math.PI * 16 * 8, EXACT);
    expect(info.faces.find(({ type }) => type === 'cylinder')!.axis!.origin_mm[0]).toBeCloseTo(25, 9);
    sameNames(names, 8);
  });

  it('refuses to lift a hole off its surface, or to move it over the edge', async () => {
    const solid = drilled();
    const wall = faceNumber(wallOf(solid));
    const move = (translation: [number, number, number]) =>
      edited(solid, { kind: 'move-face', faces: [wall], translation });
    expect((await move([0, 0, 3])).outcome.error?.code).toBe('direct.leaves-surface');
    expect((await move([100, 0, 0])).outcome).toMatchObject({
      state: 'failed',
      error: { code: 'direct.moved-off', hint: expect.stringMatching(/\w/) },
    });
  });
});
