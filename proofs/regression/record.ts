import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { allowedCpus } from '../../harness/system/cpu/pinned.ts';
import { launchVersion } from './version-launch.ts';

// node proofs/regression/record.ts BINARY PAIRS FILE: the noise of real launches, as pairs of one executable with itself.
// Kept in proofs/regression/recorded/, in the order of the runs; simulate.ts draws from it.
const [binary = '', pairs = '100', file = ''] = process.argv.slice(2).map((word, index) => (index === 0 ? resolve(word) : word));
const folder = await mkdtemp(join(tmpdir(), 'frostgate-record-'));
try {
  const cpus = allowedCpus();
  await launchVersion(binary, cpus[0], folder, '');
  const rows: number[][] = [];
  for (let index = 0; index < Number(pairs); index++) {
    const [cpu, padding] = [cpus[index % cpus.length], 'x'.repeat(Math.floor(Math.random() * 4096))];
    const [first, second] = [await launchVersion(binary, cpu, folder, padding), await launchVersion(binary, cpu, folder, padding)];
    rows.push([first.cpuMs, second.cpuMs, first.wallMs, second.wallMs, loadavg()[0] ?? 0].map((value) => Number(value.toFixed(2))));
  }
  const head = { cores: availableParallelism(), recorded: new Date().toISOString(), of: '--version of fixtures/agent-runner', columns: [
    'CPU first, ms', 'CPU second, ms', 'wall first, ms', 'wall second, ms', 'load of one minute',
  ] };
  await writeFile(file, `${JSON.stringify(head).slice(0, -1)},"pairs":[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
