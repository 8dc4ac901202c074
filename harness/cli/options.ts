import { checkedAreas } from '../model/areas.ts';
import { UsageError } from '../model/errors.ts';
import { soakOwes } from '../model/soak.ts';
import { commands, wordLists } from './command.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** What the command line asks for, flag by flag as its table tells them; every path is absolute. */
export type Options = Readonly<ReturnType<typeof parseOptions>>;

/** Reads the command line of `npm test`. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(commands.verify, started, cwd);
  const [unexpected] = given.operands;
  if (unexpected !== undefined) {
    throw new UsageError(`unexpected argument ${unexpected}; the executable is named by a flag: ${started.words.join(' ')} --binary ` +
      unexpected);
  }
  if (given.has('soak-minutes') && given.text('profile') !== 'soak') {
    throw new UsageError(`--soak-minutes is for --profile soak: ${started.words.join(' ')} --profile soak --soak-minutes ` +
      given.text('soak-minutes'));
  }
  if (given.has('failed') && given.has('only')) throw new UsageError('--failed and --only both say which checks run: give one');
  const only = [...new Set(given.texts('only'))];
  return {
    help: given.has('help'),
    listChecks: given.has('list-checks'),
    failed: given.has('failed'),
    binary: given.path('binary'),
    baseline: given.path('baseline'),
    previous: given.path('previous'),
    contract: given.path('contract'),
    platform: wordLists.platforms.find((word) => word === given.text('platform')),
    profile: wordLists.profiles.find((word) => word === given.text('profile')) ?? 'full',
    soakMinutes: Number(given.text('soak-minutes') ?? soakOwes.idleMinutes),
    proveRemedy: given.has('prove-remedy'),
    // In the order of the suites, each once.
    only: checkedAreas.flatMap((area) => only.filter((value) => value.split('.', 1)[0] === area)),
    temporalAddress: given.text('temporal-address'),
    temporalCli: given.path('temporal-cli'),
    services: wordLists.services.find((word) => word === given.text('services')) ?? 'auto',
    reportDir: given.path('report-dir') ?? given.absolute('reports'),
    json: given.has('json'),
    quiet: given.has('quiet'),
    keepRooms: given.has('keep-rooms'),
  };
}
