import { z } from 'zod';
import { flag, mapping, oneOf, scalar, scalarList, section, text, textLike } from './fields.ts';
import { parseReach, reachGrammar } from './reaches.ts';

const name = textLike(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable', 'Name of an environment variable.');

const reaches = z
  .string({ error: `expected one of ${reachGrammar.join(', ')}` })
  .refine((reach) => parseReach(reach) !== undefined, { error: `expected one of ${reachGrammar.join(', ')}` })
  .describe(`Where the value can be seen from outside: ${reachGrammar.join(', ')}.`);

/** One environment variable of the worker. */
const variableSchema = section(
  {
    default: scalar('What the worker uses when the variable is not set.').optional(),
    allowed: scalarList('The only values the worker accepts.').min(1, { error: 'expected at least one value' }).optional(),
    type: oneOf(['integer', 'boolean', 'url', 'path', 'string'], 'What the value is read as.').optional(),
    required: flag('The worker must refuse to start without it, naming it.').default(false),
    secret: flag('The value must never be seen in logs, histories or files.').default(false),
    reaches: reaches.optional(),
    from: textLike(/^[A-Za-z][\w-]*\.\w+$/, 'a place of a service, such as llm.url', 'The harness sets it to this place of a ' +
      'service: NAME.url, or NAME.host, NAME.port, NAME.user, NAME.password, NAME.database where it has them.').optional(),
    value: scalar('The harness always sets it to this; it is not varied. May hold {service.NAME.url} and the like.').optional(),
    example: scalar('A valid value other than the default, to see it honoured.').optional(),
    invalid: scalarList('Values that the worker must refuse to start with, naming the variable.').default([]),
    description: text('For the reader.').optional(),
  },
  'One environment variable of the worker.',
);

/** The environment variables of the worker, by name. */
export const environmentSchema = mapping(name, variableSchema, 'The environment variables of the worker, by name.');

/** One environment variable of the contract, defaults filled in; values are text, whatever they were in YAML. */
export type Variable = z.infer<typeof variableSchema>;
