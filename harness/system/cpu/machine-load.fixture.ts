import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Launch } from '../launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../launch/run-folder.ts';
import { watchMachine } from './machine-load.ts';

// A harness beside a loop of its own and then beside one of somebody else. A process of its own: what it has started and waited for counts.
const run = newRun();
createRunFolder(run);
const busy = ['-c', 'while :; do :; done'];
const watch = watchMachine(run);
const own = Launch.start(run, { file: '/bin/sh', args: busy, variant: 'subject' }, {});
await pause(1_500);
const withOwn = watch.seen();
await own.dispose();
const again = watchMachine(run);
const foreign = spawn('/bin/sh', busy, { stdio: 'ignore' });
await pause(1_500);
const withForeign = again.seen();
foreign.kill('SIGKILL');
removeRun(run);
process.send?.({ withOwn, withForeign });
