import { CONDUCTANCE, ON, TOLERANCE } from './shared.ts';
import type { ConnectionPages } from './types.ts';

export const CONNECTION_PAGES: ConnectionPages = {
  bonded: {
    title: 'Bonded faces',
    summary: 'Faces of two bodies move as if glued, whether their meshes match or not.',
    about: 'For welds, glue, press fits that do not slip. Nothing can open or slide.',
    fields: {
      on: { label: 'Faces of one body', words: 'Best those of the softer or finer body.' },
      to: { label: 'Faces of the other', words: 'The faces that they are joined to.' },
      tolerance_mm: TOLERANCE,
      conductance_W_m2K: CONDUCTANCE,
    },
  },
  'bonded-touching': {
    title: 'Bond all that touches',
    summary: 'All faces of different bodies that touch are found and glued.',
    about: 'The quick way for a part of many bodies. What was joined is listed in the result.',
    fields: { tolerance_mm: TOLERANCE, conductance_W_m2K: CONDUCTANCE },
  },
  rigid: {
    title: 'Rigid',
    summary: 'What it is on moves as one rigid piece.',
    about: 'For a plate or hub that is far stiffer than the rest. Several faces become one piece.',
    fields: { on: ON },
  },
  coupled: {
    title: 'Coupled',
    summary: 'Every point of what it is on has the same displacement along chosen axes.',
    about: 'For a face that must stay flat, or edges that are led by the same slide.',
    fields: {
      on: ON,
      axes: { label: 'Along', words: 'The axes along which all points move alike; the others stay free.' },
    },
  },
  bolt: {
    title: 'Bolt',
    summary: 'Draws the faces under its head towards those that hold its thread or nut.',
    about:
      'The bolt itself is not drawn: its stiffness is that of a shank between the two, and it is tightened to the preload before the loads act. What it carries then is in the result.',
    fields: {
      on: { label: 'Under the head', words: 'The face that the head or its washer presses on.' },
      to: { label: 'At the thread or nut', words: 'The bore that holds the thread, or the face under the nut.' },
      diameter_mm: { label: 'Diameter', words: 'Of the shank.' },
      young_MPa: { label: 'Young’s modulus', words: 'Of the bolt: 205 GPa for steel.' },
      preload_N: { label: 'Preload', words: 'The force that it is tightened to.' },
    },
  },
  spring: {
    title: 'Spring',
    summary: 'A spring between two sets of faces, each by the average of its motion.',
    about: 'For what joins two bodies and is not drawn: a mount, a strut.',
    fields: {
      on: { label: 'One end', words: 'Faces that it is fastened to.' },
      to: { label: 'The other end', words: 'Faces that it is fastened to.' },
      stiffness_N_mm: { label: 'Stiffness', words: 'Along X, Y and Z; 0 where it gives no force.' },
    },
  },
};
