/** `artificer surrogate list|data|train|predict|validate`: models learnt from solved designs. */
import { type Command, usageError } from '../output.ts';
import { data } from './data.ts';
import { list } from './list.ts';
import { predict } from './predict.ts';
import { train } from './train.ts';
import { validate } from './validate.ts';

const SUBCOMMANDS = { list, data, train, predict, validate };
const isSubcommand = (name: string | undefined): name is keyof typeof SUBCOMMANDS =>
  name !== undefined && Object.hasOwn(SUBCOMMANDS, name);

export const surrogate: Command = {
  name: 'surrogate',
  usage: 'surrogate list|data|train|predict|validate ...',
  summary: 'models learnt from solved designs, which say how far they can be trusted',
  run(args, io) {
    const [name, ...rest] = args;
    if (!isSubcommand(name))
      return Promise.reject(
        usageError(
          name === undefined ? '`surrogate` takes what is to be done.' : `\`surrogate\` cannot ${name}.`,
          Object.values(SUBCOMMANDS)
            .map(({ usage }) => `artificer ${usage}`)
            .join('\n'),
        ),
      );
    return SUBCOMMANDS[name].run(rest, io);
  },
};
