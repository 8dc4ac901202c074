import { Runtime } from '@temporalio/worker';

let installed = false;

/** Makes the SDK's runtime of this thread silent and leaves the process's signals alone; must come before anything else of it. */
export function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({ logger: quietLogger, shutdownSignals: [] });
}

/** Says nothing. */
export const quietLogger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
