import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Bench } from 'tinybench';
import { identify } from '../harness/runtimes/identify.ts';
import { readBundle } from '../harness/runtimes/subject.ts';
import { readSubject } from '../harness/runtimes/read-subject.ts';
import { RecordedImports } from '../harness/baselines/recorder/bench.testing.ts';
import { diagnose } from '../harness/judge/diagnose.ts';
import { decide, mostPairs, type DecisionSettings } from '../harness/judge/regression/decide.ts';
import { limitsOf } from '../harness/judge/regression/limits.ts';
import { hazards } from '../harness/runtimes/pyinstaller/hazards/hazards.ts';
import { listProcesses } from '../harness/system/processes/process-table.ts';
import { referenceBinary } from '../harness/run/reference.ts';
import { FiftyReports } from '../harness/gate/bench.testing.ts';
import { renderings } from '../harness/report/renderings.ts';
import { HundredMegabytes } from '../harness/system/secrets/bench.testing.ts';
import { sampleReport } from '../harness/report/sample-report.testing.ts';
import { normal, randomOf } from './regression/random.ts';

// npm run bench: the harness's own hot paths. Needs the reference executable (npm test builds it).
const report = sampleReport();
// One with pandas, litellm and an MCP client: fixtures/heavy/build.sh builds it.
const heavy = fileURLToPath(new URL('../fixtures/heavy/dist/heavy', import.meta.url));
const large = [referenceBinary, ...(existsSync(heavy) ? [heavy] : [])];
const identities = await Promise.all(large.map(identify));
using fifty = new FiftyReports();
using recorded = new RecordedImports();
using left = new HundredMegabytes();
const log = Array.from({ length: 5_000 }, (_, index) => `{"level":"info","event":"tick","n":${index}}`).join('\n');
// As many pairs as there are at most: with such rates nothing is decided before.
const random = randomOf('bench');
const noisy = () => 1_600 * Math.exp(0.04 * normal(random));
const undecided = Array.from({ length: mostPairs }, () => ({ subject: noisy(), previous: noisy(), endedMs: 0 }));
const settings: DecisionSettings[] = limitsOf({}).filter(({ metric }) => metric === 'cpu.ready').map((limit) => (
  { limit, previousAtWarmUp: 1_600, alpha: 1e-300, beta: 1e-300, cap: { pairs: mostPairs, timeMs: Infinity } }
));
const bench = new Bench({ time: 1_000, iterations: 8, warmupIterations: 2 })
  .add('load the modules of the reference from source', () => recorded.load())
  .add('load them and record that', () => recorded.loadRecorded())
  .add('list the processes of this machine', () => void listProcesses())
  .add('diagnose a log of 5,000 healthy lines', () => void diagnose([{ name: 'log', text: log }], ['startup.ready'], hazards))
  .add(`decide about one metric by ${mostPairs} pairs, with its interval`, () => {
    for (const one of settings) decide(undecided, one);
  })
  .add('all renderings of a report', () => {
    for (const { render } of renderings) render(report, '0'.repeat(64));
  })
  .add('the gate over 50 reports', fifty.gate)
  .add('search 100 MB of logs, data and noise for three secrets in every encoding', () => left.search());
for (const [index, file] of large.entries()) {
  const [name, identity] = [basename(file), identities[index]];
  bench.add(`identify ${name}`, async () => void (await identify(file)))
    .add(`read the whole inventory of ${name}`, async () => void (await readBundle(file)))
    .add(`read every byte of ${name}, in a process of its own`, async () => void (identity && await readSubject({ file }, identity, {})));
}
await bench.run();
const rows = bench.table();
process.stdout.write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
