import type { Command, Flag } from '../command.ts';

/** What a waiver looks like on the command line. */
export const exampleWaiver = "--allow shutdown.survivors --reason 'known, ticket 12' --until 2027-01-31";

/** The flags of `npm run gate`, in the order of the help. */
const flags = {
  require: {
    value: 'PLATFORMS', repeatable: true, example: 'linux-amd64,darwin-arm64',
    help: 'every platform of the release, with commas; default: the platforms of --contract',
  },
  contract: {
    value: 'FILE', example: 'worker-contract.yaml',
    help: 'the worker-contract.yaml of the release: platforms, checks and limits are compared with it',
  },
  commit: { value: 'SHA', example: '4f2c9d1', help: 'the commit to be tagged; reports about another one are stale' },
  artifact: {
    value: 'FILE', repeatable: true, example: 'dist/agent-runner',
    help: 'a file about to be shipped, may be repeated; its bytes must be those that were verified',
  },
  earlier: {
    value: 'REPORT', repeatable: true, example: 'earlier/1.3.0',
    help: 'reports of earlier releases, may be repeated; shown as a trend, never judged',
  },
  allow: {
    value: 'ID', repeatable: true, example: exampleWaiver.slice('--allow '.length), heading: 'Waivers',
    help: 'release although this check failed or could not be judged: ID or PLATFORM/ID, may be repeated; each needs the two that ' +
      'follow. Never excuses a missing, stale, partial or tampered report',
  },
  reason: { value: 'TEXT', repeatable: true, example: "'known, ticket 12'", help: 'why; stands in every rendering' },
  until: { value: 'DATE', repeatable: true, example: '2027-01-31', help: 'the last day on which it holds, YYYY-MM-DD in UTC' },
  'report-dir': {
    value: 'DIR', example: 'reports', heading: 'What comes out',
    help: 'the decision goes to DIR/gate; default: reports/ in the current folder',
  },
  json: { help: 'gate.json on stdout (for machines: {silent} … --json)' },
  quiet: { help: 'nothing on the terminal when it passes' },
  help: { short: 'h', help: 'this text' },
} as const satisfies Record<string, Flag>;

/** The name of a flag, without its dashes. */
export type GateFlag = keyof typeof flags;

/** `npm run gate --`, installed `frostgate gate`. */
export const gateCommand: Command<GateFlag> = {
  about: "frostgate's release gate: one verdict over the reports of all platforms. The tag is pushed only when it passes.",
  usage: 'REPORT… --require PLATFORMS [options]',
  operand: {
    name: 'REPORT…', heading: 'What is judged',
    help: 'a report.json, a folder that holds one, or a folder of such folders; what is named counts',
  },
  flags,
  before: '…',
  needs: (value) => `a value, ${value}`,
  examples: [
    '{line} reports --require linux-amd64',
    '{line} linux/report.json mac/report.json --require linux-amd64,darwin-arm64 --commit "$GITHUB_SHA" \\\n' +
      '      --contract worker-contract.yaml --artifact dist/agent-runner-linux --artifact dist/agent-runner-mac',
    "{line} reports --require linux-amd64 --allow linux-amd64/shutdown.survivors --reason 'ticket 12' --until 2027-01-31",
  ],
  exits: {
    pass: 'every required platform is verified, and nothing speaks against it',
    fail: 'something is known to be wrong: a check failed, a report is missing, partial, stale, doubled or tampered with, platforms do ' +
      'not belong together, an artifact is another file',
    usage: 'the command line or the contract is wrong, or the decision cannot be written where it belongs',
    inconclusive: 'could not judge: a report is unreadable or inconclusive; never to be read as a pass',
  },
  closing: 'DIR/gate holds gate.json, gate.md, gate.html, gate.txt, summary.md and, only when the gate passes, svr.json and ' +
    'svr.predicate.json (in-toto Simple Verification Result) to be signed.',
};
