/**
 * The signal by which is seen what takes more than an ordinary stop: work in flight, a second signal, the worker's own process. SIGTERM,
 * which supervisors send first, or the first one of a worker that promises other signals only.
 */
export function mainSignal<Signal extends string>(signals: readonly Signal[]): Signal | undefined {
  return signals.find((signal) => signal === 'SIGTERM') ?? signals[0];
}
