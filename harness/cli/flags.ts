import { checkedAreas } from '../contract/catalogue.ts';
import { platforms } from '../model/platforms.ts';
import type { Command, Flag } from './command.ts';

/** Whether it names an area that has checks, or has the shape of a check's id in such an area. */
export function isAreaOrCheck(value: string): boolean {
  const [area, ...name] = value.split('.');
  return checkedAreas.some((known) => known === area) && name.every((part) => /^[\w-]+$/.test(part));
}

/** The flags of `npm test`, in the order of the help. */
export const flags = {
  binary: {
    value: 'FILE', example: 'dist/agent-runner', heading: 'What is verified', help: 'the executable that the build made',
    fromSources: 'the executable; without it the reference agent-runner, built first when it is not there',
  },
  baseline: { value: 'DIR', example: '.', help: "the same worker's Poetry project, run from source for comparison" },
  contract: {
    value: 'FILE', example: 'worker-contract.yaml',
    help: "what the worker promises; default: worker-contract.yaml beside the baseline's pyproject.toml, else beside the executable or " +
      'up to two folders above it',
  },
  platform: {
    value: 'ID', words: platforms, example: 'linux-arm64', fits: (value) => platforms.some((known) => known === value),
    help: 'the platform that is verified, where this machine is another (an emulator, for example); default: this machine, or the ' +
      'variable FROSTGATE_PLATFORM',
  },
  profile: {
    value: 'PROFILE', words: ['quick', 'full'], example: 'quick', heading: 'How much',
    help: 'quick repeats less: fewer stops, pairs and invalid values; default full',
  },
  only: {
    value: 'AREA|CHECK', repeatable: true, example: 'shutdown', fits: isAreaOrCheck,
    help: `one area or the id of one check, may be repeated; the areas are ${checkedAreas.join(', ')}. quick and --only mark the report ` +
      'as partial; the gate refuses it',
  },
  'prove-remedy': {
    help: "try each remedy that changes the spec file on a copy of the baseline's project: build it, verify again what had failed, and " +
      'say whether that helped; takes as long as a build for each',
  },
  'temporal-address': {
    value: 'HOST:PORT', example: '127.0.0.1:7233', heading: 'What it runs against',
    help: 'a running Temporal server; default: a dev server of its own, started and stopped',
  },
  'temporal-cli': {
    value: 'FILE', example: '/usr/local/bin/temporal', help: 'the temporal CLI for the dev server; default: from PATH, else fetched once',
  },
  services: {
    value: 'WHERE', words: ['auto', 'local', 'container'], example: 'local',
    help: 'where Redis comes from; default auto: what the machine has',
  },
  'report-dir': {
    value: 'DIR', example: 'reports', heading: 'What comes out', help: 'where the reports go; default: reports/ in the current folder',
  },
  json: { help: 'the report as JSON on stdout (for machines: {silent} --json)' },
  quiet: { help: 'no progress, only what failed' },
  'keep-rooms': { help: "keep each launch's home, temporary folder and logs" },
  'list-checks': { help: 'print the checks that would run, and stop' },
  help: { short: 'h', help: 'this text' },
} as const satisfies Record<string, Flag>;

/** `npm test --`, installed `frostgate verify`. */
export const verifyCommand: Command<keyof typeof flags> = {
  about: 'frostgate verifies that a frozen Temporal worker works, against a real Temporal server, before its release is tagged.',
  usage: '[options]',
  flags,
  examples: [
    '{line} --binary dist/agent-runner --baseline .', '{line} --binary dist/agent-runner --only shutdown --only startup',
    '{silent} --binary dist/agent-runner --json > report.json',
  ],
  exits: {
    pass: 'every check that ran has passed',
    fail: 'the executable breaks a promise',
    usage: "the command line, the executable's file or the contract is wrong; nothing was verified",
    inconclusive: 'could not judge: no server, no baseline, too much noise; never to be read as a pass',
  },
  closing: 'Reports: one folder for each platform in the report folder, for example reports/linux-amd64/report.json; everything else ' +
    'there is made from that file.',
};
