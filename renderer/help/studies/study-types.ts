/** A page for each type of study, and one for materials. */
import { STUDY_TYPES, type StudyType } from '../../../preload/contract/index.ts';
import { STUDY_TYPE_WORDS } from '../../panels/studies/kinds/study-types.ts';
import type { FieldHelp, HelpPage } from '../types.ts';
import { SETTING_HELP } from './settings.ts';

const ABOUT: Record<StudyType, string[]> = {
  static: [
    'Hold the part by restraints, load it, choose a material, and solve. The result has stress and deformation with an estimate of their error.',
    'Several sets of loads are solved at one go: add load cases, each with factors on the loads, and combinations of solved cases.',
  ],
  modal: [
    'No restraint is needed: a free part shows six motions without strain at 0 Hz, then its own shapes.',
    'The size of a mode’s displacement means nothing; its shape does. The effective mass says how much of the part moves along each axis.',
  ],
  harmonic: [
    'All loads swing in phase at the same frequency. The answer is made of the natural modes, so the range should lie well within those that are superposed.',
  ],
  buckling: [
    'Needs restraints and loads, as a static study does. The factor is on all loads together: at 1 the part buckles under the loads as they are.',
    'Real parts buckle earlier than the perfect one that is solved: keep a margin.',
  ],
  thermal: [
    'Something must set a temperature: a held temperature, convection or radiation. Heat that flows in elsewhere must be able to leave there.',
    'Faces with nothing on them let no heat pass.',
  ],
  'transient-thermal': [
    'Begins at one temperature everywhere and goes on to the end. Loads may change in time: open one and give it a curve.',
    'The material needs a conductivity, a specific heat and a density.',
  ],
  'thermal-stress': [
    'Temperatures come from a thermal study of the same part, from one temperature for all, or from heat loads of this study. Loads may act as well.',
    'Where the part is free to expand, temperature alone gives no stress.',
  ],
};

const READS: Record<StudyType, (keyof typeof SETTING_HELP)[]> = {
  static: [
    'cases',
    'combinations',
    'inertiaRelief',
    'largeDisplacement',
    'temperatures',
    'referenceTemperature_degC',
    'sensitivities',
  ],
  modal: ['modal', 'sensitivities'],
  harmonic: ['harmonic'],
  buckling: ['buckling', 'sensitivities'],
  thermal: ['sensitivities'],
  'transient-thermal': ['transient'],
  'thermal-stress': ['temperatures', 'referenceTemperature_degC'],
};

const entriesOf = ({ label, words, parts }: FieldHelp): { name: string; words: string }[] => [
  { name: label, words },
  ...Object.values(parts ?? {}).map((part) => ({ name: `${label}: ${part.label}`, words: part.words })),
];

export const STUDY_PAGES: HelpPage[] = [
  ...STUDY_TYPES.map((type): HelpPage => {
    const { name, about } = STUDY_TYPE_WORDS[type];
    return {
      id: `study:${type}`,
      title: name,
      group: 'Studies',
      paragraphs: [about, ...ABOUT[type]],
      entries: READS[type].flatMap((setting) => entriesOf(SETTING_HELP[setting])),
    };
  }),
  {
    id: 'study:mesh',
    title: 'Mesh of a study',
    group: 'Studies',
    paragraphs: [
      'The part is divided into tetrahedra with curved sides. Left alone, their size follows the accuracy, the size of the part and its curvature.',
    ],
    entries: [
      {
        name: 'Accuracy',
        words: 'Draft for a first look, default within a per cent, fine for numbers that are reported.',
      },
      { name: 'Element size', words: 'The largest edge of an element. Left empty, it is chosen.' },
      {
        name: 'Elements',
        words: 'Quadratic ones; linear ones are much too stiff in bending, and only for comparison.',
      },
      {
        name: 'Refine until',
        words:
          'The mesh is made finer where the error is, until the figures change by less than this. Singular stress is left out of it, and named.',
      },
      { name: 'Refine somewhere', words: 'A smaller size at faces, edges, vertices or in bodies.' },
    ],
  },
  {
    id: 'study:assembly',
    title: 'Several parts together',
    group: 'Studies',
    paragraphs: [
      'Select several parts, or an assembly that holds them, and make a study: they are solved as one, each where it stands. With nothing selected it is of the whole assembly.',
      'Faces are picked on any of the parts. A selector looks through all of them, or through one: faces of "bolt" >Z.',
      'Parts are bonded where they touch, until something else is said under Connections. What was found is listed beside the result, with the area and the force of each.',
      'Each body is of its part’s material; Materials of bodies says otherwise. A part that is moved, changed or removed puts the result out of date.',
    ],
    entries: [
      { name: 'Take out', words: 'The part stays in the assembly, and is left out of the study.' },
      { name: 'Add the selected', words: 'Parts that are selected in the tree or in the view join the study.' },
    ],
  },
  {
    id: 'study:materials',
    title: 'Materials',
    group: 'Studies',
    paragraphs: [
      'A part has one material; in a study, single bodies may be of another. Materials of the project can be changed; those of the library are copied into the project for that.',
      'A direction-dependent (orthotropic) material has its own constants along three axes. How the axes lie in each body is set in the study.',
    ],
    entries: [
      { name: 'E₁, E₂, E₃', words: 'Young’s moduli along the material’s axes.' },
      { name: 'ν₁₂, ν₂₃, ν₃₁', words: 'ν₁₂ is the contraction along 2 under stress along 1.' },
      { name: 'G₁₂, G₂₃, G₃₁', words: 'Shear moduli in the planes of two axes.' },
      {
        name: 'Changes with temperature',
        words:
          'A table takes the place of the single value: straight lines between its rows, the last value beyond them. Rows can be pasted from a spreadsheet.',
      },
      { name: 'Expansion', words: 'Secant coefficient: from the temperature free of strain to the one in question.' },
    ],
  },
];
