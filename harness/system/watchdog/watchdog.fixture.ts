import { Launch } from '../launch/launch.ts';
import { newRun } from '../launch/run-folder.ts';
import { waitFor } from '../wait.ts';
import { startWatchdog } from './watchdog.ts';

// A harness that starts something which ignores signals and leaves an orphan, and something whose environment cannot be
// seen, and then waits to be killed.
const run = newRun();
await startWatchdog(run);
const script = 'trap "" TERM INT; setsid sleep 300 & while :; do sleep 0.1; done';
const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'subject' }, {});
await waitFor('the orphan', () => launch.alive().find((entry) => entry.command.startsWith('sleep 300')), { deadlineMs: 5_000 });
const hidden = Launch.start(run, { file: '/usr/bin/env', args: ['-i', '/bin/sleep', '301'], variant: 'service' }, {});
await waitFor('the hidden one', () => hidden.alive().find((entry) => entry.command === '/bin/sleep 301'), { deadlineMs: 5_000 });
process.send?.({ run, hidden: hidden.pid });
setInterval(() => {}, 1_000);
