/** Optima with closed forms, as briefs: what the search has to find. Units mm, N, MPa, W. */
import type { DesignProblem } from './problem.ts';

export interface Textbook extends DesignProblem {
  source: string;
  /** Mass of the closed-form optimum, kg. */
  mass_kg: number;
}

// Young's modulus, yield and density of the library's Al 6061-T6 are read by the caller, so that both sides use the same.
export interface TextbookMaterial {
  young_MPa: number;
  poisson: number;
  density_kg_m3: number;
}

const BOX = (name: string, faces: string) => `import { part } from 'artificer';
export default part('${name}', { about: 'A block of a benchmark.' }, (p) => {
${faces}
});
`;

/**
 * Cantilever of rectangular section b x h and length L. Pulled down it may deflect by v: 4 F L^3 / (E b h^3) <= v. Pulled
 * aside its stress is bounded: 6 Q L / (h b^2) <= s. Along b h^3 = 4 F L^3 / (E v) the area falls with h, along
 * h b^2 = 6 Q L / s it rises with h, so that the least area is where both hold: b^5 = (6 Q L / s)^3 / (4 F L^3 / (E v)).
 */
export function cantilever({ young_MPa, density_kg_m3 }: TextbookMaterial): Textbook {
  const [L, F, Q, v, s] = [200, 300, 150, 1.2, 120];
  const stiff = (4 * F * L ** 3) / (young_MPa * v);
  const strong = (6 * Q * L) / s;
  const b = (strong ** 3 / stiff) ** 0.2;
  const h = strong / b ** 2;
  return {
    name: 'cantilever',
    source: 'Gere, Timoshenko, Mechanics of Materials, 4th ed., 5.5 and 9.3: sigma = M c / I, v = F L^3 / (3 E I)',
    mass_kg: b * h * L * density_kg_m3 * 1e-9,
    script: BOX(
      'Cantilever',
      `  const width = p.length('width', 14, { minimum: 6, maximum: 24 });
  const height = p.length('height', 22, { minimum: 10, maximum: 40 });
  const outline = p.sketch('section', 'yz', (s) => { s.centredRectangle([0, 0], [width, height]); });
  p.extrude('beam', outline, { distance: ${L} });`,
    ),
    brief: `
name: Cantilever
materials: [Al 6061-T6]
concepts:
  - {part: cantilever, vary: {width: [6 mm, 24 mm], height: [10 mm, 40 mm]}, faces: {root: "faces <X", tip: "faces >X"}}
cases:
  down: {restraints: [{on: root, fix: all}], loads: [{on: tip, force: [0, 0, -${F}]}]}
  aside: {restraints: [{on: root, fix: all}], loads: [{on: tip, force: [0, ${Q}, 0]}]}
requirements:
  - max(displacement) <= ${v} mm in "down"
  - max(von_mises) <= ${s} MPa in "aside"
objective: minimise mass
`,
  };
}

/**
 * Thick cylinder, bore radius a, pressure p, held along its axis (plane strain). At the bore the stresses are -p,
 * p (k^2 + 1) / (k^2 - 1) and nu times their sum; von Mises' equivalent falls with k = b / a, so that the least k meets it.
 */
export function thickCylinder({ poisson, density_kg_m3 }: TextbookMaterial): Textbook {
  const [a, p, s, length] = [20, 60, 160, 10];
  const equivalent = (k: number): number => {
    const [radial, hoop] = [-p, (p * (k * k + 1)) / (k * k - 1)];
    const axial = poisson * (radial + hoop);
    return Math.sqrt(((radial - hoop) ** 2 + (hoop - axial) ** 2 + (axial - radial) ** 2) / 2);
  };
  let [low, high] = [1.01, 5];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (equivalent(middle) > s) low = middle;
    else high = middle;
  }
  const volume = (Math.PI / 4) * a * a * (high * high - 1) * length;
  return {
    name: 'thick cylinder',
    source: 'G. Lame; Timoshenko, Goodier, Theory of Elasticity, 3rd ed., art. 28',
    mass_kg: volume * density_kg_m3 * 1e-9,
    script: BOX(
      'Quarter of a cylinder',
      `  const wall = p.length('wall', 20, { minimum: 4, maximum: 30 });
  const r = ${a} + wall.value;
  const outline = p.sketch('quarter', 'xy', (s) => {
    s.outline([${a}, 0]).lineTo([r, 0], { id: 'flat' }).arcTo([0, r], { centre: [0, 0], id: 'outside' })
      .lineTo([0, ${a}], { id: 'upright' }).arcTo([${a}, 0], { centre: [0, 0], clockwise: true, id: 'bore' });
  });
  p.extrude('body', outline, { distance: ${length} });`,
    ),
    brief: `
name: Thick cylinder
materials: [Al 6061-T6]
leave_out: 0.1 mm
concepts:
  - part: cylinder
    vary: {wall: [4 mm, 30 mm]}
    faces: {planes: ["faces <X", "faces <Y", "faces <Z", "faces >Z"], bore: "face body/side(bore)"}
cases:
  filled: {restraints: [{on: planes, symmetry: true}], loads: [{on: bore, pressure: ${p} MPa}]}
requirements:
  - max(von_mises) <= ${s} MPa
objective: minimise mass
`,
  };
}

/**
 * Rectangular fin of width w that has to give off q at a root no warmer than theta above the air, from both of its sides and
 * not from its tip: q = w sqrt(2 h k t) theta tanh(m L), m^2 = 2 h / (k t). For a given q the area t L is least where
 * tanh(b) = 3 b / cosh(b)^2 with b = m L = 1.4192 (the best fin of a given profile area has the same).
 */
export function rectangularFin(material: TextbookMaterial & { conductivity_W_mK: number }): Textbook {
  const { conductivity_W_mK: k, density_kg_m3 } = material;
  const [w, film, theta, q] = [0.01, 100, 60, 5];
  let [low, high] = [1, 2];
  for (let i = 0; i < 100; i++) {
    const b = (low + high) / 2;
    if (Math.tanh(b) < (3 * b) / Math.cosh(b) ** 2) low = b;
    else high = b;
  }
  // In m.
  const t = (q / (w * theta * Math.tanh(low))) ** 2 / (2 * film * k);
  const L = low * Math.sqrt((k * t) / (2 * film));
  return {
    name: 'rectangular fin',
    source:
      'D. Q. Kern, A. D. Kraus, Extended Surface Heat Transfer, 1972; F. P. Incropera, D. P. DeWitt, Fundamentals of Heat and Mass Transfer, 6th ed., 3.6',
    mass_kg: t * L * w * density_kg_m3,
    script: BOX(
      'Fin',
      `  const length = p.length('length', ${(1200 * L).toFixed(1)}, { minimum: ${(400 * L).toFixed(1)}, maximum: ${(2500 * L).toFixed(1)} });
  const thickness = p.length('thickness', ${(1400 * t).toFixed(2)}, { minimum: ${(400 * t).toFixed(3)}, maximum: ${(3000 * t).toFixed(2)} });
  const outline = p.sketch('section', 'xy', (s) => { s.rectangle([0, 0], [length, thickness]); });
  p.extrude('fin', outline, { distance: ${1000 * w} });`,
    ),
    brief: `
name: Fin
materials: [Al 6061-T6]
concepts:
  - part: fin
    vary: {length: [${(400 * L).toFixed(1)} mm, ${(2500 * L).toFixed(1)} mm], thickness: [${(400 * t).toFixed(3)} mm, ${(3000 * t).toFixed(2)} mm]}
    faces: {root: "faces <X", sides: ["faces <Y", "faces >Y"]}
cases:
  hot:
    type: thermal
    loads: [{on: root, heat_flow: ${q} W}, {on: sides, convection: {film: ${film} W/(m^2 K), ambient: 20 degC}}]
requirements:
  - max(temperature) <= ${20 + theta} degC
objective: minimise mass
`,
  };
}

/**
 * Three bars from a wall to one joint, upright and at 45 degrees to both sides, each a bar of one thickness: a force P pulls
 * at 45 degrees, from the one side or from the other. With stress s in all bars the least volume has
 * A1 = (1 + 1 / sqrt 3) / 2 P / s = 0.7887 P / s and A2 = P / (sqrt 6 s) = 0.4082 P / s (upright); the upright bar is not
 * fully stressed. The body's bars do bend a little where they are joined, so that stress is read in their middles; where the
 * bars overlap at the joint, some of their volume is there once only.
 */
export function threeBarTruss({ density_kg_m3 }: TextbookMaterial): Textbook {
  const [P, s, H, depth] = [2400, 100, 400, 4];
  const [outer, upright] = [((1 + 1 / Math.sqrt(3)) / 2) * (P / s), P / (Math.sqrt(6) * s)];
  const volume = H * (2 * Math.SQRT2 * outer + upright);
  const [probeX, probeY] = [H / 2, H / 2];
  const f = (P * Math.SQRT1_2).toFixed(6);
  return {
    name: 'three-bar truss',
    source: 'L. A. Schmit, Structural Design by Systematic Synthesis, 2nd ASCE Conf. Electronic Computation, 1960',
    mass_kg: volume * density_kg_m3 * 1e-9,
    script: BOX(
      'Three bars',
      `  const outer = p.length('outer', 6, { minimum: 2, maximum: 12 });
  const upright = p.length('upright', 4, { minimum: 1, maximum: 12 });
  const bar = (name: string, x: number, width: number) => {
    const shape = p.sketch(name + ' outline', 'xy', (s) => {
      // Cut off level at the wall: across, a leaning bar is wider by its slope.
      const half = (width / 2) * Math.hypot(x, ${H}) / ${H};
      s.polyline([[-half, 0], [half, 0], [x + half, ${H}], [x - half, ${H}]], { closed: true });
    });
    return p.extrude(name, shape, { distance: ${depth}, direction: 'symmetric' });
  };
  bar('upright', 0, upright.value);
  bar('left', ${-H}, outer.value);
  bar('right', ${H}, outer.value);`,
    ),
    brief: `
name: Three bars
materials: [Al 6061-T6]
concepts:
  - {part: truss, vary: {outer: [2 mm, 12 mm], upright: [1 mm, 12 mm]}, faces: {wall: "faces >Y", joint: "faces <Y"}}
cases:
  pulled right:
    restraints: [{on: wall, fix: all}]
    loads: [{on: joint, force: [${f}, -${f}, 0]}]
    probes:
      - {name: left bar, at: [${-probeX}, ${probeY}, 0], quantity: von_mises}
      - {name: middle bar, at: [0, ${probeY}, 0], quantity: von_mises}
requirements:
  - probe(left bar) <= ${s} MPa
  - probe(middle bar) <= ${s} MPa
objective: minimise mass
`,
  };
}
