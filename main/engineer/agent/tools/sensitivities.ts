/** What each dimension does to a study's answer. */
import * as v from 'valibot';
import type { Functional, SensitivityAnswer, StudyRecord } from '../../../../preload/contract/index.ts';
import { figure } from './figures.ts';
import { StudyName } from './inputs.ts';
import { finish, studyOf, viewOf } from './project-view.ts';
import { defineTool } from './tool.ts';

const SensitivityInput = v.strictObject({ study: v.optional(StudyName) });

/** What a study's sensitivities are asked of where nobody said. */
function askedOf(study: StudyRecord): Functional[] {
  switch (study.study) {
    case 'modal':
      return [{ quantity: 'mass' }, { quantity: 'frequency', mode: 1 }];
    case 'buckling':
      return [{ quantity: 'mass' }, { quantity: 'buckling', mode: 1 }];
    case 'thermal':
      return [{ quantity: 'mass' }, { quantity: 'temperature' }];
    default:
      return [{ quantity: 'mass' }, { quantity: 'stress' }, { quantity: 'compliance' }];
  }
}

export const readSensitivities = defineTool({
  name: 'read_sensitivities',
  title: 'What each dimension does',
  description:
    'How mass, stress, stiffness (or frequency, temperature) of a study change with each dimension of the part: exact gradients of its solution.',
  input: SensitivityInput,
  effect: 'nothing',
  solves: true,
  run: async (context, { study: said }) => {
    const study = studyOf(await viewOf(context), said);
    context.countSolve();
    const { jobId } = await context.client['studies.sensitivities']({ studyId: study.id, functionals: askedOf(study) });
    const { summary } = (await finish(context, jobId)) as SensitivityAnswer;
    const told = summary.functionals.map(({ name, value, unit, variables }) => {
      const strongest = variables
        .map((each) => ({
          ...each,
          percent:
            (100 * each.perUnit * (summary.variables.find((one) => one.name === each.name)?.value ?? 0) * 0.1) / value,
        }))
        .sort((a, b) => Math.abs(b.percent) - Math.abs(a.percent));
      return { name, value, unit, strongest };
    });
    return {
      text: told
        .map(
          ({ name, value, unit, strongest }) =>
            `${name} (${figure(value, unit)}), if a dimension grows by 10 %: ${strongest
              .slice(0, 3)
              .map((each) => `${each.name} ${each.percent > 0 ? '+' : '−'}${figure(Math.abs(each.percent), '%', 2)}`)
              .join(', ')}.`,
        )
        .join(' '),
      data: {
        study: study.name,
        functionals: told.map(({ strongest, ...rest }) => ({ ...rest, variables: strongest })),
        leftOut: summary.leftOut,
      },
    };
  },
});

export const SENSITIVITY_TOOLS = [readSensitivities];
