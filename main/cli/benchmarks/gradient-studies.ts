/** Six sample parts with loads and restraints, for checks of gradients: what is asked of each, and which dimensions change. */
import type { Functional, Load, Reference, Restraint } from '../../../preload/contract/index.ts';

export interface GradientStudy {
  /** Key of the sample part. */
  part: string;
  restraints: Restraint[];
  loads: Load[];
  /** Element size, mm: coarse, since the gradient is that of the mesh whatever its size. */
  size_mm: number;
  variables: string[];
  functionals: Functional[];
  /** Static where left out. */
  kind?: 'modal' | 'thermal';
}
type StaticStudy = Omit<GradientStudy, 'functionals' | 'kind'> & {
  probe: Extract<Functional, { quantity: 'displacement' }>;
};

const on = (...selectors: string[]): Reference[] => selectors.map((selector) => ({ by: 'selector', selector }));
const fixed = (selector: string): Restraint => ({ id: 'held', name: 'held', kind: 'fixed', on: on(selector) });
const probe = (at_mm: [number, number, number], direction: [number, number, number]): StaticStudy['probe'] => ({
  quantity: 'displacement',
  at_mm,
  direction,
});
const load = { id: 'load', name: 'load' };

const STUDIES: StaticStudy[] = [
  {
    part: 'l-bracket',
    restraints: [fixed('faces >Y')],
    loads: [{ ...load, kind: 'force', on: on('faces <Y'), force_N: [0, 0, -800] }],
    size_mm: 14,
    variables: ['thickness', 'rib_thickness', 'inner_radius', 'depth'],
    probe: probe([0, -60, 6], [0, 0, -1]),
  },
  {
    part: 'robot-link',
    restraints: [fixed('faces near (0, 0, 0)')],
    loads: [
      {
        ...load,
        kind: 'remote-force',
        on: on('faces near (260, 0, 0)'),
        force_N: [0, 300, -500],
        point_mm: [330, 0, 20],
      },
    ],
    size_mm: 24,
    variables: ['web', 'wall', 'arm_width'],
    probe: probe([289, 0, 0], [0, 0, -1]),
  },
  {
    part: 'flange',
    restraints: [fixed('faces >Z')],
    loads: [{ ...load, kind: 'pressure', on: on('faces <Z'), pressure_MPa: 4 }],
    size_mm: 24,
    variables: ['thickness', 'pipe_wall', 'bolt_circle'],
    probe: probe([80, 0, 18], [0, 0, 1]),
  },
  {
    part: 'bearing-housing',
    restraints: [{ ...fixed('faces <Z'), kind: 'elastic-support', normal_N_mm3: 500, tangential_N_mm3: 200 }],
    loads: [
      { ...load, kind: 'force', on: on('faces >Z'), force_N: [2000, 500, -6000] },
      { id: 'weight', name: 'weight', kind: 'gravity', acceleration_mm_s2: [0, 0, -9810] },
    ],
    size_mm: 26,
    variables: ['wall', 'centre_height', 'depth'],
    probe: probe([0, 0, 100], [1, 0, 0]),
  },
  {
    part: 'manifold-block',
    restraints: [fixed('faces <Z')],
    loads: [{ ...load, kind: 'traction', on: on('faces >Z'), traction_MPa: [2, 1, -5] }],
    size_mm: 26,
    variables: ['depth', 'height', 'gallery_diameter'],
    probe: probe([0, 0, 60], [1, 0, 0]),
  },
  {
    part: 'spur-gear',
    restraints: [fixed('faces near (0, 0, 0)')],
    loads: [{ ...load, kind: 'moment', on: on('faces >Z'), moment_N_mm: [0, 0, 40_000] }],
    size_mm: 20,
    variables: ['face_width', 'bore'],
    probe: probe([40, 0, 10], [0, 1, 0]),
  },
];

export const GRADIENT_STUDIES: GradientStudy[] = STUDIES.map(({ probe: tip, ...study }) => ({
  ...study,
  functionals: [{ quantity: 'mass' }, { quantity: 'compliance' }, tip, { quantity: 'stress' }],
}));

/** The same parts and restraints, vibrating. */
export const FREQUENCY_STUDIES: GradientStudy[] = STUDIES.map(({ probe: _, ...study }) => ({
  ...study,
  kind: 'modal',
  loads: [],
  functionals: [{ quantity: 'frequency' }, { quantity: 'frequency', mode: 3 }],
}));

/** The same parts, cold where they are held and heated where they were loaded. */
export const TEMPERATURE_STUDIES: GradientStudy[] = STUDIES.map(({ probe: { at_mm }, loads, ...study }) => ({
  ...study,
  kind: 'thermal',
  restraints: study.restraints.map(({ id, name, on: faces }) => ({
    id,
    name,
    kind: 'temperature',
    on: faces,
    temperature_degC: 20,
  })),
  loads: loads.flatMap((each): Load[] => {
    if (!('on' in each) || each.on.length === 0) return [];
    const { id, name, on: faces } = each;
    return [
      { id, name, kind: 'heat-flow', on: faces, power_W: 40 },
      { id: 'air', name: 'air', kind: 'convection', on: faces, film_W_m2K: 200, ambient_degC: 15 },
      { id: 'glow', name: 'glow', kind: 'radiation', on: faces, emissivity: 0.8, ambient_degC: 15 },
    ];
  }),
  functionals: [{ quantity: 'temperature' }, { quantity: 'temperature', at_mm }],
}));
