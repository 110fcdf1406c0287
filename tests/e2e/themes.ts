export type Theme = 'light' | 'dark';

/** Pictures are taken in both themes; without them one is enough, since what a flow does is the same in each. */
export const themesOf = (usual: Theme): readonly Theme[] =>
  process.env['ARTIFICER_PICTURES'] ? ['light', 'dark'] : [usual];
