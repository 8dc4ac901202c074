import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Launch } from '../launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../launch/run-folder.ts';
import { watchMachine } from './machine-load.ts';

// A harness beside loops of its own, one for each core, and then beside one of somebody else. A process of its own: what it has started
// and waited for counts.
const run = newRun();
createRunFolder(run);
const busy = ['-c', 'while :; do :; done'];
const startMs = performance.now();
const watch = watchMachine(run);
const loop = (): Launch => Launch.start(run, { file: '/bin/sh', args: busy, variant: 'subject' }, {});
const own = Array.from({ length: availableParallelism() }, loop);
await pause(1_500);
const withOwn = watch.seen();
const ownCores = own.reduce((sum, { cpu }) => sum + cpu.sample().usedMs, 0) / (performance.now() - startMs);
await Promise.all(own.map((launch) => launch.dispose()));
const again = watchMachine(run);
const foreign = spawn('/bin/sh', busy, { stdio: 'ignore' });
await pause(1_500);
const withForeign = again.seen();
foreign.kill('SIGKILL');
removeRun(run);
process.send?.({ withOwn, ownCores, withForeign });
