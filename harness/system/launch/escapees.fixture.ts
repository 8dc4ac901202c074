import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contain, straysOf } from '../containment.ts';
import { survivorLine, survivorOf } from '../processes/survivor.ts';
import { listProcesses } from '../processes/process-table.ts';
import { Launch } from './launch.ts';
import { createRunFolder, newRun, removeRun } from './run-folder.ts';

// A harness with one launch, of the script that it is told: says what outlived it, and what is left after everything was ended. Nothing
// but this process and what came from it is counted: whatever is orphaned below it is handed to it.
process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'escapees-'));
const own = new Set(children());
const run = newRun();
createRunFolder(run);
const containment = contain(run);
const launch = Launch.start(run, { file: '/bin/bash', args: ['-c', process.argv[2] ?? ''], variant: 'subject' }, {});
launch.alive(); // as whoever waits for it does, again and again
const looking = setInterval(() => launch.alive(), 50);
await launch.waitForExit(10_000);
clearInterval(looking);
const { survivors } = await launch.remains();
const stuck = await launch.dispose();
const strays = straysOf(run).map((entry) => survivorOf(entry, { parents: [], afterMs: undefined }));
const said = launch.output.text();
await containment[Symbol.asyncDispose]();
removeRun(run);
const left = { processes: children().filter((pid) => !own.has(pid)).length, files: readdirSync(tmpdir()).length };
rmSync(tmpdir(), { recursive: true });
process.send?.({
  survivors: survivors.map(survivorLine), strays: strays.map(survivorLine), stuck, left, ways: containment.ways, exit: launch.exit, said,
});
process.disconnect();

/** Zombies too: they are in the way of nobody, but their pids are not free. */
function children(): number[] {
  return listProcesses().filter(({ parentPid }) => parentPid === process.pid).map(({ pid }) => pid);
}
