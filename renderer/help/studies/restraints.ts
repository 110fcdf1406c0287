import { AXIS, COUPLING, MOTION, ON, ON_FACES, POINT, ROTATION } from './shared.ts';
import type { RestraintPages } from './types.ts';

export const RESTRAINT_PAGES: RestraintPages = {
  fixed: {
    title: 'Fixed',
    summary: 'No motion at all.',
    about:
      'A stiff mounting: welded, or bolted to something far stiffer. The stress at the rim of a clamped face is singular: it grows with every finer mesh, and is named so in the result.',
    fields: { on: ON },
  },
  displacement: {
    title: 'Displacement',
    summary: 'Held, or moved by a given amount, along the global axes.',
    about: 'An axis with 0 is held, one with a value is moved by it, an empty one is free.',
    fields: { on: ON, ...MOTION },
  },
  symmetry: {
    title: 'Symmetry or sliding',
    summary: 'No motion across the face; motion along it is free.',
    about:
      'For a plane of symmetry (solve half of the part), a guide, or a bore on a shaft. In a modal study only the shapes that are symmetric too are found.',
    fields: { on: ON_FACES },
  },
  'elastic-support': {
    title: 'Elastic support',
    summary: 'Springs spread over the face.',
    about: 'For a foundation, a rubber mount, or a neighbour that gives way.',
    fields: {
      on: ON_FACES,
      normal_N_mm3: { label: 'Across the face', words: 'Stiffness per area against motion along the normal.' },
      tangential_N_mm3: { label: 'Along the face', words: 'Stiffness per area against sliding.' },
    },
  },
  'remote-displacement': {
    title: 'Remote displacement',
    summary: 'The faces follow a point in space that is held, moved or turned.',
    about:
      'For a ball joint (rotations left empty), a shaft’s bearing (rotation about the shaft left empty), or a lever that is not drawn.',
    fields: { on: ON_FACES, point_mm: POINT, coupling: COUPLING, ...MOTION, ...ROTATION },
  },
  'cyclic-symmetry': {
    title: 'Cyclic symmetry',
    summary: 'The part is one of equal sectors about an axis: its two cut sides move alike.',
    about:
      'For impellers, flanges and wheels under loads that repeat from sector to sector. The two cut sides must be the same shape, turned by the angle of one sector.',
    fields: {
      on: { label: 'One cut side', words: 'The faces where the sector is cut.' },
      opposite: { label: 'The other cut side', words: 'The same faces, one sector further round.' },
      axis: AXIS,
      sectors: { label: 'Sectors', words: 'How many make up the whole.' },
    },
  },
  temperature: {
    title: 'Temperature',
    summary: 'What it is on is held at a temperature.',
    about: 'Heat flows in or out there as needed to keep it; how much is in the result.',
    fields: {
      on: ON,
      temperature_degC: { label: 'Temperature', words: 'In any unit: 80 °C, 353 K, 176 °F.' },
      curve: { label: 'Changes in time', words: 'A factor on the temperature in °C, by time; straight lines between.' },
    },
  },
};
