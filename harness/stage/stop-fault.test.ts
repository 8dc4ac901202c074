import { expect, test } from 'vitest';
import type { PromisedStop } from './promised-stop.ts';
import { adviceFor, stopAdvice, type StopFault } from './stop-advice.ts';
import { faultClause, faultOf, type Judgeable, type Signs } from './stop-fault.ts';
import type { SdkName } from './worker-sdk.ts';

const promised: PromisedStop = {
  signals: ['SIGTERM', 'SIGINT'], main: 'SIGTERM', exitCodes: [0], withinMs: 15_000, inFlight: 'drain', parentKilled: undefined,
};

type Seen = {
  readonly exit?: number | NodeJS.Signals; readonly signal?: NodeJS.Signals; readonly left?: readonly number[];
} & Partial<Signs>;

const stop = ({ exit, signal = 'SIGTERM', left = [], worker = 7, handling, ...signs }: Seen): Judgeable => ({
  signal, stopMs: 100, signs: { worker, handling, ...signs }, remains: { survivors: left.map((pid) => ({ pid })) },
  exit: exit === undefined ? undefined : { atMs: 1, code: typeof exit === 'number' ? exit : null,
    signal: typeof exit === 'string' ? exit : null },
});
const fault = (seen: Seen, sdk?: SdkName, elsewhere = false) => faultOf(promised, stop(seen), elsewhere, sdk);

test.for<[string, Seen, SdkName | undefined, StopFault]>([
  ['by the signal, without a handler', { exit: 'SIGTERM', handling: 'default' }, 'python', 'no-handler'],
  ['by the signal, where the system does not tell of handlers', { exit: 'SIGTERM' }, undefined, 'no-handler'],
  ["by the signal, with a handler of the worker's", { exit: 'SIGTERM', handling: 'caught' }, 'python', 'exit-code'],
  ["by the signal, with the handler that Go's runtime has", { exit: 'SIGTERM', handling: 'caught' }, 'go', 'no-handler'],
  ['by SIGINT, with the handler that Python has', { exit: 'SIGINT', signal: 'SIGINT', handling: 'caught' }, 'python', 'no-handler'],
  ["with a shell's code for that", { exit: 143, handling: 'default' }, 'python', 'no-handler'],
  ['with that code, by a handler', { exit: 143, handling: 'caught' }, 'python', 'exit-code'],
  ['with that code, in a JVM', { exit: 143, handling: 'default' }, 'java', 'exit-code'],
  ['with 1', { exit: 1, handling: 'caught' }, 'python', 'exit-code'],
  ['with 130 after SIGTERM', { exit: 130, handling: 'default' }, 'python', 'exit-code'],
  ['by SIGABRT', { exit: 'SIGABRT', handling: 'caught' }, 'python', 'aborted'],
  ['by SIGSEGV', { exit: 'SIGSEGV', handling: 'default' }, 'python', 'aborted'],
  ['by the signal, and its worker lives on', { exit: 'SIGTERM', handling: 'default', left: [7] }, 'python', 'wrapper'],
  ['with 0, and its worker lives on', { exit: 0, handling: 'caught', left: [7] }, 'python', 'wrapper'],
  ['by the signal, and a helper lives on', { exit: 'SIGTERM', handling: 'default', left: [8] }, 'python', 'no-handler'],
  ['late', { handling: 'caught', lateMs: 3_000 }, 'python', 'too-slow'],
  ['only when the worker is told itself', { handling: 'caught', lookedMs: 10_000, ownEnds: true }, 'python', 'wrapper'],
  ['never, and ignores the signal', { handling: 'ignored', lookedMs: 10_000 }, 'python', 'ignored'],
  ['never', { handling: 'caught', lookedMs: 10_000, ownEnds: false }, 'python', 'hangs'],
])('a worker that ends %s', ([, seen, sdk, expected]) => {
  expect(fault(seen, sdk)).toBe(expected);
});

test('a worker that the signal ends at one stop, and that handles it elsewhere, has a handler, but not yet', () => {
  expect(fault({ exit: 'SIGTERM', handling: 'default' }, 'python', true)).toBe('too-late');
  expect(fault({ exit: 1, handling: 'caught' }, 'python', true)).toBe('exit-code');
});

test('the clause says what was seen', () => {
  expect(faultClause('too-slow', stop({ lateMs: 3_210 }))).toBe(': it ended 3.2 s after that');
  expect(faultClause('hangs', stop({ lookedMs: 10_000 }))).toBe(', nor 10.0 s later');
  expect(faultClause('wrapper', stop({ ownEnds: true }))).toMatch(/process 7, ends by SIGTERM when it is told itself/);
  expect(faultClause('wrapper', stop({ exit: 0, left: [7] }))).toMatch(/process 7, lives on/);
});

/** What only one SDK has, and no worker of another one may be told. */
const own: Readonly<Record<SdkName, RegExp>> = {
  python: /os\._exit|add_signal_handler|graceful_shutdown_timeout|sys\.|signal\.signal|start_new_session|os\.getppid|KeyboardInterrupt/,
  go: /InterruptCh|WorkerStopTimeout|SysProcAttr|log\.Fatalln|os\.Getppid/,
  typescript: /process\.|shutdownGraceTime|connection\.close\(\)|worker\.run\(\) then/,
  java: /Runtime\.getRuntime|awaitTermination|factory\.|jstack/,
  dotnet: /PosixSignal|AddHostedTemporalWorker|GracefulShutdownTimeout|OperationCanceled/,
};
const sdks = ['python', 'go', 'typescript', 'java', 'dotnet'] as const;
const faults = Object.keys(stopAdvice).flatMap((name) => (isFault(name) ? [name] : []));

function isFault(name: string): name is StopFault {
  return name in stopAdvice;
}

test.for(faults.flatMap((name) => [...sdks, undefined].map((sdk) => [name, sdk] as const)))('advice about %s for %s', ([name, sdk]) => {
  const advice = adviceFor(name, sdk, 'SIGTERM');
  expect(advice).not.toMatch(/\{signal|undefined/);
  expect(sdks.filter((other) => other !== sdk && own[other].test(advice))).toEqual([]);
});

test('what is not verified for .NET is a question', () => {
  expect(Object.values(stopAdvice).flatMap(({ dotnet }) => dotnet ?? []).filter((text) => !text.includes('?'))).toEqual([]);
});

test('the remedy for a worker that the signal ends is a handler', () => {
  expect(adviceFor('no-handler', 'python', 'SIGTERM')).toMatch(/loop\.add_signal_handler\(s, stop\.set\)/);
  expect(adviceFor('no-handler', 'go', 'SIGTERM')).toMatch(/w\.Run\(worker\.InterruptCh\(\)\)/);
  expect(adviceFor('no-handler', undefined, 'SIGINT')).toMatch(/handle SIGINT in the worker/);
});
