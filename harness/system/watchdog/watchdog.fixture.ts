import { Launch } from '../launch/launch.ts';
import type { ProcessEntry } from '../processes/process-entry.ts';
import { newRun } from '../launch/run-folder.ts';
import { waitFor } from '../wait.ts';
import { startWatchdog } from './watchdog.ts';

// A harness that starts something which ignores signals and leaves an orphan, and something that leaves a daemon without environment,
// descriptors and parent in a session of its own, and then waits to be killed.
const run = newRun();
await startWatchdog(run);
const script = 'trap "" TERM INT; setsid sleep 300 & while :; do sleep 0.1; done';
const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'subject' }, {});
const isOrphan = ({ command }: ProcessEntry): boolean => command.startsWith('sleep 300');
const orphan = await waitFor('the orphan', () => launch.alive().find(isOrphan), { deadlineMs: 5_000 });
const daemon = 'cd /; exec 0<&- 1>&- 2>&-; setsid env -i /bin/sh -c "sleep 301 & exit" & exit';
const hidden = Launch.start(run, { file: '/bin/sh', args: ['-c', daemon], variant: 'service' }, {});
const orphanOf = (members: readonly ProcessEntry[]) =>
  members.find(({ command, parentPid }) => command === 'sleep 301' && !members.some(({ pid }) => pid === parentPid));
const found = await waitFor('the daemon', () => orphanOf(hidden.alive()), { deadlineMs: 5_000 });
process.send?.({ run, escaped: [orphan.pid, found.pid] });
setInterval(() => {}, 1_000);
