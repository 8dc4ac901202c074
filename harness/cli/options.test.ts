import { describe, expect, test } from 'vitest';
import { UsageError } from '../model/errors.ts';
import { parseOptions } from './options.ts';

const words = ['npm', 'test', '--'];
const parse = (...args: string[]) => parseOptions({ args, environment: {}, words }, '/home/ada');

/** The message of the UsageError that parsing ends with. */
function refusal(args: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  try {
    parseOptions({ args, environment, words }, '/home/ada');
  } catch (thrown) {
    if (thrown instanceof UsageError) return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

const defaults = {
  help: false,
  listChecks: false,
  binary: undefined,
  baseline: undefined,
  previous: undefined,
  contract: undefined,
  platform: undefined,
  profile: 'full',
  soakMinutes: 10,
  proveRemedy: false,
  failed: false,
  only: [],
  temporalAddress: undefined,
  temporalCli: undefined,
  services: 'auto',
  reportDir: '/home/ada/reports',
  json: false,
  quiet: false,
  keepRooms: false,
};

test('nothing given gives the defaults', () => {
  expect(parse()).toStrictEqual(defaults);
});

test('every flag is read, paths become absolute, areas and checks keep the order of the suites', () => {
  const argv = [
    '--binary', 'dist/agent-runner', '--baseline=.', '--previous', 'old/agent-runner',
    '--contract', '/c/x.yaml', '--platform', 'darwin-arm64', '--profile', 'quick',
    '--only', 'shutdown', '--only', 'startup.ready', '--only', 'shutdown', '--only', 'startup',
    '--temporal-address', '[::1]:7233', '--temporal-cli', '../temporal', '--services', 'container', '--report-dir',
    'out dir/ä',
    '--json', '--quiet', '--keep-rooms', '--list-checks', '--prove-remedy',
  ];
  expect(parse(...argv)).toStrictEqual({
    help: false,
    listChecks: true,
    failed: false,
    binary: '/home/ada/dist/agent-runner',
    baseline: '/home/ada',
    previous: '/home/ada/old/agent-runner',
    contract: '/c/x.yaml',
    platform: 'darwin-arm64',
    profile: 'quick',
    soakMinutes: 10,
    proveRemedy: true,
    only: ['startup.ready', 'startup', 'shutdown'],
    temporalAddress: '[::1]:7233',
    temporalCli: '/home/temporal',
    services: 'container',
    reportDir: '/home/ada/out dir/ä',
    json: true,
    quiet: true,
    keepRooms: true,
  });
});

test('under npm paths count from where the user stands', () => {
  const environment = { npm_lifecycle_event: 'test', INIT_CWD: '/srv/project' };
  expect(parseOptions({ args: ['--binary', 'dist/a'], environment, words }, '/opt/frostgate').binary).toBe('/srv/project/dist/a');
});

test('an INIT_CWD left over from another npm does not count', () => {
  const environment = { INIT_CWD: '/srv/project' };
  expect(parseOptions({ args: ['--binary', 'a'], environment, words }, '/home/ada').binary).toBe('/home/ada/a');
});

test.each([['--help'], ['-h']])('%s needs nothing else to be right', (flag) => {
  expect(parse('--bogus', '--profile', 'x', flag)).toStrictEqual({ ...defaults, help: true });
});

describe('one sentence for', () => {
  test.each([
    [['--binray', 'x'], 'unknown flag --binray; did you mean --binary?'],
    [['--frobnicate'], 'unknown flag --frobnicate; see npm test -- --help'],
    [['-x'], 'unknown flag -x; see npm test -- --help'],
    [['--binary'], '--binary needs a file: npm test -- --binary dist/agent-runner'],
    [['--binary='], '--binary needs a file: npm test -- --binary dist/agent-runner'],
    [['--binary', '--json'], '--binary needs a file: npm test -- --binary dist/agent-runner'],
    [['--baseline'], '--baseline needs a folder: npm test -- --baseline .'],
    [['--temporal-address'], '--temporal-address needs HOST:PORT: npm test -- --temporal-address 127.0.0.1:7233'],
    [['--profile'], '--profile needs one of quick, full, soak: npm test -- --profile quick'],
    [['--only'], '--only needs an area or the id of a check: npm test -- --only shutdown'],
    [['--platform', 'solaris'], '--platform: expected one of linux-amd64, linux-arm64, darwin-amd64, darwin-arm64, windows-amd64, got ' +
      'solaris'],
    [['--profile', 'fast'], '--profile: expected one of quick, full, soak, got fast'],
    [['--soak-minutes', '5'], '--soak-minutes is for --profile soak: npm test -- --profile soak --soak-minutes 5'],
    [['--profile', 'soak', '--soak-minutes', '0'], '--soak-minutes: expected whole minutes from 1 to 9999, got 0'],
    [['--services', 'docker'], '--services: expected one of auto, local, container, got docker'],
    [['--temporal-address', 'localhost'], '--temporal-address: expected HOST:PORT, for example 127.0.0.1:7233, got localhost'],
    [['--temporal-address', 'localhost:70000'], '--temporal-address: expected HOST:PORT, for example 127.0.0.1:7233, got localhost:70000'],
    [['--json=yes'], '--json takes no value, got yes'],
    [['--prove-remedies'], 'unknown flag --prove-remedies; did you mean --prove-remedy?'],
    [['--binary', 'a', '--binary', 'b'], '--binary is given twice; give it once'],
    [['dist/a'], 'unexpected argument dist/a; the executable is named by a flag: npm test -- --binary dist/a'],
    [['--', 'dist/a'], 'unexpected argument dist/a; the executable is named by a flag: npm test -- --binary dist/a'],
  ])('%j', (argv, message) => {
    expect(refusal(argv)).toBe(message);
  });

  test.each([
    [['--binary'], 'frostgate verify --binary dist/agent-runner'],
    [['--frobnicate'], 'frostgate verify --help'],
    [['dist/a'], 'frostgate verify --binary dist/a'],
  ])('the installed command %j shows a line of its own', (argv, line) => {
    expect(() => parseOptions({ args: argv, environment: {}, words: ['frostgate', 'verify'] }, '/home/ada')).toThrow(line);
  });

  test.each(['start', 'start.ready', 'shutdown.', 'shutdown..x', 'shutdown.*'])('no area and no id of a check: %s', (given) => {
    expect(refusal(['--only', given])).toBe(
      '--only: expected one of artifact, bundle, startup, registration, execution, environment, shutdown, performance, upgrade, or the ' +
        `id of a check such as shutdown.survivors, got ${given}`,
    );
  });
});

describe('flags that npm swallowed', () => {
  test.each<[string[], NodeJS.ProcessEnv, string]>([
    [['dist/a'], { npm_config_binary: 'true' }, 'put -- before the options: npm test -- --binary dist/a'],
    [[], { npm_config_binary: 'my dir/a' }, "put -- before the options: npm test -- --binary 'my dir/a'"],
    [[], { npm_config_binary: 'true' }, 'put -- before the options: npm test -- --binary FILE'],
    [['dist/a', 'quick'], { npm_config_binary: 'true', npm_config_profile: 'true' }, 'put -- before the options: npm test -- --binary ' +
      'FILE --profile PROFILE'],
    [['out'], { npm_config_report_dir: 'true', npm_config_keep_rooms: 'true' }, 'put -- before the options: npm test -- --report-dir ' +
      'out --keep-rooms'],
    [['--binary', 'a'], { npm_config_profile: 'quick' }, 'put -- before the options: npm test -- --profile quick'],
    [[], { npm_config_only: 'startup' }, 'put -- before the options: npm test -- --only startup'],
    [[], { npm_config_only: 'startup.ready' }, 'put -- before the options: npm test -- --only startup.ready'],
    [[], { npm_config_platform: 'linux-arm64' }, 'put -- before the options: npm test -- --platform linux-arm64'],
    [['--binary', 'a'], { npm_config_only: 'prod', npm_config_json: '', npm_config_platform: 'linux' }, 'accepted'],
    [['--binary', 'a'], { npm_config_binary: 'true' }, 'accepted'],
  ])('%j with %j', (argv, env, message) => {
    expect(refusal(argv, env)).toBe(message);
  });
});
