import { newRun } from '../launch/run-folder.ts';
import { startWatchdog } from './watchdog.ts';

// A harness on a machine so slow that its watchdog is not ready in time: it is told so, and ends by itself.
const run = newRun();
const said = await startWatchdog(run, 1).then(() => 'ready', (error: unknown) => String(error));
process.send?.({ run, said });
process.disconnect();
