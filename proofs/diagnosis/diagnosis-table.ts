import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../harness/model/errors.ts';
import { build, root } from '../support/command.ts';
import { table as remedies } from '../remedies/table.ts';
import { builtBoth } from './build.ts';
import { readFaults } from './fault.ts';
import { rowOf, type Row } from './row.ts';
import { tableText } from './text.ts';

// npm run diagnosis-table -- [NAME…]: builds each fault and what repairs it, says of both what frostgate says, and writes the table.
// A row that is kept is not made again, but for those that are named. Two to four minutes each.

const keptFile = join(root, 'proofs/diagnosis/table.json');
const textFile = join(root, 'proofs/diagnosis/TABLE.md');
const stopped = new AbortController();
process.once('SIGINT', () => stopped.abort(new Error('stopped')));

const worker = join(root, 'fixtures/small-worker');
const ofWorker = (name: string) => ({ project: worker, binary: join(worker, 'dist', name) });

const { signal } = stopped;

/** What makes each row, by its name. */
const makers: Readonly<Record<string, () => Promise<Row>>> = Object.fromEntries([
  ...readFaults().map((fault) => [fault.name, async () => await rowOf(fault, await builtBoth(fault, signal), signal)] as const),
  ...remedies.map(({ variant, hazard }) => [`small-worker/${variant}`, async () => {
    await build('small-worker', signal, variant, 'small-worker');
    const asked = { name: `small-worker/${variant}`, hazard, remedy: /./s, question: false };
    return await rowOf(asked, { faulty: ofWorker(variant), right: ofWorker('small-worker') }, signal);
  }] as const),
]);

const named = process.argv.slice(2);
const unknown = named.filter((name) => makers[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`there is no ${unknown.join(', ')}; there are ${Object.keys(makers).join(', ')}\n`);
  process.exit(2);
}

const keptRows: readonly Row[] = existsSync(keptFile) ? JSON.parse(readFileSync(keptFile, 'utf8')) : [];
const kept = new Map(keptRows.map((row) => [row.name, row]));
for (const name of kept.keys()) if (makers[name] === undefined) kept.delete(name);
const wanted = named.length > 0 ? named : Object.keys(makers).filter((name) => !kept.has(name));
for (const [index, name] of wanted.entries()) {
  process.stderr.write(`${index + 1} of ${wanted.length}: ${name}\n`);
  try {
    const row = await makers[name]?.();
    if (row) kept.set(name, row);
  } catch (error) {
    if (signal.aborted) break;
    process.exitCode = 3;
    process.stderr.write(`${messageOf(error)}\n`);
  }
  const rows = [...kept.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  writeFileSync(keptFile, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
  writeFileSync(textFile, tableText(rows));
}
process.stdout.write(readFileSync(textFile, 'utf8'));
