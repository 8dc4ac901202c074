import { mkdirSync } from 'node:fs';
import { contractText } from './sample.testing.ts';
import type { ReleaseOnDisk } from './release.testing.ts';
import { argumentsOf, inAMonth, type Situation } from './situation.testing.ts';

/** The arguments with the folder of the last release, and more. */
export const beside = (release: ReleaseOnDisk, ...more: readonly string[]): string[] => (
  argumentsOf(release, { more: ['--previous-release', release.path('last'), ...more] })
);

/** What the contract of the good release promises, and more: what is less now is what was changed here. */
export function promised(release: ReleaseOnDisk, changes: readonly (readonly [from: string, to: string])[]): void {
  release.file('last/worker-contract.yaml', changes.reduce((text, [from, to]) => text.replace(from, to), contractText));
}

const said = (path: string, was: string, is: string): string => 'weaker-contract: The contract (worker-contract.yaml) promises less than ' +
  `that of the previous release: ${path} was ${was}, is ${is}. Promise it again, or say why not: --allow contract.${path} --reason … ` +
  '--until ….';

const stronger = [
  ['readySeconds: 10', 'readySeconds: 8'], ['mypy, tkinter', 'mypy, numpy, tkinter'], ['    llm: [', '    timeoutSeconds: 20\n    llm: ['],
  ['REDIS_URL:          { from: redis.url }', 'REDIS_URL: { from: redis.url, required: true }'], ['cpuPercent: 5', 'cpuPercent: 4'],
] as const;

/** Situations in which the last release's contract is handed over. */
export const promiseSituations: readonly Situation[] = [
  {
    name: 'the same contract',
    plant: (release) => (promised(release, []), beside(release)),
    blocks: [],
    exit: 0,
  },
  {
    name: 'more is promised now',
    plant: (release) => {
      promised(release, [['readySeconds: 10', 'readySeconds: 20'], ['[SIGTERM, SIGINT]', '[SIGTERM]']]);
      return beside(release);
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'five promises are weaker',
    plant: (release) => (promised(release, stronger), beside(release)),
    blocks: [
      said('budgets.readySeconds', '8', '10'),
      said('executions.answers-with-the-models-reply.timeoutSeconds', '20', 'nothing'),
      said('environment.REDIS_URL.required', 'true', 'false'),
      said('bundle.excludes', 'numpy', 'nothing'),
      said('regression.cpuPercent', '4', '5'),
    ],
    exit: 1,
  },
  {
    name: 'a weaker promise with a reason, and another without',
    plant: (release) => {
      promised(release, [['readySeconds: 10', 'readySeconds: 8'], ['diskMb: 400', 'diskMb: 300']]);
      return beside(release, '--allow', 'contract.budgets.readySeconds', '--reason', 'a slower disk, ticket 7', '--until', inAMonth);
    },
    blocks: [said('budgets.diskMb', '300', '400')],
    exit: 1,
  },
  {
    name: 'weaker promises with their reasons',
    plant: (release) => {
      promised(release, [['readySeconds: 10', 'readySeconds: 8']]);
      return beside(release, '--allow', 'contract.budgets.readySeconds', '--reason', 'a slower disk, ticket 7', '--until', inAMonth);
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'a folder without a contract',
    plant: (release) => {
      mkdirSync(release.path('last'));
      return beside(release);
    },
    blocks: [
      'unreadable: The previous release cannot be compared with: last holds no worker-contract.yaml, neither itself nor in a folder in ' +
        'it. Hand over the folder with the contract and the reports of the last tag as they were.',
    ],
    exit: 3,
  },
  {
    name: "another worker's contract",
    plant: (release) => (promised(release, [['worker: agent-runner', 'worker: other']]), beside(release)),
    blocks: [
      'inconclusive: The previous release (last) has no contract of the worker agent-runner, so nobody knows whether less is promised ' +
        'now. Hand over its contract, or leave --previous-release out for a first release.',
    ],
    exit: 3,
  },
  {
    name: 'a contract that is none',
    plant: (release) => (release.file('last/worker-contract.yaml', '{'), beside(release)),
    blocks: [
      'unreadable: The previous release cannot be compared with: last/worker-contract.yaml:1: cannot be read as YAML: Flow map must end ' +
        'with a }. Hand over the folder with the contract and the reports of the last tag as they were.',
    ],
    exit: 3,
  },
  {
    name: 'the last release is nowhere',
    plant: (release) => beside(release),
    blocks: [
      'unreadable: The previous release cannot be compared with: last cannot be read: there is no such file. Hand over the folder with ' +
        'the contract and the reports of the last tag as they were.',
    ],
    exit: 3,
  },
];
