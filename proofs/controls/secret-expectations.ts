import type { Expectation } from './expectation.ts';

/** A secret that is left where it must not be: nothing else of the environment is looked at. */
const secretSeen = (where: RegExp): Pick<Expectation, 'red' | 'only'> => (
  { red: { 'environment.secrets': new RegExp(`ANTHROPIC_API_KEY (?:is seen )?in ${where.source}`) }, only: ['environment.secrets'] }
);

/** One row for each place and encoding in which a worker leaves a secret, and for what must not be taken for that. */
export const secretExpectations: readonly Expectation[] = [
  { variant: 'prints-secret', ...secretSeen(/stderr of/) },
  { variant: 'secret-in-file-name', ...secretSeen(/a file name of/) },
  { variant: 'secret-in-base64', ...secretSeen(/stderr of/) },
  { variant: 'secret-in-home', ...secretSeen(/the file home\/session/) },
  { variant: 'secret-in-gzip', ...secretSeen(/the file app\/state\.json\.gz/) },
  { variant: 'secret-in-two-lines', ...secretSeen(/stderr of/) },
  { variant: 'secret-in-argv', ...secretSeen(/a command line of/) },
  { variant: 'secret-reversed', ...secretSeen(/stderr of/) },
  { variant: 'secret-in-utf16', ...secretSeen(/the file home\/settings\.ini/) },
  { variant: 'secret-in-model-url', ...secretSeen(/the address of a request to the model/) },
  { variant: 'secret-in-lower-case', ...secretSeen(/stderr of/) },
  { variant: 'secret-in-failure', ...secretSeen(/a workflow history, activityTaskStarted/) },
  { variant: 'secret-in-redis', ...secretSeen(/what the service redis was sent/) },
  { variant: 'secret-in-result', ...secretSeen(/a workflow history, activityTaskCompleted/) },
  { variant: 'secret-in-heartbeat', ...secretSeen(/what the Temporal server was sent/) },
  { variant: 'secret-in-memo', ...secretSeen(/what the Temporal server was sent/) },
  { variant: 'secret-in-prompt', ...secretSeen(/the body of a request to the model/) },
  { variant: 'keeps-secret', red: {}, only: ['environment.secrets'] },
  {
    variant: 'strict-secret', contract: { 'environment.ANTHROPIC_API_KEY.example': 'sk-ant-api03-AbCdEfGhIjKl0123ABCDEFGH' }, red: {},
    only: ['environment.secrets', 'startup.ready'],
  },
];
