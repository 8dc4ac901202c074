import type { Expectation } from './expectation.ts';

const stopped = (how: string): RegExp => new RegExp(`after SIG(TERM|INT) the worker ended with ${how}`);

const withoutModel = { variant: 'small-worker', project: 'small-worker', only: ['shutdown'] } as const;
/** The execution of its contract whose activity takes a second. */
const rests = 'executions.11';

/** What is wrong with a stop, each with a remedy of its own; and what is in flight at a stop where no model holds it. */
export const stopExpectations: readonly Expectation[] = [
  { variant: 'no-handler', red: {
    'shutdown.sigterm.parent.idle': /the worker ended with SIGTERM in .* stops: nothing in it handles SIGTERM/,
    'shutdown.sigint.parent.idle': stopped('(SIGINT|exit code)'), 'shutdown.every-launch': /stops not as promised/,
    'shutdown.sigterm.parent.in-flight': /left while its activity was in flight/,
  }, remedies: {
    'shutdown.sigterm.parent.idle': /loop\.add_signal_handler\(s, stop\.set\)/, 'shutdown.sigterm.parent.in-flight': /add_signal_handler/,
    'shutdown.every-launch': /add_signal_handler|KeyboardInterrupt/,
  }, may: ['shutdown.left-overs'] },
  { variant: 'late-handler', red: {
    'shutdown.sigterm.parent.idle': /ended with SIGTERM in .* stops: its handler was not there yet/,
    'shutdown.sigint.parent.idle': stopped('(SIGINT|exit code)'), 'shutdown.every-launch': /stops not as promised/,
    'shutdown.sigterm.parent.in-flight': /left while its activity was in flight/,
  }, remedies: {
    'shutdown.sigterm.parent.idle': /install the handler before the slow imports/,
    'shutdown.sigterm.parent.in-flight': /install the handler before the slow imports/,
  }, may: ['shutdown.left-overs'] },
  { variant: 'launcher-leaves-worker', contract: { 'shutdown.parentKilled': undefined }, red: {
    'shutdown.sigterm.parent.idle': /ended with exit code 0 in .*: the worker, process \d+, lives on/,
    'shutdown.sigint.parent.idle': /lives on, so what started it does not hand the signal on/,
    'shutdown.sigterm.parent.in-flight': /left while its activity was in flight/,
    'shutdown.survivors': /launcher-leaves-worker/, 'shutdown.deregistration': /handed to the leaving worker/,
    'shutdown.left-overs': /files are left/,
  }, remedies: {
    'shutdown.sigterm.parent.idle': /let what starts the worker hand SIGTERM on/, 'shutdown.sigterm.parent.in-flight': /hand SIGTERM on/,
    // A stop while it starts may come when the worker has been started.
  }, may: ['shutdown.sigterm.parent.starting'] },
  { variant: 'launcher-keeps-signal', contract: { 'shutdown.parentKilled': undefined, 'shutdown.withinSeconds': 5 }, red: {
    'shutdown.sigterm.parent.idle': /does not end the worker within 5 s: the worker, process \d+, ends by SIGTERM when it is told itself/,
    'shutdown.sigint.parent.idle': /SIGINT does not end the worker within 5 s: the worker, process \d+, ends by SIGINT/,
    'shutdown.sigterm.parent.in-flight': /SIGTERM does not end the worker/, 'shutdown.every-launch': /still running/,
    'shutdown.deregistration': /handed to the leaving worker/,
  }, remedies: { 'shutdown.sigint.parent.idle': /let what starts the worker hand SIGINT on/ } },
  { variant: 'slow-stop-in-time', title: 'stops after its time', contract: { 'shutdown.withinSeconds': 2 }, red: {
    'shutdown.sigterm.parent.idle': /SIGTERM does not end the worker within 2 s: it ended \d\.\d s after that/,
    'shutdown.sigint.parent.idle': /it ended \d\.\d s after that/, 'shutdown.sigterm.parent.in-flight': /does not end the worker/,
    'shutdown.every-launch': /still running/,
  }, remedies: {
    'shutdown.sigterm.parent.idle': /let what it waits for be over in time: graceful_shutdown_timeout/,
  }, only: ['shutdown'], may: [
    'shutdown.left-overs', 'shutdown.survivors', 'shutdown.sigterm.parent.starting', 'shutdown.sigint.parent.starting',
    'shutdown.deregistration',
  ] },
  { ...withoutModel, title: 'small-worker, whose long activity is in flight', red: {} },
  // Longer than it gives its activities: none is finished.
  { ...withoutModel, title: 'small-worker, whose activity is too long', contract: {
    [`${rests}.input`]: [12], [`${rests}.expect`]: { result: 12 },
  }, red: {
    'shutdown.sigterm.parent.in-flight': /was not handled as promised[^]*activity rest: /,
  }, remedies: { 'shutdown.sigterm.parent.in-flight': /graceful_shutdown_timeout=timedelta/ } },
  { ...withoutModel, title: 'small-worker, whose activities are quick', contract: {
    [`${rests}.input`]: [0.01], [`${rests}.expect`]: { result: 0.01 },
  }, red: {}, unjudged: {
    'shutdown.sigterm.parent.in-flight': /takes long enough .* add an execution to the contract whose activity takes a few seconds/,
    'shutdown.deregistration': /no activity takes long enough to be caught in flight/,
  } },
  { ...withoutModel, title: 'small-worker, whose quick activity is named', contract: {
    'shutdown.inFlightExecution': 'translates into French',
  }, red: {}, unjudged: {
    'shutdown.sigterm.parent.in-flight': /translate of "translates into French", took 0\.\d s; name another one there/,
    'shutdown.deregistration': /no activity takes long enough to be caught in flight/,
  } },
];
