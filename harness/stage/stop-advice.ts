import { fill } from '../model/hazard-table.ts';
import type { SdkName } from './worker-sdk.ts';

/**
 * What can be wrong with a stop: nothing handles the signal; it is ignored; only a process that starts the worker gets it; the handler
 * comes too late; the process crashes after an orderly stop; it ends with another code; it ends, but late; it does not end; it goes
 * wrong only where every process of its group is told; work in flight is lost, or not given back; it outlives what started it.
 */
export type StopFault = 'no-handler' | 'ignored' | 'wrapper' | 'too-late' | 'aborted' | 'exit-code' | 'too-slow' | 'hangs' | 'group'
  | 'work-lost' | 'not-given-back' | 'orphaned' | 'lost-lines';

/** What to do: in the words of an SDK where they are known, for whatever worker, and what is true of each. */
type Advice = Readonly<Partial<Record<SdkName, string>>> & { readonly any: string; readonly all?: string };

const javaHook = 'Runtime.getRuntime().addShutdownHook(new Thread(() -> { factory.shutdown(); factory.awaitTermination(30, ' +
  'TimeUnit.SECONDS); }));';

const handle: Advice = {
  python: 'let the signal stop the worker: for s in (signal.SIGTERM, signal.SIGINT): loop.add_signal_handler(s, stop.set), then in ' +
    'place of await worker.run(): async with worker: await stop.wait()',
  go: 'let the signal stop the worker: err = w.Run(worker.InterruptCh())',
  typescript: "leave the signals to the SDK: remove process.on('SIGTERM', …) and an empty shutdownSignals of Runtime.install; await " +
    'worker.run() then ends by itself',
  java: `let the signal stop the worker: ${javaHook}`,
  dotnet: 'does nothing stop the worker there? using var t = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => { c.Cancel = true; ' +
    'cts.Cancel(); }); or a host with AddHostedTemporalWorker',
  any: 'handle {signal} in the worker: stop polling, await the work in flight, then end the process',
};

/** By fault; what is not verified for an SDK is a question. {signal} is the signal. */
export const stopAdvice: Readonly<Record<StopFault, Advice>> = {
  'no-handler': handle,
  ignored: {
    ...handle,
    all: 'and start it without the signal ignored: nohup, trap "" in a shell and SIG_IGN in a parent are inherited',
  },
  wrapper: {
    any: 'let what starts the worker hand {signal} on to it and wait for its end: exec the worker as the last line of a shell script; ' +
      'in a program send it on, wait, and end with its exit code',
  },
  'too-late': {
    python: 'install the handler before the slow imports, first in main(): signal.signal(signal.SIGTERM, on_signal), and hand it to the ' +
      'loop (loop.add_signal_handler) before the worker polls',
    go: 'listen first in main, before anything slow: stop := worker.InterruptCh(); then w.Run(stop)',
    typescript: 'is something slow imported or awaited before the SDK has its own handlers? Runtime.install(…) first gives it them',
    java: 'add the shutdown hook before factory.start(), and before anything slow',
    dotnet: 'is PosixSignalRegistration.Create called before anything slow?',
    any: 'install the handler before anything slow, and before the worker polls',
  },
  aborted: {
    python: 'skip the end of the interpreter, in which native threads crash it: flush logs, sys.stdout and sys.stderr, then ' +
      'os._exit(code) in place of every end of main(), sys.exit too',
    any: 'look at what still runs when the process ends: threads of libraries, exit handlers, destructors; does it end well when the ' +
      'process ends right after the worker has stopped?',
    all: 'or accept that end in the contract: shutdown.exitCode: [0, -6], minus the number of the signal',
  },
  'exit-code': {
    python: 'what leaves main() becomes the exit code: catch KeyboardInterrupt and CancelledError there once the worker has stopped, ' +
      'or end with sys.stdout.flush(); os._exit(0) as its last line',
    go: 'call log.Fatalln or os.Exit only for an error: if err := w.Run(worker.InterruptCh()); err != nil { log.Fatalln(err) }',
    typescript: 'does something call process.exit or reject after await worker.run()? Let await connection.close() be the last line',
    java: 'a JVM that a signal ends exits with 143 (SIGTERM) or 130 (SIGINT): promise exitCode: [143, 130], or call ' +
      'Runtime.getRuntime().halt(0); last in the shutdown hook',
    dotnet: 'does an OperationCanceledException of ExecuteAsync(cts.Token) leave Main? Catch it',
    any: 'end the process with the promised code once the worker has stopped',
    all: 'or promise the code in the contract (shutdown.exitCode)',
  },
  'too-slow': {
    python: 'let what it waits for be over in time: graceful_shutdown_timeout=timedelta(seconds=…) of the Worker below ' +
      'shutdown.withinSeconds, and activities that do not heed their cancellation are waited for without limit',
    go: 'let what it waits for be over in time: worker.Options{WorkerStopTimeout: …} below shutdown.withinSeconds',
    typescript: "let what it waits for be over in time: shutdownGraceTime: '…' of Worker.create below shutdown.withinSeconds",
    java: 'let what it waits for be over in time: awaitTermination(…) in the shutdown hook below shutdown.withinSeconds',
    dotnet: 'is GracefulShutdownTimeout longer than shutdown.withinSeconds?',
    any: 'let what it waits for be over in time',
    all: 'or promise more time in the contract (shutdown.withinSeconds)',
  },
  hangs: {
    python: 'do not call sys.exit, nor wait, in a handler of {signal}: the threads of the SDK go on; set an event there that ends ' +
      'async with worker, and look for what else is waited for (threads, pools, locks)',
    go: 'what does main wait for after w.Run(…) has returned? Look at the goroutines: kill -QUIT prints them where that is not handled',
    typescript: 'what keeps the process after await worker.run()? Close it: await connection.close(), servers, timers, child processes',
    java: 'what does the shutdown hook wait for? Give awaitTermination(…) a limit, and look at the threads with jstack',
    dotnet: 'what is awaited after the token was cancelled?',
    any: 'handle {signal} in the worker and shut it down; where there is a handler: what does it wait for?',
  },
  group: {
    python: 'what the worker starts should not get the signal too: start_new_session=True',
    go: 'what the worker starts should not get the signal too: cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}',
    typescript: 'what the worker starts should not get the signal too: spawn(…, { detached: true })',
    any: 'what the worker starts should not get the signal too: give it a process group of its own',
    all: 'a terminal and most service managers signal every process of the worker, and a launcher then passes the signal on to its ' +
      'child, which gets it twice: let a repeated signal change nothing',
  },
  'work-lost': {
    python: 'set graceful_shutdown_timeout=timedelta(seconds=…) on the Worker to longer than an activity needs, and await the worker ' +
      'before the process ends',
    go: 'set worker.Options{WorkerStopTimeout: …} to longer than an activity needs, and let w.Run(worker.InterruptCh()) return before ' +
      'the process ends',
    typescript: "set shutdownGraceTime: '…' in Worker.create to longer than an activity needs, await worker.run(), and let no handler of " +
      'your own end the process',
    java: `wait for it before the process ends: ${javaHook} Does the activity heartbeat? setAllowActivityHeartbeatDuringShutdown(true), ` +
      'after 1.31, lets it',
    dotnet: 'is GracefulShutdownTimeout = TimeSpan.FromSeconds(…) longer than an activity needs, and ExecuteAsync awaited?',
    any: 'give the worker time for the activities in flight at its stop, longer than one needs, and await it before the process ends',
  },
  'not-given-back': {
    python: 'await the worker (async with worker): what its shutdown cancels is given back',
    go: 'a Go worker does not give back what it leaves: the server waits for the activity\'s timeout. Let it finish: ' +
      'worker.Options{WorkerStopTimeout: …}',
    any: 'cancel the activity at the shutdown and await the worker, so that the server hears of it',
    all: 'where it finishes its work, promise inFlight: drain in the contract',
  },
  orphaned: {
    python: 'let the worker notice that the process that started it is gone: prctl(PR_SET_PDEATHSIG, SIGTERM) at its start on Linux, ' +
      'or a task that stops it when os.getppid() changes',
    go: 'let the worker notice that the process that started it is gone: unix.Prctl(unix.PR_SET_PDEATHSIG, …) at its start on Linux, ' +
      'or a goroutine that stops it when os.Getppid() changes',
    typescript: 'let the worker notice that the process that started it is gone: a timer that calls worker.shutdown() when process.ppid ' +
      'changes',
    any: 'let the worker notice that the process that started it is gone: prctl(PR_SET_PDEATHSIG, SIGTERM) at its start on Linux, or ' +
      'something that stops it when its parent changes',
  },
  'lost-lines': {
    python: 'flush the log before the process ends (logging.shutdown(), sys.stdout.flush() before os._exit), or do not buffer it',
    any: 'flush the log before the process ends, or do not buffer it',
  },
};

/** What to do about a fault, in the words of this SDK. */
export function adviceFor(fault: StopFault, sdk: SdkName | undefined, signal: string): string {
  const { any, all, ...own } = stopAdvice[fault];
  return fill([(sdk && own[sdk]) ?? any, all].filter((text) => text !== undefined).join('; '), { signal });
}
