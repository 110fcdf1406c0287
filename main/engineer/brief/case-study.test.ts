import { expect, it } from 'vitest';
import { parseStudyConditions } from '../../physics/index.ts';
import { studyText } from './case-study.ts';
import { readBrief } from './read-brief.ts';

const modalOf = (requirements: string[], more = '') => {
  const brief = readBrief(`name: Table
materials: [Al 6061-T6]
concepts: [{part: l-bracket, vary: {thickness: [4 mm, 10 mm]}, faces: {foot: "faces <Z"}}]
cases:
  shaking: {type: modal, restraints: [{on: foot, fix: all}]${more}}
requirements: [${requirements.join(', ')}]
`);
  return parseStudyConditions(studyText(brief.cases[0]!, { foot: ['faces <Z'] }, null, brief)).study.modal;
};

it('as many modes are found as are asked for, and two more for close pairs', () => {
  expect(modalOf(['first_frequency >= 100 Hz'])).toEqual({ modes: 3 });
  expect(modalOf(['first_frequency >= 100 Hz', 'frequency(4) >= 300 Hz in "shaking"'])).toEqual({ modes: 6 });
});

it('modes that the case itself asks for stay', () => {
  expect(modalOf(['first_frequency >= 100 Hz'], ', modes: 8')).toEqual({ modes: 8 });
});
