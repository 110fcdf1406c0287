/** What each kind of restraint, load and connection is for, what it may be put on, and its icon. */
import type { Connection, Load, Restraint, TopologyKind } from '../../../../preload/contract/index.ts';
import type { IconName } from '../../../ui/icons.tsx';

/** Which set of places of an item is meant. */
export type Side = 'on' | 'to' | 'opposite';

export interface KindDescription {
  label: string;
  /** One line for the editor. */
  about: string;
  icon: IconName;
  /** Empty: it acts on everything. */
  accepts: TopologyKind[];
  /** Where there are two sets of places: what each is, in the order of picking. */
  sides?: { side: Side; title: string }[];
  /** Works on all of the part where nothing is picked. */
  emptyMeansAll?: boolean;
}

const ANY: TopologyKind[] = ['face', 'edge', 'vertex'];
const FACES: TopologyKind[] = ['face'];
const kind = (
  label: string,
  about: string,
  icon: IconName,
  accepts: TopologyKind[],
  more: Pick<KindDescription, 'sides' | 'emptyMeansAll'> = {},
): KindDescription => ({ label, about, icon, accepts, ...more });

export const RESTRAINTS: Record<Restraint['kind'], KindDescription> = {
  fixed: kind('Fixed', 'No motion at all.', 'restraint', ANY),
  displacement: kind(
    'Displacement',
    'Held, or moved by a given amount, along chosen axes. An empty axis is free.',
    'restraint',
    ANY,
  ),
  symmetry: kind(
    'Symmetry or sliding',
    'No motion across the face: a plane of symmetry, a guide, a bore on a shaft.',
    'restraint',
    FACES,
  ),
  'elastic-support': kind('Elastic support', 'Springs spread over the face.', 'springs', FACES),
  'remote-displacement': kind(
    'Remote displacement',
    'The faces follow a point in space, which is held or moved and turned. An empty axis is free.',
    'remote',
    FACES,
  ),
  'cyclic-symmetry': kind(
    'Cyclic symmetry',
    'The part is one of equal sectors about an axis: its two cut sides move alike.',
    'cyclic',
    FACES,
    {
      sides: [
        { side: 'on', title: 'One cut side' },
        { side: 'opposite', title: 'The other cut side' },
      ],
    },
  ),
  temperature: kind('Temperature', 'Held at a temperature.', 'temperature', ANY),
};

export const LOADS: Record<Load['kind'], KindDescription> = {
  force: kind('Force', 'A total, spread evenly over what it is on.', 'load', ANY),
  pressure: kind('Pressure', 'Positive pushes into the face.', 'pressure', FACES),
  traction: kind('Traction', 'Force per area in a fixed direction.', 'load', FACES),
  moment: kind('Moment', 'A total about the centre of the faces.', 'moment', FACES),
  bearing: kind('Bearing load', 'A shaft or bolt pressing on one half of a bore.', 'load', FACES),
  'remote-force': kind('Remote force', 'A force at a point in space, carried to the faces.', 'remote', FACES),
  gravity: kind('Gravity', 'The weight of the whole part.', 'gravity', []),
  acceleration: kind(
    'Acceleration',
    'The part is accelerated by this much; its inertia pulls the other way.',
    'gravity',
    [],
  ),
  centrifugal: kind('Rotation', 'The part turns steadily about an axis and is pulled outward.', 'rotation', []),
  'body-temperature': kind(
    'Body temperature',
    'All of it has this temperature, and expands from the reference temperature.',
    'temperature',
    [],
  ),
  convection: kind(
    'Convection',
    'Heat passes to a fluid: film coefficient times the difference of temperature.',
    'convection',
    FACES,
  ),
  radiation: kind('Radiation', 'Heat is radiated to surroundings of a given temperature.', 'radiation', FACES),
  'heat-flux': kind('Heat flux', 'Heat per area; positive flows in.', 'heat', FACES),
  'heat-flow': kind('Heat flow', 'A total, spread evenly over the faces; positive flows in.', 'heat', FACES),
  'heat-generation': kind(
    'Heat generation',
    'Heat made per volume, in all bodies or in those that are picked.',
    'heat',
    ['body'],
    { emptyMeansAll: true },
  ),
};

export const CONNECTIONS: Record<Connection['kind'], KindDescription> = {
  'bonded-touching': kind(
    'Bond all that touches',
    'Faces of different bodies that touch are found and glued.',
    'bonded',
    [],
  ),
  bonded: kind(
    'Bonded faces',
    'Faces of two bodies move as if glued, whether their meshes match or not.',
    'bonded',
    FACES,
    {
      sides: [
        { side: 'on', title: 'Faces of one body' },
        { side: 'to', title: 'Faces of the other' },
      ],
    },
  ),
  rigid: kind('Rigid', 'What it is on moves as one rigid piece.', 'rigid', ANY),
  coupled: kind('Coupled', 'Every point has the same displacement along chosen axes.', 'coupled', ANY),
  bolt: kind('Bolt', 'Draws the faces under its head towards those that hold its thread or nut.', 'bolt', FACES, {
    sides: [
      { side: 'on', title: 'Under the head' },
      { side: 'to', title: 'At the thread or nut' },
    ],
  }),
  spring: kind('Spring', 'A spring between two sets of faces, each by the average of its motion.', 'spring', FACES, {
    sides: [
      { side: 'on', title: 'One end' },
      { side: 'to', title: 'The other end' },
    ],
  }),
};
