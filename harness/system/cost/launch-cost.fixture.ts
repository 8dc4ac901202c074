import { Launch } from '../launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../launch/run-folder.ts';
import { libc } from '../processes/libc-linux.ts';
import { findOnPath } from '../tools/on-path.ts';
import { watchEnded } from './launch-cost.ts';

// Measures one program of Python from its start to its end. A process of its own: what it has started and waited for counts, all of it.
const run = newRun();
createRunFolder(run);
if (libc === undefined) throw new Error('koffi does not load');
const cost = watchEnded(libc);
const launch = Launch.start(run, { file: findOnPath('python3') ?? '', args: ['-S', '-c', process.argv[2] ?? ''], variant: 'subject' }, {});
const exit = await launch.waitForExit(60_000);
const told = { ...cost(), wallMs: exit?.atMs, code: exit?.code };
await launch.dispose();
removeRun(run);
process.send?.(told);
