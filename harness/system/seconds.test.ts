import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/**
 * Every number of milliseconds or seconds that is written down outside tests, by the reason for which it may be a fixed one.
 * contract: the contract's own, or a multiple of it. machine: it grows with what a worker waited for a CPU, or with how slow this machine
 * is. harness: a bound on the harness, a tool or a service, or a moment of looking, from which no verdict on the subject follows. owed: a
 * verdict may still follow from it, which is to be repaired.
 */
const reasons = {
  contract: `
    execution-schema.ts: usualSeconds = 30
    11-performance.suite.ts: readySeconds: 10
    11-performance.suite.ts: versionSeconds: 3
    03-startup.suite.ts: limitMs = (run.contract?.budgets.readySeconds ?? 10) * 1_000
    03-startup.suite.ts: readySeconds ?? 10
    limits.ts: readyMs = Math.max(leastMs, 3_000 * budgets.readySeconds)
    limits.ts: readySeconds: 10
    limits.ts: stopMs = shutdown.withinSeconds * 1_000
    limits.ts: versionSeconds: 3
    limits.ts: withinSeconds: 15
    plan.ts: ownMs = timeoutSeconds === undefined ? executionMs : timeoutSeconds * 1_000
    limits.ts: longestMs = Math.max(leastMs, ...executions.map(({ timeoutSeconds = 0 }) => timeoutSeconds * 1_000))
    promised-stop.ts: withinSeconds: 15
    schema.ts: readySeconds: limit('Seconds from start until the server lists the worker as a poller.').default(10)
    schema.ts: versionSeconds: limit('Seconds from start to exit of the version command.').default(3)
    schema.ts: withinSeconds: limit('Seconds from the signal to the end of the last process.').default(15)
    services-schema.ts: withinSeconds: 60
    services-schema.ts: withinSeconds: limit('Seconds from its start until then.').default(60)`,
  machine: `
    launch.ts: lastMs = 500
    limits.ts: leastMs = 30_000
    watchdog.ts: startMs = Math.max(20_000, 100 * performance.nodeTiming.bootstrapComplete)`,
  harness: `
    abandoned.ts: sweepMs = 60_000
    amount.ts: longestMs: 180_000
    amount.ts: longestMs: 60_000
    04-registration.suite.ts: heartbeatMs = 70_000
    05-execution.suite.ts: heldMs: 5_000
    authority.ts: afterMs: 86_400_000
    authority.ts: beforeMs: 3_600_000
    baseline.ts: timeout: 60_000
    build.ts: deadlineMs = 600_000
    build.ts: graceMs: 2_000
    caller.ts: [startMs, stopMs] = [30_000, 5_000]
    caller.ts: timeout: 120_000
    cli.ts: AbortSignal.timeout(300_000
    cli.ts: timeout: 10_000
    cache-entries.ts: staleMs = 86_400_000
    cli.ts: timeout: 60_000
    codec.ts: answerMs = 10_000
    command.ts: AbortSignal.timeout(5_000
    connect.ts: callMs: 20_000
    connect.ts: connectMs: 10_000
    cpu-linux.ts: tickMs = 10
    cpu-wait.ts: lookEveryMs = 250
    cpu-wait.ts: spanMs = 1_000
    endings.ts: toldAfterMs = 2_000
    differing.ts: shortMs = 1_000
    execute.ts: lookEveryMs = 250
    held.ts: catchableMs = 500
    held.ts: withinSeconds ?? 0
    in-flight.ts: mostMs: 1_000
    other-run.ts: forceAfterMs = 20_000
    attempt.ts: pollsWithinMs = 30_000
    attempt.ts: settledMs = 1_000
    refused.ts: refusesWithinMs = 10_000
    types.ts: answersWithinMs = 30_000
    answer.ts: answersWithinMs = 20_000
    services.ts: withinSeconds: 60
    see-executable.ts: endsWithinMs = 15_000
    stop.ts: endsWithinMs = 20_000
    trial.ts: registersWithinMs = 30_000
    trial.ts: settledMs = 400
    kill.ts: pause(10
    kill.ts: usualMs = 5_000
    launch.ts: waitForExit(2_000
    launch.ts: watchedMs = 5_000
    leaving.ts: offeredMs = 1_500
    messages.ts: askMs = 5_000
    standing.ts: tellMs = 3_000
    steps.ts: againMs = 50
    leaving.ts: stopBeganMs = 2_000
    moved.ts: stopBeganMs = 2_000
    limits.ts: harnessMs = 60_000
    lived-long.ts: lateMs = 10_000
    claims.ts: slackMs = 2_000
    commit.ts: timeout: 5_000
    namespaces.ts: usableWithinMs = 30_000
    output-log.ts: lookEveryMs = 50
    packages.ts: timeout: 300_000
    poetry.ts: timeout: 60_000
    probe-linux.ts: deadlineMs = 10_000
    rosetta-darwin.ts: timeout: 10_000
    postgres.ts: waitForExit(60_000
    ready.ts: unexpectedEveryMs = 500
    redis.ts: AbortSignal.timeout(5_000
    regression.ts: withinMs = 240_000
    regression.ts: workWithinMs = 480_000
    work-run.ts: mostMs: 4_000
    settled-memory.ts: atLatestMs: 1_000
    replays.ts: spreadMs: 1_100
    second-signal.ts: answeredMs = 1_000
    retries.ts: starvedMs = 1_000
    server.ts: deadlineMs: 30_000
    start-stops.ts: lookEveryMs = 10
    server.ts: lookMs = 1_000
    server.ts: timeout: 10_000
    server.ts: timeout: 5_000
    server.ts: waitForExit(5_000
    server.ts: withStartupTimeout(60_000
    services.ts: answerMs = 2_000
    side-by-side.ts: seenMs = 500
    signals.ts: starterCheckMs = 500
    starter.ts: timeout: 2_000
    require-freezer.ts: timeout: 60_000
    starts.ts: tickMs = 10
    strace.ts: timeout: 10_000
    tree.ts: tickMs = 10
    stop-fault.ts: lookMs = { more: 10_000, told: 5_000 }
    stops.ts: holdMs = 1_000
    take-over.ts: soonMs = 5_000
    traced-launch.ts: afterwardsMs = 2_000
    trust.ts: skewMs = 300_000
    verify-again.ts: deadlineMs = 900_000
    verify-again.ts: graceMs: 15_000
    wait.ts: tickMs = 25
    waivers.ts: dayMs = 86_400_000
    with-server.ts: usableWithinMs = 30_000
    wrong-servers.ts: lastWordMs = 2_000
    watchdog-process.ts: deadlineMs = 300_000`,
  owed: `
    06-environment.suite.ts: settleMs = 2_000`,
};

const forms = [
  /\b\w*(?:Ms|Seconds)\b ?[:=] ?[1-9][\d_.]*/g,
  /\b\w*(?:Ms|Seconds)\b = [^;\n]*?\(?[^;\n]*?\b\d[\d_]{3,}\b[^;\n]*/g,
  /\[\w*Ms, [^\]]*\] = \[[\d_]+[^\]]*\]/g,
  /\b(?:timeout|connectTimeout|forceKillAfterDelay): [1-9][\d_]*/g,
  /\b(?:AbortSignal\.timeout|pause|waitForExit|withStartupTimeout)\([1-9][\d_]*/g,
  /\bset(?:Timeout|Interval)\([^;\n]*, [1-9][\d_]*\)/g,
  /\b\w+Seconds: limit\([^;]*?default\(\d+\)/g,
  /\b\w*Seconds \?\? \d+/g,
];

/** The time between two looks decides nothing, and a report's example was not measured here. */
const left = /^(?:everyMs|retryDelay)\b/;
const proved = /\.(?:test|testing|fixture)\.ts$|sample-report\.ts$|\/fuzz\//;

function written(): Set<string> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const found = globSync(['harness/**/*.ts', 'suites/*.ts'], { cwd: root }).filter((file) => !proved.test(file)).flatMap((file) => {
    const lines = readFileSync(`${root}${file}`, 'utf8').replace(/^\s*(?:\/?\*|\/\/).*$/gm, '');
    const matches = forms.flatMap((form) => [...lines.matchAll(form)].map(([text]) => text.replace(/\): Promise.*$/, '').trim()));
    return matches.filter((text) => !left.test(text)).map((text) => `${basename(file)}: ${text}`);
  });
  return new Set(found);
}

test('every fixed number of seconds has a reason', () => {
  const listed = Object.values(reasons).flatMap((rows) => rows.trim().split(/\n\s*/));
  expect(new Set(listed).size).toBe(listed.length);
  expect([...written()].toSorted()).toEqual(listed.toSorted());
});
