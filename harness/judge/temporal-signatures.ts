import type { Signature } from '../model/signature.ts';

/** The Temporal client and worker, whatever the executable is made with (hazards TW). */
export const temporalSignatures: readonly Signature[] = [
  {
    id: 'TW-19',
    pattern: /Fatal Python error: PyGILState_Release/,
    always: true,
    cause: () => "The Temporal SDK's native threads crashed the interpreter while it was shutting down; that happens from source too, " +
      "so freezing is not the cause.",
    remedy: () => 'Flush the logs and call os._exit(code) as the last line of main(); tell supervisors not to alarm on this crash.',
  },
  {
    id: 'TW-06',
    pattern: /Failed client connect:.{0,400}\(".{0,40}connect error", (?<address>[\w.:[\]-]{1,100})|Failed client connect:/,
    cause: ({ address }) => `The worker could not connect to the Temporal server${address === undefined ? '' : ` at ${address}`} and ` +
      'does not try again.',
    remedy: () => 'Check the address that the worker was given; in the worker, retry Client.connect until a deadline.',
  },
  {
    id: 'TW-07',
    pattern: /Worker validation failed: Namespace (?<namespace>[\w.-]{1,200})/,
    cause: ({ namespace }) => `The Temporal server does not know the namespace ${namespace ?? '?'}.`,
    remedy: () => "Check the worker's namespace setting against temporal.namespace in the contract; create the namespace before the start.",
  },
  {
    id: 'TW-08',
    pattern: /Worker is shutting down and this activity did not complete in time/,
    cause: () => 'The activity in flight was cut off at the shutdown and will run again from the start.',
    remedy: () => "Set Worker(graceful_shutdown_timeout=timedelta(seconds=…)) above the activity's time, and the supervisor's grace " +
      "above that.",
  },
  {
    id: 'TW-09',
    pattern: /add_signal_handler/,
    followedBy: /NotImplementedError/,
    cause: () => 'The worker calls loop.add_signal_handler, which Windows does not have.',
    remedy: () => 'Catch NotImplementedError there and use signal.signal(signal.SIGINT, …) and signal.signal(signal.SIGBREAK, …) instead.',
  },
];
