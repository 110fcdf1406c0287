/**
 * Design problems whose numbers are closed forms: a search can be tried on them without a kernel and without a solver. They
 * bend, jump from one governing place to another, choose from lists and scatter, as numbers of a mesh do. Lengths in mm,
 * forces in N, stresses in MPa, masses in kg.
 */
import { randomStream } from '../../../surrogates/index.ts';
import type { DesignVariable } from '../../concepts/concept.ts';

export interface AnalyticProblem {
  name: string;
  source: string;
  /** Without scatter: the least of 1.6 million designs of random walks with steps of all sizes, to 0.2 % where there are eight variables. */
  lightest_kg: number;
  variables: DesignVariable[];
  requirements: {
    comparison: '<=' | '>=';
    limit: number;
    /** That the number scatters by from mesh to mesh, as a share: its standard deviation. */
    scatter: number;
  }[];
  /** In the order of the requirements, then the mass. */
  numbers(values: readonly number[]): number[];
}

const STRESS = 0.005;
const SMOOTH = 0.0005;
const atMost = (limit: number, scatter: number) => ({ comparison: '<=' as const, limit, scatter });
const atLeast = (limit: number, scatter: number) => ({ comparison: '>=' as const, limit, scatter });
const range = (name: string, minimum: number, maximum: number, start = (minimum + maximum) / 2): DesignVariable => ({
  name,
  unit: 'mm',
  kind: 'range',
  minimum,
  maximum,
  start,
});
const choices = (name: string, values: number[], start: number): DesignVariable => ({
  name,
  unit: '1',
  kind: 'choices',
  choices: values,
  start,
});

/** Aluminium 6061-T6. */
const [YOUNG, DENSITY] = [68_900, 2.7e-6];
const POISSON = 0.33;

/** Pulled down its tip's deflection is bounded, pulled aside its stress. */
const cantilever: AnalyticProblem = {
  name: 'cantilever',
  lightest_kg: 0.103706,
  source: 'Gere, Timoshenko, Mechanics of Materials, 4th ed., 5.5 and 9.3',
  variables: [range('width', 6, 24, 14), range('height', 10, 40, 22)],
  requirements: [atMost(1.2, SMOOTH), atMost(120, STRESS)],
  numbers: ([b, h]) => [
    (4 * 300 * 200 ** 3) / (YOUNG * b! * h! ** 3),
    (6 * 150 * 200) / (h! * b! ** 2),
    b! * h! * 200 * DENSITY,
  ],
};

/** Two outer bars at 45 degrees and an upright one between them; the force comes from either side. One number: the worst stress. */
const threeBars: AnalyticProblem = {
  name: 'three-bar truss',
  lightest_kg: 0.0684018,
  source: 'L. A. Schmit, Structural Design by Systematic Synthesis, 1960',
  variables: [range('outer', 2, 12, 6), range('upright', 1, 12, 4)],
  requirements: [atMost(100, STRESS)],
  numbers: ([outer, upright]) => {
    const [force, length, depth] = [2400, 400, 4];
    const [a, b] = [outer! * depth, upright! * depth];
    const all = a * a * Math.SQRT2 + 2 * a * b;
    const stresses = [(force * (a * Math.SQRT2 + b)) / all, (force * Math.SQRT2 * a) / all];
    return [Math.max(...stresses), length * (2 * Math.SQRT2 * a + b) * DENSITY];
  },
};

/** A thick cylinder between two clamped plates that must hold a volume: stresses at the bore and at the rim of the plates. */
const pressureVessel: AnalyticProblem = {
  name: 'pressure vessel',
  lightest_kg: 0.351475,
  source:
    'S. Timoshenko, J. N. Goodier, Theory of Elasticity, art. 28; S. Timoshenko, Theory of Plates and Shells, art. 16',
  variables: [
    range('radius', 20, 60, 40),
    range('length', 60, 300, 150),
    range('wall', 2, 12, 6),
    range('plate', 4, 25, 12),
  ],
  requirements: [atMost(150, STRESS), atMost(150, STRESS), atLeast(5e5, 0)],
  numbers: ([radius, length, wall, plate]) => {
    const pressure = 15;
    const k = (radius! + wall!) / radius!;
    const [radial, hoop, axial] = [-pressure, (pressure * (k * k + 1)) / (k * k - 1), pressure / (k * k - 1)];
    const shell = Math.sqrt(((radial - hoop) ** 2 + (hoop - axial) ** 2 + (axial - radial) ** 2) / 2);
    const outside = radius! + wall!;
    const metal = Math.PI * ((outside ** 2 - radius! ** 2) * length! + 2 * outside ** 2 * plate!);
    return [shell, 0.75 * pressure * (radius! / plate!) ** 2, Math.PI * radius! ** 2 * length!, metal * DENSITY];
  },
};

/** Straight fins on a base that spreads the heat of a small source: natural draught that dwindles in narrow gaps. */
const heatSink: AnalyticProblem = {
  name: 'heat sink',
  lightest_kg: 0.0600785,
  source: 'Incropera, DeWitt, Fundamentals of Heat and Mass Transfer, 6th ed., 3.6 and 9.7 (Elenbaas)',
  variables: [
    range('base', 2, 12, 5),
    range('fin height', 10, 60, 25),
    range('fin thickness', 0.8, 4, 2),
    choices('fins', [4, 5, 6, 7, 8, 9, 10, 12, 14, 16], 8),
  ],
  requirements: [atMost(85, 0.001)],
  numbers: ([base, height, thickness, fins]) => {
    const [size, power, conductivity, ambient] = [0.09, 14, 167, 25];
    const [t, h, b] = [thickness! / 1000, height! / 1000, base! / 1000];
    const gap = (size - fins! * t) / (fins! - 1);
    // Of a channel of this width at about 50 K over the air, with the Rayleigh number by gap over height of the channel.
    const rayleigh = (9.81 * (1 / 320) * 50 * gap ** 3 * gap) / (size * 1.8e-5 * 2.5e-5);
    const film = ((0.028 / gap) * rayleigh * (1 - Math.exp(-35 / rayleigh)) ** 0.75) / 24 + 5;
    const m = Math.sqrt((2 * film) / (conductivity * t));
    const efficiency = Math.tanh(m * h) / (m * h);
    const area = fins! * 2 * h * size * efficiency + size * (size - fins! * t);
    // Spread from a source of 20 mm in the middle of the base.
    const spreading = Math.log(size / 0.02) / (2 * Math.PI * conductivity * b);
    const volume = size * 1000 * (size * 1000 * base! + fins! * height! * thickness!);
    return [ambient + power * (1 / (film * area) + spreading), volume * DENSITY];
  },
};

/** A welded I-section: bending stress, deflection, and the slenderness of web and flanges. */
const beamSection: AnalyticProblem = {
  name: 'I-section',
  lightest_kg: 4.27542,
  source: 'Gere, Timoshenko, Mechanics of Materials, 4th ed., 5.5 and 9.3; slenderness after EN 1999-1-1, 6.1.4',
  variables: [
    range('height', 40, 160, 90),
    range('width', 20, 100, 60),
    range('web', 1.5, 10, 5),
    range('flange', 2, 15, 7),
  ],
  requirements: [atMost(110, STRESS), atMost(6, SMOOTH), atMost(40, 0), atMost(9, 0)],
  numbers: ([height, width, web, flange]) => {
    const [force, length] = [4000, 1200];
    const clear = height! - 2 * flange!;
    const inertia = (width! * height! ** 3 - (width! - web!) * clear ** 3) / 12;
    return [
      (force * length * height!) / (2 * inertia),
      (force * length ** 3) / (3 * YOUNG * inertia),
      clear / web!,
      (width! - web!) / (2 * flange!),
      (2 * width! * flange! + clear * web!) * length * DENSITY,
    ];
  },
};

/** A simply supported plate with ribs one way: the first frequency, the deflection under pressure, stress in rib or skin. */
const ribbedPlate: AnalyticProblem = {
  name: 'ribbed plate',
  lightest_kg: 0.636046,
  source: 'S. Timoshenko, Theory of Plates and Shells, art. 90 and 92 (Huber); first terms of the series',
  variables: [
    range('skin', 1.5, 8, 4),
    range('rib height', 5, 40, 15),
    range('rib thickness', 1.5, 8, 4),
    choices('ribs', [2, 3, 4, 5, 6, 8, 10], 4),
  ],
  requirements: [atLeast(140, SMOOTH), atMost(0.8, SMOOTH), atMost(60, STRESS)],
  numbers: ([skin, height, thickness, ribs]) => {
    const [a, b, pressure] = [400, 300, 0.02];
    const spacing = b / (ribs! + 1);
    const plate = (YOUNG * skin! ** 3) / (12 * (1 - POISSON ** 2));
    // A T of one rib and the skin beside it, about its own neutral axis.
    const [skinArea, ribArea] = [spacing * skin!, height! * thickness!];
    const axis = (ribArea * (skin! + height!)) / 2 / (skinArea + ribArea);
    const inertia =
      (spacing * skin! ** 3 + thickness! * height! ** 3) / 12 +
      skinArea * axis ** 2 +
      ribArea * ((skin! + height!) / 2 - axis) ** 2;
    const along = (YOUNG * inertia) / spacing;
    const stiffness = along / a ** 4 + (2 * plate) / (a * b) ** 2 + plate / b ** 4;
    const mass = (a * b * skin! + ribs! * a * ribArea) * DENSITY;
    // Mass in tonnes over mm^2.
    const frequency = (Math.PI / 2) * Math.sqrt(stiffness / (mass / 1000 / (a * b)));
    const deflection = (16 * pressure) / (Math.PI ** 6 * stiffness);
    const curvature = deflection * (Math.PI / a) ** 2;
    const ribTip = YOUNG * curvature * (skin! / 2 + height! - axis);
    const skinAcross = (pressure * spacing ** 2) / 2 / skin! ** 2;
    return [frequency, deflection, Math.max(ribTip, skinAcross), mass];
  },
};

/** A hollow arm with a weight at its tip: frequency, stress, and the wall as it dents. */
const hollowArm: AnalyticProblem = {
  name: 'hollow arm',
  lightest_kg: 0.117159,
  source:
    'R. D. Blevins, Formulas for Natural Frequency and Mode Shape, 1979, table 8-8; R. J. Roark, 6th ed., table 35',
  variables: [range('height', 12, 50, 25), range('width', 8, 40, 20), range('wall', 0.8, 4, 2)],
  requirements: [atLeast(90, SMOOTH), atMost(80, STRESS), atMost(26, 0)],
  numbers: ([height, width, wall]) => {
    const [length, tip, force] = [320, 0.35e-3, 60];
    const area = height! * width! - (height! - 2 * wall!) * (width! - 2 * wall!);
    const inertia = (bend: number, across: number): number =>
      (across * bend ** 3 - (across - 2 * wall!) * (bend - 2 * wall!) ** 3) / 12;
    const [up, aside] = [inertia(height!, width!), inertia(width!, height!)];
    const mass = area * length * DENSITY;
    const moving = tip + 0.2427 * (mass / 1000);
    const frequency = Math.sqrt((3 * YOUNG * Math.min(up, aside)) / (moving * length ** 3)) / (2 * Math.PI);
    const stress = force * length * (height! / (2 * up) + (0.4 * width!) / (2 * aside));
    return [frequency, stress, Math.max(height!, width!) / wall!, mass];
  },
};

/** Four steps of rectangular section: one number for the worst stress of all, one for the tip, one for how slender they are. */
const steppedCantilever: AnalyticProblem = {
  name: 'stepped cantilever',
  lightest_kg: 2.45332,
  source: 'G. N. Vanderplaats, Numerical Optimization Techniques for Engineering Design, 1984, with four steps',
  variables: [0, 1, 2, 3].flatMap((step) => [
    range(`width ${step + 1}`, 8, 40, 20),
    range(`height ${step + 1}`, 20, 120, 60),
  ]),
  requirements: [atMost(80, STRESS), atMost(5, SMOOTH), atMost(8, 0)],
  numbers: (values) => {
    const [force, step] = [2500, 200];
    let [volume, deflection, stress, slender] = [0, 0, 0, 0];
    for (let i = 0; i < 4; i++) {
      const [b, h] = [values[2 * i]!, values[2 * i + 1]!];
      const [far, near] = [step * (4 - i), step * (3 - i)];
      stress = Math.max(stress, (6 * force * far) / (b * h ** 2));
      slender = Math.max(slender, h / b);
      deflection += (4 * force * (far ** 3 - near ** 3)) / (YOUNG * b * h ** 3);
      volume += b * h * step;
    }
    return [stress, deflection, slender, volume * DENSITY];
  },
};

export const ANALYTIC_PROBLEMS: readonly AnalyticProblem[] = [
  cantilever,
  threeBars,
  hollowArm,
  pressureVessel,
  heatSink,
  beamSection,
  ribbedPlate,
  steppedCantilever,
];

/** The numbers of a design as a mesh would give them: the same design scatters alike, its neighbours do not. */
export function scattered({ requirements, numbers }: AnalyticProblem, values: readonly number[]): number[] {
  const exact = numbers(values);
  let hash = 0x811c9dc5;
  for (const letter of values.join('|')) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  const random = randomStream(hash);
  return exact.map((value, k) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return value * (1 + (requirements[k]?.scatter ?? 0) * normal);
  });
}
