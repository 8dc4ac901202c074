import { describe, expect, test } from 'vitest';
import { exitCode } from './exit-codes.ts';
import { UsageError } from '../model/errors.ts';
import { helpOf } from './help.ts';
import { commands } from './command.ts';
import { parseGateOptions } from './gate-options.ts';

const words = ['npm', 'run', 'gate', '--'];
const today = new Date('2026-12-15T12:00:00Z');
const parse = (...args: string[]) => parseGateOptions({ args, environment: {}, words }, '/home/ada', today);

/** The message of the UsageError that parsing ends with. */
function refusal(args: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  try {
    parseGateOptions({ args, environment, words }, '/home/ada', today);
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

test('the least gives the defaults', () => {
  expect(parse('reports', '--require', 'linux-amd64')).toStrictEqual({
    help: false, reports: ['/home/ada/reports'], required: ['linux-amd64'], emulated: [], contracts: [], profile: 'full',
    commit: undefined, artifacts: [], trusted: undefined, waivers: [],
    previousRelease: undefined, earlier: [], reportDir: '/home/ada/reports', json: false, quiet: false,
  });
});

test('every flag is read, paths become absolute, each waiver has its own reason and day in any order', () => {
  const args = [
    'a/report.json', '--require', 'linux-amd64, darwin-arm64', '/b', '--require=linux-amd64,windows-amd64', '--contract', 'c.yaml',
    '--profile', 'soak', '--allow-emulated', 'linux-amd64,darwin-arm64', '--commit', '4F2C9D1',
    '--artifact', 'x', '--artifact', 'y', '--allow', 'shutdown.survivors', '--reason', '-', '--until', '2027-01-31', '--earlier', 'old',
    '--previous-release', 'last',
    '--allow', 'darwin-arm64/parity.log', '--until', '2027-02-28', '--reason', 'ticket 12', '--report-dir', 'out', '--json', '--quiet',
  ];
  expect(parse(...args.map((arg) => (arg === '-' ? 'known' : arg)))).toStrictEqual({
    help: false,
    reports: ['/home/ada/a/report.json', '/b'],
    required: ['linux-amd64', 'darwin-arm64', 'windows-amd64'],
    emulated: ['linux-amd64', 'darwin-arm64'],
    contracts: ['/home/ada/c.yaml'],
    profile: 'soak',
    commit: '4f2c9d1',
    artifacts: ['/home/ada/x', '/home/ada/y'],
    trusted: undefined,
    waivers: [
      { id: 'shutdown.survivors', reason: 'known', until: '2027-01-31' },
      { id: 'parity.log', platform: 'darwin-arm64', reason: 'ticket 12', until: '2027-02-28' },
    ],
    previousRelease: '/home/ada/last',
    earlier: ['/home/ada/old'],
    reportDir: '/home/ada/out',
    json: true,
    quiet: true,
  });
});

test('under npm paths count from where the user stands', () => {
  const environment = { npm_lifecycle_event: 'gate', INIT_CWD: '/srv/project' };
  expect(
    parseGateOptions({ args: ['reports', '--require', 'linux-amd64'], environment, words }, '/opt/frostgate').reports,
  ).toEqual(['/srv/project/reports']);
});

test('a contract stands in for --require', () => {
  expect(parse('reports', '--contract', 'c.yaml').required).toEqual([]);
});

const good = ['reports', '--require', 'linux-amd64'];
describe('one sentence for', () => {
  test.each([
    [[], 'no report is named; name each platform\'s, or the folder that holds them: npm run gate -- reports --require linux-amd64'],
    [['reports'], '--require is missing: name every platform of the release, or give the --contract that does: npm run gate -- reports ' +
      '--require linux-amd64,darwin-arm64'],
    [['reports', '--require', ','], '--require is missing: name every platform of the release, or give the --contract that does: npm ' +
      'run gate -- reports --require linux-amd64,darwin-arm64'],
    [['reports', '--require', 'linux-amd46'], '--require: linux-amd46 is no platform; did you mean linux-amd64?'],
    [['reports', '--require', 'solaris'], '--require: solaris is no platform; there are linux-amd64, linux-arm64, darwin-amd64, ' +
      'darwin-arm64, windows-amd64'],
    [[...good, '--comit', 'x'], 'unknown flag --comit; did you mean --commit?'],
    [[...good, '--frobnicate'], 'unknown flag --frobnicate; see npm run gate -- --help'],
    [[...good, '-x'], 'unknown flag -x; see npm run gate -- --help'],
    [[...good, '--commit'], '--commit needs a value, SHA: npm run gate -- … --commit 4f2c9d1'],
    [[...good, '--artifact', '--json'], '--artifact needs a value, FILE: npm run gate -- … --artifact dist/agent-runner'],
    [[...good, '--commit', 'main'], '--commit: expected at least the first 7 hexadecimal digits of a commit, got main'],
    [[...good, '--commit', 'abcdef1', '--commit', 'abcdef2'], '--commit is given twice; give it once'],
    [[...good, '--json=yes'], '--json takes no value, got yes'],
    [[...good, '--reason', 'x'], "--reason needs an --allow before it: --allow shutdown.survivors --reason 'known, ticket 12' --until " +
      "2027-01-31"],
    [[...good, '--allow', 'shutdown.survivors'], "--allow shutdown.survivors needs a --reason: --allow shutdown.survivors --reason " +
      "'known, ticket 12' --until 2027-01-31"],
    [[...good, '--allow', 'shutdown.survivors', '--reason', ' ', '--until', '2027-01-31'], "--allow shutdown.survivors needs a " +
      "--reason: --allow shutdown.survivors --reason 'known, ticket 12' --until 2027-01-31"],
    [[...good, '--allow', 'shutdown.survivors', '--reason', 'x'], "--allow shutdown.survivors needs an --until: --allow " +
      "shutdown.survivors --reason 'known, ticket 12' --until 2027-01-31"],
    [[...good, '--allow', 'shutdown.survivors', '--reason', 'x', '--reason', 'y'], '--allow shutdown.survivors has two --reason; give ' +
      'it one'],
    [[...good, '--allow', 'shutdown.survivors', '--reason', 'x', '--until', '2026-02-30'], '--until: expected a day as YYYY-MM-DD, got ' +
      '2026-02-30'],
    [[...good, '--allow', 'shutdown.survivors', '--reason', 'x', '--until', 'never'], '--until: expected a day as YYYY-MM-DD, got never'],
    [[...good, '--allow', 'shutdown', '--reason', 'x', '--until', '2027-01-31'], '--allow: expected the id of one check such as ' +
      'shutdown.survivors, or PLATFORM/ID, or a promise such as contract.budgets.readySeconds, got shutdown'],
    [[...good, '--allow', 'linux/shutdown.survivors', '--reason', 'x', '--until', '2027-01-31'], '--allow: linux is no platform; there ' +
      'are linux-amd64, linux-arm64, darwin-amd64, darwin-arm64, windows-amd64'],
    [[...good, '--allow', 'artifact.intact', '--reason', 'x', '--until', '2027-01-31'], '--allow artifact.intact: no waiver excuses ' +
      'that; build the executable again and verify it'],
    [[...good, '--allow', 'shutdown.survivors', '--reason', 'x', '--until', '2027-12-31'], '--until 2027-12-31 is more than 90 days ' +
      'away; name an earlier day, and look again then'],
    [[...good, '--allow', 'linux-amd64/*', '--reason', 'x', '--until', '2027-01-31'], '--allow: expected the id of one check such as ' +
      'shutdown.survivors, or PLATFORM/ID, or a promise such as contract.budgets.readySeconds, got linux-amd64/*'],
  ])('%j', (args, message) => {
    expect(refusal(args)).toBe(message);
  });
});

test.each<[string[], NodeJS.ProcessEnv, string]>([
  [['reports', 'linux-amd64'], { npm_config_require: 'true' }, 'put -- before the options, npm kept --require for itself: npm run gate ' +
    '-- REPORT… --require PLATFORMS'],
  [good, { npm_config_commit: 'abcdef1', npm_config_quiet: 'true' }, 'put -- before the options, npm kept --commit, --quiet for ' +
    'itself: npm run gate -- REPORT… --commit SHA --quiet'],
  [good, { npm_config_require: 'linux-amd64', npm_config_json: '' }, 'accepted'],
])('flags that npm swallowed: %j with %j', (args, environment, message) => {
  expect(refusal(args, environment)).toBe(message);
});

test('the help names every flag and every exit code, fits a terminal of 130 columns, and its lines work where it is shown', () => {
  const underNpm = helpOf(commands.gate, words);
  const installed = helpOf(commands.gate, ['npx', 'frostgate', 'gate']);
  const codes = Object.entries(exitCode).map(([name, code]) => `  ${code}    ${name}`);
  const needed = [...Object.keys(commands.gate.flags).map((name) => `--${name}`), ...codes];
  expect(needed.filter((text) => !underNpm.includes(text))).toEqual([]);
  expect(`${underNpm}${installed}`.split('\n').filter((line) => line.length > 130)).toEqual([]);
  expect(installed).toContain('Usage: npx frostgate gate REPORT… --require PLATFORMS [options]\n');
  expect(installed).not.toContain('npm run');
});
