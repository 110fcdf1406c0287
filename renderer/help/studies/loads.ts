import { AMBIENT, AXIS, COUPLING, CURVE, ON, ON_FACES, POINT } from './shared.ts';
import type { LoadPages } from './types.ts';

const FORCE = { label: 'Force', words: 'Along X, Y and Z; beside the heading is its size.' };
const ACCELERATION = { label: 'Acceleration', words: 'Along X, Y and Z. 1 g is 9.81 m/s²; “1 g” may be typed.' };

export const LOAD_PAGES: LoadPages = {
  force: {
    title: 'Force',
    summary: 'A total force, spread evenly over what it is on.',
    about: 'Over the area of faces or the length of edges. Under a force at a single vertex the stress is singular.',
    fields: { on: ON, force_N: FORCE, curve: CURVE },
  },
  pressure: {
    title: 'Pressure',
    summary: 'Force per area, across the face.',
    about: 'Positive pushes into the face, negative pulls.',
    fields: { on: ON_FACES, pressure_MPa: { label: 'Pressure', words: 'Per area, across the face.' }, curve: CURVE },
  },
  traction: {
    title: 'Traction',
    summary: 'Force per area in a fixed direction.',
    about: 'For drag, friction, or a pressure that does not act across the face.',
    fields: { on: ON_FACES, traction_MPa: { label: 'Traction', words: 'Along X, Y and Z.' }, curve: CURVE },
  },
  moment: {
    title: 'Moment',
    summary: 'A total moment about the centre of the faces.',
    about: 'Carried as forces that grow with the distance from the centre.',
    fields: {
      on: ON_FACES,
      moment_N_mm: { label: 'Moment', words: 'About X, Y and Z, right-handed.' },
      curve: CURVE,
    },
  },
  bearing: {
    title: 'Bearing load',
    summary: 'A shaft or bolt pressing on one half of a bore.',
    about: 'Spread as a cosine over the pressed half. What lies along the axis of the bore is refused.',
    fields: { on: { label: 'On', words: 'Cylindrical faces of one bore.' }, force_N: FORCE, curve: CURVE },
  },
  'remote-force': {
    title: 'Remote force',
    summary: 'A force and moment at a point in space, carried to the faces.',
    about: 'For what pulls at a lever that is not drawn.',
    fields: {
      on: ON_FACES,
      force_N: FORCE,
      point_mm: POINT,
      moment_N_mm: { label: 'Moment with it', words: 'About X, Y and Z, at the same point.' },
      coupling: COUPLING,
      curve: CURVE,
    },
  },
  gravity: {
    title: 'Gravity',
    summary: 'The weight of the whole part.',
    about: 'Density times this acceleration, everywhere. Down is −Z at first.',
    fields: { acceleration_mm_s2: ACCELERATION, curve: CURVE },
  },
  acceleration: {
    title: 'Acceleration',
    summary: 'The part is accelerated by this much; its inertia pulls the other way.',
    about: 'For a braking car or a shock that is slow against the part’s own vibration.',
    fields: { acceleration_mm_s2: ACCELERATION, curve: CURVE },
  },
  centrifugal: {
    title: 'Rotation',
    summary: 'The part turns steadily about an axis and is pulled outward.',
    about: 'For rotors, flywheels, wheels.',
    fields: {
      axis: AXIS,
      speed_rad_s: { label: 'Speed', words: 'In any unit: 3000 rpm, 314 rad/s.' },
      curve: CURVE,
    },
  },
  'body-temperature': {
    title: 'Body temperature',
    summary: 'All of it has this temperature, and expands from the reference temperature.',
    about: 'For a part that is warm throughout. For temperatures that vary, take them from a thermal study.',
    fields: { temperature_degC: { label: 'Temperature', words: 'Of all bodies.' }, curve: CURVE },
  },
  convection: {
    title: 'Convection',
    summary: 'Heat passes between the face and a fluid.',
    about:
      'Film coefficient times the difference of temperature. In still air about 5 to 10 W/(m²·K), in a blower’s 20 to 100, in water 500 and more.',
    fields: {
      on: ON_FACES,
      film_W_m2K: { label: 'Film coefficient', words: 'Heat per area and degree of difference.' },
      ambient_degC: AMBIENT,
      curve: CURVE,
    },
  },
  radiation: {
    title: 'Radiation',
    summary: 'Heat is radiated to large surroundings of one temperature.',
    about:
      'Emissivity times the Stefan–Boltzmann constant times the difference of the fourth powers. Faces do not see one another.',
    fields: {
      on: ON_FACES,
      emissivity: {
        label: 'Emissivity',
        words: 'From nearly 0 (polished metal, 0.05) to 1 (black). Paint, oxide and plastics: 0.8 to 0.95.',
      },
      ambient_degC: AMBIENT,
      curve: CURVE,
    },
  },
  'heat-flux': {
    title: 'Heat flux',
    summary: 'Heat per area.',
    about: 'Positive flows in, negative out.',
    fields: { on: ON_FACES, flux_W_m2: { label: 'Flux', words: 'Per area.' }, curve: CURVE },
  },
  'heat-flow': {
    title: 'Heat flow',
    summary: 'A total power, spread evenly over the faces.',
    about: 'For a chip or a heater: what it gives off. Positive flows in.',
    fields: { on: ON_FACES, power_W: { label: 'Power', words: 'All of it, over all the faces.' }, curve: CURVE },
  },
  'heat-generation': {
    title: 'Heat generation',
    summary: 'Heat made within the bodies, per volume.',
    about: 'For a winding, a conductor, a curing resin.',
    fields: {
      on: { label: 'On', words: 'The bodies. With none picked, all of them.' },
      generation_W_m3: { label: 'Generation', words: 'Power per volume.' },
      curve: CURVE,
    },
  },
};
