import type { Actor } from '../harness/stage/actor.ts';
import { leftOverRemedy, runtimeOf } from '../harness/runtimes/registry.ts';
import { readHistories } from '../harness/stage/all-histories.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { endedLaunches } from '../harness/stage/ended-launches.ts';
import { beside } from '../harness/stage/compared.ts';
import { endings, type Ending } from '../harness/stage/endings.ts';
import { everyExecution } from '../harness/stage/every-execution.ts';
import { exercised, warmWorker, withEverySecret } from '../harness/stage/exercised.ts';
import { launches } from '../harness/stage/launches.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { exitCodesText, exitText, promisedStop } from '../harness/stage/promised-stop.ts';
import { wilsonInterval } from '../harness/stage/proportion.ts';
import { judgePlanned, judgeRestarts, judgeRetries } from '../harness/stage/retries.ts';
import { recording } from '../harness/stage/recorded.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { adviceFor } from '../harness/stage/stop-advice.ts';
import { faultOfStop } from '../harness/stage/judge-exits.ts';
import { workerSdk } from '../harness/stage/worker-sdk.ts';
import { failingTogether, failTogether } from '../harness/stage/together.ts';
import { undeclared } from '../harness/stage/undeclared.ts';
import { leftFromSource, undeclaredFiles, undeclaredLeft, type Writer } from '../harness/stage/undeclared-files.ts';
import { undeclaredNetwork } from '../harness/stage/undeclared-network.ts';
import { mustBeWhole, tracedLaunch } from '../harness/stage/traced-launch.ts';
import { strays } from '../harness/stage/strays.ts';
import { connections } from '../harness/stage/connections.ts';
import { count } from '../harness/model/format.ts';
import { secretNames } from '../harness/stage/secrets/given.ts';
import { kindsOf, searchRun, sightingText } from '../harness/stage/secrets/search.ts';
import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { survivorLine } from '../harness/system/processes/survivor.ts';

// What looks at every launch of the run: after all suites, when the last launch has ended.

const promised = promisedStop(runContext().contract);

check('environment.secrets', async ({ use, run, note, evidence, compares }) => {
  if (secretNames(run.contract).length === 0) throw new NotApplicable('the contract names no secret');
  await use(exercised);
  await use(endedLaunches);
  const { sightings: seenBefore } = await use(withEverySecret);
  const { sightings, searched, tooShort, notGiven, unseen, unread, bytes, launches: launched } = await searchRun({ use, run }, seenBefore);
  const [first] = sightings;
  const names = new Set(searched.map(({ name }) => name));
  compares(names.size, 'secrets');
  if (first !== undefined) {
    evidence('where secrets were seen', 'secrets.txt', `${sightings.map(sightingText).join('\n')}\n`);
    throw new CheckFailed(`the value of ${first.name} is seen in ${first.place}`, {
      expected: 'no secret in output, histories, command lines, files, their names, services or requests but its own, in any encoding',
      got: kindsOf(sightings).slice(0, 12).join('; '),
      remedy: 'do not log the environment or the configuration object; mask secrets where they are read; what the model must get as its ' +
        'key belongs into the header that the contract names (reaches: llm.header.NAME)',
    });
  }
  const left = [
    ...(tooShort.length > 0 ? [`too short to be searched: ${tooShort.join(', ')}`] : []),
    ...(notGiven.length > 0 ? [`given to no launch: ${notGiven.join(', ')}`] : []),
    ...[...unseen, ...unread].map((what) => `not searched: ${what}`),
  ];
  note([`${launched} launches searched for ${names.size} secrets, ${(bytes / 1e6).toFixed(0)} MB`, ...left].join('; '));
  // Temporal's own keeps a worker from a server that wants none.
  const missed = notGiven.filter((name) => !name.startsWith('TEMPORAL_'));
  if (missed.length > 0) throw new CouldNotJudge(`${missed.join(', ')} reached no launch that came to work, so it was not looked for: ` +
    `see startup.ready; a value of another form is made up when the contract has an example of it (environment.${missed[0]}.example)`);
  if (names.size === 0) throw new CouldNotJudge(`no secret was searched for (${left.join('; ')}); give a longer example in the contract`);
  if (bytes === 0) throw new CouldNotJudge('the launches left nothing that could be searched: their output was not captured');
  if (unread.length > 0) throw new CouldNotJudge(`not everything could be searched: ${unread.slice(0, 3).join('; ')}`);
});

check('startup.network', async (context) => {
  const { run, use, note, compares } = context;
  const traced = await use(tracedLaunch);
  // What went wrong may be for want of a file that nothing but the system was asked for.
  const both = run.baseline === undefined ? undefined : await beside(context).catch(() => undefined);
  if (both !== undefined) context.found(both.compare.missedFiles(both.bundle, traced.missed, both.survey));
  const { network: { contacts, listeners, asked } } = traced;
  const counts = [count(contacts.length, 'destination'), count(listeners.length, 'listener'), count(asked.length, 'name')];
  compares(contacts.length + listeners.length + asked.length, 'destinations, listeners and names');
  note(`one launch: ${counts.join(', ')}`);
  failTogether([undeclared(undeclaredNetwork(traced.network, traced.allowed), {
    expected: 'calls to the server, the services and what connects in the contract names, and no listener that listens does not name',
    instead: 'take it out (what a library sends home can mostly be switched off)',
  })]);
  mustBeWhole(traced);
});

check('execution.unplanned-retries', async ({ use, note, evidence, compares }) => {
  await use(everyExecution);
  await use(endedLaunches);
  const { server } = await use(connections);
  const own = (await use(launches)).all.filter(({ launch }) => launch.command.variant === 'subject');
  // On somebody else's server others may begin workflows too.
  const histories = await readHistories(own, server.kind === 'dev-server');
  const { judged, disturbed } = histories;
  compares(judged.length, 'histories');
  note(`${judged.length} histories; ${disturbed} left out that were open when the harness stopped their worker`);
  failingTogether(
    () => judgeRetries(histories, evidence), () => judgePlanned(histories), () => judgeRestarts(histories, own),
  );
});

/** What a check of its own judges is not told again. */
const of = (variant: 'subject' | 'baseline', all: readonly Ending[]): Ending[] =>
  all.filter(({ launch, apart }) => launch.command.variant === variant && !apart);
const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;

check('shutdown.every-launch', async ({ run, use, note, evidence, compares }) => {
  const stopped = (await use(endedLaunches)).filter(({ signal, target }) => signal !== undefined && target !== 'group');
  const own = of('subject', stopped);
  if (own.length === 0) throw new CouldNotJudge('no launch was stopped by a signal');
  compares(own.length, 'stops');
  const all = await use(endings);
  const bad = own.filter((ending) => all.isBad(ending));
  const { low, high } = wilsonInterval(bad.length, own.length);
  const rate = `${bad.length} of ${own.length} stops not as promised`;
  const interval = `95 %: ${percent(low)} to ${percent(high)}`;
  note(`${rate} (${interval})`);
  const [first] = bad;
  const excuse = own.find((ending) => ending.excuse)?.excuse;
  if (first === undefined && excuse !== undefined) throw new CouldNotJudge(`a stop took ${excuse}`);
  if (first === undefined) return;
  evidence(`output of a launch that ended with ${exitText(first.exit)}`, 'output.log', first.launch.output.text());
  const baseline = of('baseline', stopped);
  const alike = baseline.filter((ending) => all.isBad(ending) && exitText(ending.exit) === exitText(first.exit));
  const compared = baseline.length === 0 ? 'there is no baseline to compare with' : `the baseline did so in ${alike.length} of ` +
    `${baseline.length}`;
  const kinds = Map.groupBy(bad, ({ signal, exit }) => `${signal}: ${exitText(exit)}`);
  const source = alike.length > 0 ? '; not from freezing, the same happens from source' : '';
  throw new CheckFailed(`${rate}: ${exitText(first.exit)} (${interval})${source}`, {
    expected: `exit code ${exitCodesText(promised)} within ${promised.withinMs / 1000} s after ${promised.signals.join(' or ')}, ` +
      'whatever the launch did before',
    got: `${[...kinds].map(([kind, same]) => `${kind} (${same.length})`).join(', ')}; ${compared}`,
    remedy: `${adviceFor(await faultOfStop(promised, first, { use, run }), await workerSdk({ use, run }), first.signal ?? 'SIGTERM')}; ` +
      'look at the output of that launch: what was it doing when the signal came?',
  });
});

/** Launches that ended before anything was cleaned up behind them. */
async function seen(use: CheckContext['use']): Promise<Ending[]> {
  const all = of('subject', await use(endedLaunches)).filter(({ exit }) => exit !== undefined);
  if (all.length === 0) throw new CouldNotJudge('no launch ended by itself or by a signal');
  return all;
}

check('shutdown.survivors', async ({ use, note, evidence, compares }) => {
  const all = await seen(use);
  compares(all.length, 'launches');
  const bad = all.filter(({ remains }) => remains.survivors.length > 0);
  const left = await use(strays);
  note(`${all.length} launches`);
  if (bad.length + left.length === 0) return;
  const survivors = [...bad.flatMap(({ remains }) => remains.survivors), ...left];
  const lines = survivors.map((survivor) => survivorLine(survivor));
  evidence('processes that outlived their workers; all of them were ended', 'survivors.txt', lines.join('\n'));
  const kinds = Map.groupBy(survivors, ({ command }) => command.replaceAll(/\d+/g, '#'));
  const shown = [...kinds.values()].flatMap(([one, ...alike]) => (
    one === undefined ? [] : `${survivorLine(one)}${alike.length > 0 ? ` (and ${alike.length} like it)` : ''}`
  ));
  const where = bad.length > 0 ? `in ${bad.length} of ${all.length} launches` : 'and hid from which launch it came';
  throw new CheckFailed(`a process outlived its worker ${where}: ${lines[0]}`, {
    expected: 'no process of the launch is left',
    got: shown.slice(0, 8).join('\n'),
    remedy: 'end and await what the worker starts before it exits; a process that still polls goes on taking tasks with old code',
  });
});

/** Whatever a launch left where temporary files belong. */
function leftInTmp(all: readonly Ending[]): CheckFailed | undefined {
  const bad = all.filter(({ remains }) => remains.leftOvers.length > 0);
  const [first] = bad;
  return first && new CheckFailed(`files are left in the directory for temporary files after ${bad.length} of ${all.length} launches`, {
    expected: 'an empty TMPDIR',
    got: `${first.remains.leftOvers.join(', ')} (${(first.remains.leftOverBytes / 1e6).toFixed(1)} MB)`,
    remedy: leftOverRemedy(first.remains.leftOvers) ??
      'remove temporary files at shutdown, for example with tempfile.TemporaryDirectory',
  });
}

/** What the same worker leaves from source when it does its work; nothing where it does not come to that, which other checks say. */
async function leftByBaseline(use: CheckContext['use']): Promise<Set<string>> {
  await use(recording).catch(() => {});
  const { all } = await use(launches);
  return leftFromSource(all.map(({ launch }) => launch).filter(({ command }) => command.variant === 'baseline').map(({ room }) => room));
}

check('shutdown.left-overs', async ({ use, run, note, compares }) => {
  // Whatever comes of them: one that did not start has left nothing.
  const [watched] = await Promise.allSettled([run.eyes.syscalls === undefined ? use(tracedLaunch) : undefined, use(warmWorker)]);
  const traced = watched.status === 'fulfilled' ? watched.value : undefined;
  const all = await seen(use);
  compares(all.length, 'launches');
  note(`${all.length} launches`);
  const { first: shared } = await use(launches);
  const { writes: own = [] } = runtimeOf(run.identity.runtime);
  const writer = ({ launch: { room } }: Actor) => (
    { room, binary: run.binary, writes: [...(traced?.writes ?? run.contract?.writes ?? []), ...own] }
  );
  // What lies there may be what the contract had written before the start.
  const ours = Object.keys(run.contract?.files ?? {}).map((name) => (name.startsWith('~/') ? name : `./${name}`));
  const found = (fromSource?: ReadonlySet<string>) => {
    const writerOf = (actor: Actor): Writer => ({ ...writer(actor), ...(fromSource && { fromSource }) });
    const withOurs = (one: Writer): Writer => ({ ...one, writes: [...one.writes, ...ours] });
    const written = traced === undefined ? [] : undeclaredFiles(traced.changes, writerOf(traced.actor));
    return [...written, ...(shared === undefined ? [] : undeclaredLeft(withOurs(writerOf(shared))))];
  };
  const undeclaredOnes = found();
  const left = undeclaredOnes.length === 0 || run.baseline === undefined ? undeclaredOnes : found(await leftByBaseline(use));
  const asFromSource = undeclaredOnes.filter(({ entry }) => !left.some((one) => one.entry === entry)).map(({ what }) => what);
  if (asFromSource.length > 0) note(`${all.length} launches; as from source: ${[...new Set(asFromSource)].join(', ')}`);
  failTogether([leftInTmp(all), undeclared(left, {
    expected: 'no file outside TMPDIR but those that writes in the contract names',
    instead: 'write it to TMPDIR, and remove it at the end',
  })]);
  if (watched.status === 'rejected') throw watched.reason;
  if (traced !== undefined) mustBeWhole(traced);
});
