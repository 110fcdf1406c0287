/** What each kind of restraint and load is for, what it may be put on, and its icon. */
import type { Load, Restraint, TopologyKind } from '../../../preload/contract/index.ts';
import type { IconName } from '../../ui/icons.tsx';

interface KindDescription {
  label: string;
  /** One line for the add menu and the editor. */
  about: string;
  icon: IconName;
  /** Empty: it acts on everything. */
  accepts: TopologyKind[];
}

const ANY: TopologyKind[] = ['face', 'edge', 'vertex'];

export const RESTRAINTS: Record<Restraint['kind'], KindDescription> = {
  fixed: { label: 'Fixed', about: 'No motion at all.', icon: 'restraint', accepts: ANY },
  displacement: {
    label: 'Displacement',
    about: 'Held, or moved by a given amount, along chosen axes. An empty axis is free.',
    icon: 'restraint',
    accepts: ANY,
  },
  symmetry: {
    label: 'Symmetry or sliding',
    about: 'No motion across the face: a plane of symmetry, a guide, a bore on a shaft.',
    icon: 'restraint',
    accepts: ['face'],
  },
  'elastic-support': {
    label: 'Elastic support',
    about: 'Springs spread over the face.',
    icon: 'restraint',
    accepts: ['face'],
  },
  'remote-displacement': {
    label: 'Remote displacement',
    about: 'The faces follow a point in space, which is held or moved and turned.',
    icon: 'restraint',
    accepts: ['face'],
  },
  'cyclic-symmetry': {
    label: 'Cyclic symmetry',
    about: 'The part is one of equal sectors about an axis: its two cut sides move alike.',
    icon: 'restraint',
    accepts: ['face'],
  },
  temperature: { label: 'Temperature', about: 'Held at a temperature.', icon: 'restraint', accepts: ANY },
};

export const LOADS: Record<Load['kind'], KindDescription> = {
  force: { label: 'Force', about: 'A total, spread evenly over what it is on.', icon: 'load', accepts: ANY },
  pressure: { label: 'Pressure', about: 'Positive pushes into the face.', icon: 'pressure', accepts: ['face'] },
  traction: { label: 'Traction', about: 'Force per area in a fixed direction.', icon: 'load', accepts: ['face'] },
  moment: { label: 'Moment', about: 'A total about the centre of the faces.', icon: 'moment', accepts: ['face'] },
  bearing: {
    label: 'Bearing load',
    about: 'A shaft or bolt pressing on one half of a bore.',
    icon: 'load',
    accepts: ['face'],
  },
  'remote-force': {
    label: 'Remote force',
    about: 'A force at a point in space, carried to the faces without stiffening them.',
    icon: 'load',
    accepts: ['face'],
  },
  gravity: { label: 'Gravity', about: 'The weight of the whole part.', icon: 'gravity', accepts: [] },
  acceleration: {
    label: 'Acceleration',
    about: 'The part is accelerated by this much; its inertia pulls the other way.',
    icon: 'gravity',
    accepts: [],
  },
  centrifugal: {
    label: 'Rotation',
    about: 'The part turns steadily about an axis and is pulled outward.',
    icon: 'moment',
    accepts: [],
  },
  'body-temperature': {
    label: 'Body temperature',
    about: 'All of it has this temperature, and expands from the reference temperature.',
    icon: 'load',
    accepts: [],
  },
  convection: {
    label: 'Convection',
    about: 'Heat passes to a fluid: film coefficient times the difference of temperature.',
    icon: 'load',
    accepts: ['face'],
  },
  radiation: {
    label: 'Radiation',
    about: 'Heat is radiated to surroundings of a given temperature.',
    icon: 'load',
    accepts: ['face'],
  },
  'heat-flux': { label: 'Heat flux', about: 'Heat per area; positive flows in.', icon: 'load', accepts: ['face'] },
  'heat-flow': {
    label: 'Heat flow',
    about: 'A total, spread evenly over the faces; positive flows in.',
    icon: 'load',
    accepts: ['face'],
  },
  'heat-generation': {
    label: 'Heat generation',
    about: 'Heat made per volume, in all bodies or in those that are picked.',
    icon: 'load',
    accepts: ['body'],
  },
};
