/** The form changes a brief by its structure: what it does not touch stays to the letter. */
import { describe, expect, it } from 'vitest';
import {
  problemsAbout,
  readContent,
  requirementParts,
  requirementText,
  withCaseName,
  withFaceName,
  withValue,
} from './brief-document.ts';

const BRIEF = `# Under the shelf.
name: Shelf bracket
process: milling # the shop has a mill
materials: [Al 6061-T6, Steel S235JR]
concepts:
  - part: l-bracket
    set: {width: 70 mm}
    vary:
      thickness: [4 mm, 10 mm] # of both legs
      gauge: {choices: [5 mm, 6 mm]}
    faces:
      wall: "faces >Y"
      shelf: faces <Y
cases:
  # The front edge.
  shelf load:
    restraints: [{on: wall, fix: all}]
    loads: [{on: shelf, force: [0, 0, -800]}]
requirements:
  - max(von_mises) <= yield / 1.5 in "shelf load"
objective: minimise mass
`;

describe('the form of a brief', () => {
  it('reads what is there', () => {
    expect(readContent(BRIEF)).toMatchObject({
      name: 'Shelf bracket',
      process: 'milling',
      quantity: '',
      materials: ['Al 6061-T6', 'Steel S235JR'],
      concepts: [
        {
          kind: 'part',
          of: 'l-bracket',
          vary: [
            { variable: 'thickness', range: { low: '4 mm', high: '10 mm' } },
            { variable: 'gauge', range: { choices: '5 mm, 6 mm' } },
          ],
          faces: [
            { name: 'wall', on: 'faces >Y' },
            { name: 'shelf', on: 'faces <Y' },
          ],
        },
      ],
      cases: [
        {
          name: 'shelf load',
          type: 'static',
          restraints: [{ on: 'wall', kind: 'fix', value: 'all' }],
          loads: [{ on: 'shelf', kind: 'force', value: '[0, 0, -800]' }],
        },
      ],
      objectives: ['minimise mass'],
    });
    expect(readContent('a: [')).toBeNull();
    expect(readContent('- a\n- b\n')).toBeNull();
    expect(readContent('')).toMatchObject({ name: '', concepts: [] });
  });

  it('changes one value and no other letter', () => {
    expect(withValue(BRIEF, ['concepts', 0, 'vary', 'thickness', 1], '12 mm')).toBe(
      BRIEF.replace('[4 mm, 10 mm]', '[4 mm, 12 mm]'),
    );
    expect(withValue(BRIEF, ['process'], 'casting')).toBe(BRIEF.replace('process: milling #', 'process: casting #'));
    expect(withValue(BRIEF, ['cases', 'shelf load', 'loads', 0, 'force', 2], -900)).toBe(BRIEF.replace('-800', '-900'));
    expect(withValue(BRIEF, ['quantity'], 50)).toBe(`${BRIEF}quantity: 50\n`);
    expect(withValue(BRIEF, ['concepts', 0, 'set'], undefined)).toBe(BRIEF.replace('    set: {width: 70 mm}\n', ''));
    expect(withValue('', ['name'], 'New')).toBe('name: New\n');
  });

  it('calls things otherwise wherever they are spoken of', () => {
    expect(withCaseName(BRIEF, 'shelf load', 'books')).toBe(
      BRIEF.replace('shelf load:', 'books:').replace('in "shelf load"', 'in "books"'),
    );
    expect(withFaceName(BRIEF, 0, 'wall', 'back')).toBe(
      BRIEF.replace('wall: "faces', 'back: "faces').replace('on: wall', 'on: back'),
    );
    // One name for two things: nothing is done.
    expect(withFaceName(BRIEF, 0, 'wall', 'shelf')).toBe(BRIEF);
  });

  it('takes requirements apart and puts them together again', () => {
    const written = 'max(displacement.z on tip) >= 0.2 mm in "a load"';
    expect(requirementParts(written)).toEqual({
      quantity: 'max(displacement.z on tip)',
      comparison: '>=',
      limit: '0.2 mm',
      case: 'a load',
    });
    expect(requirementText(requirementParts(written)!)).toBe(written);
    expect(requirementParts('1 <= mass <= 2')).toBeNull();
    expect(requirementParts('mass')).toBeNull();
  });

  it('finds what is said about a thing', () => {
    const problems = ['case "a": nothing loads the part.', '"mass <= x": unknown word.', 'It allows no material.'];
    expect(problemsAbout(problems, 'a')).toEqual([problems[0]]);
    expect(problemsAbout(problems, 'mass <= x', /no material/)).toEqual(problems.slice(1));
    expect(problemsAbout(problems, '')).toEqual([]);
  });
});
