/** Sketch, reference geometry and bodies from profiles. */
import { AXIS, BODIES, EXTENT, OPERATION, PATH, PLANE, PROFILE, REVERSE } from './shared.ts';
import type { FeaturePages } from './types.ts';

export const SOLID_PAGES: FeaturePages<
  'sketch' | 'datum-plane' | 'extrude' | 'revolve' | 'sweep' | 'loft' | 'rib' | 'hole'
> = {
  sketch: {
    title: 'Sketch',
    summary: 'Lines, arcs and other curves on a plane, held together by constraints and dimensions.',
    about:
      'Draw roughly, then say what must hold: constraints and dimensions move the curves. A sketch that is fully defined has no degrees of freedom left and cannot change by accident. Closed outlines become profiles of other features.',
    fields: {
      plane: PLANE,
      entities: {
        label: 'Curves',
        words: 'Points, lines, circles, arcs, ellipses and splines. Construction curves only help; they bound nothing.',
      },
      constraints: {
        label: 'Constraints',
        words: 'What must hold between the curves, and the dimensions, whose values may be expressions.',
      },
    },
  },
  'datum-plane': {
    title: 'Datum plane',
    summary: 'A plane to sketch on, mirror about or measure a draft from, where the part has no face.',
    about: 'It has no limits and adds nothing to the body. Everything made on it follows when it moves.',
    fields: {
      plane: PLANE,
      tilt: {
        label: 'Tilt',
        words: 'Turned about an axis that lies in the plane.',
        parts: { axis: AXIS, angle: { label: 'Angle', words: 'How far it is turned.' } },
      },
    },
  },
  extrude: {
    title: 'Extrude',
    summary: 'Moves a profile along its normal and fills the way.',
    about:
      'The usual first step: a closed sketch becomes a block. With Cut it takes material away. Without a sketch in hand, the command first asks for a plane and begins one.',
    fields: {
      profile: PROFILE,
      operation: OPERATION,
      extent: EXTENT,
      direction: {
        label: 'Direction',
        words: 'Along the normal of the plane, against it, or half to each side.',
        choices: { normal: 'Normal', reverse: 'Reverse', symmetric: 'Both sides' },
      },
      second: { ...EXTENT, label: 'Second side', words: 'How far it goes to the other side as well.' },
      draft: {
        label: 'Draft',
        words: 'The sides lean inwards by this angle towards the end; negative leans outwards.',
      },
      bodies: BODIES,
    },
  },
  revolve: {
    title: 'Revolve',
    summary: 'Turns a profile about an axis and fills the way.',
    about:
      'For shafts, flanges, vessels. The axis may touch the profile but must not cross it. A construction line of the sketch makes a good axis.',
    fields: {
      profile: PROFILE,
      operation: OPERATION,
      axis: AXIS,
      angle: { label: 'Angle', words: 'How far it is turned; 360 deg closes it.' },
      symmetric: { label: 'Both sides', words: 'Half of the angle to each side of the profile.' },
      bodies: BODIES,
    },
  },
  sweep: {
    title: 'Sweep',
    summary: 'Moves a profile along a path and fills the way.',
    about:
      'For pipes, seals, handles. The path should begin in the plane of the profile; bends tighter than the profile is wide cut into themselves and fail.',
    fields: {
      profile: PROFILE,
      path: PATH,
      operation: OPERATION,
      twist: { label: 'Twist', words: 'How far the profile turns about the path over its whole length.' },
      bodies: BODIES,
    },
  },
  loft: {
    title: 'Loft',
    summary: 'Blends from one profile to the next.',
    about: 'For transitions: a round end to a square one, a wing. Give the profiles in order; similar ones blend best.',
    fields: {
      sections: { label: 'Sections', words: 'Two or more profiles, in the order in which they are joined.' },
      operation: OPERATION,
      ruled: { label: 'Straight', words: 'Joined by straight lines instead of smoothly.' },
      bodies: BODIES,
    },
  },
  rib: {
    title: 'Rib',
    summary: 'A thin wall from an open sketch line to the material.',
    about: 'Draw the line of the rib’s outer edge: the wall grows from it until it meets the body.',
    fields: {
      path: {
        ...PATH,
        words: 'The line of the rib: a chain of sketch curves, open or closed. It need not reach the body.',
      },
      thickness: { label: 'Thickness', words: 'Of the wall, half to each side of the line.' },
      direction: {
        label: 'Direction',
        words: 'In the plane of the sketch towards the material, or along the normal of the plane.',
        choices: { 'in-plane': 'In the plane', normal: 'Normal' },
      },
      reverse: REVERSE,
      bodies: BODIES,
    },
  },
  hole: {
    title: 'Hole',
    summary: 'Drilled holes by standard or by size, at the points of a sketch.',
    about:
      'Sizes come from tables: clearance and tapping sizes of ISO and ASME screws. A hole is drilled against the normal of its sketch’s plane, so sketch on the face that it enters.',
    fields: {
      sketch: { label: 'Sketch', words: 'The sketch with the places of the holes.' },
      points: {
        label: 'Points',
        words: 'Which points are drilled. With none chosen: its free points and the centres of its circles.',
      },
      standard: {
        label: 'Standard',
        words: 'Where the sizes come from.',
        choices: { iso: 'ISO', asme: 'ASME', custom: 'Own sizes' },
      },
      type: {
        label: 'Type',
        words: 'What the hole is for.',
        choices: {
          simple: 'Simple',
          clearance: 'Clearance',
          tapped: 'Tapped',
          counterbore: 'Counterbore',
          countersink: 'Countersink',
        },
      },
      size: { label: 'Size', words: 'Of the screw: M6, M10, 1/4-20. Simple holes and own sizes have none.' },
      fit: {
        label: 'Fit',
        words: 'How much larger than the screw a clearance hole is.',
        choices: { close: 'Close', normal: 'Normal', loose: 'Loose' },
      },
      diameter: { label: 'Diameter', words: 'Of the bore. Instead of the one from the table, where there is one.' },
      extent: {
        label: 'Depth',
        words: 'How deep it goes.',
        choices: { 'through-all': 'Through all', depth: 'To a depth' },
        parts: {
          depth: { label: 'Depth', words: 'To the end of the full diameter.' },
          tip: {
            label: 'Drill point',
            words: 'Angle of the cone at the end, 118 deg for most drills. Flat without it.',
          },
        },
      },
      counterbore: {
        label: 'Counterbore',
        words: 'The wider cylinder at the opening. Taken from the table when it is left out.',
        parts: {
          diameter: { label: 'Diameter', words: 'Of the counterbore.' },
          depth: { label: 'Depth', words: 'Of the counterbore.' },
        },
      },
      countersink: {
        label: 'Countersink',
        words: 'The cone at the opening. Taken from the table when it is left out.',
        parts: {
          diameter: { label: 'Diameter', words: 'Of the cone at the face.' },
          angle: { label: 'Angle', words: 'Full angle of the cone: 90 deg for ISO, 82 deg for ASME screws.' },
        },
      },
      reverse: { label: 'Reverse', words: 'Drilled along the normal of the plane instead of against it.' },
      bodies: BODIES,
    },
  },
};
