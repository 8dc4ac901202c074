import { Bench } from 'tinybench';
import { identify } from './bundle/identify.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { listProcesses } from './process/process-table.ts';
import { referenceBinary } from './reference.ts';
import { junit } from './report/junit.ts';
import { markdown } from './report/markdown.ts';
import { sampleReport } from './report/sample-report.ts';

// npm run bench: the harness's own hot paths. Needs the reference executable (npm test builds it).
const report = sampleReport();
const log = Array.from({ length: 5_000 }, (_, index) => `{"level":"info","event":"tick","n":${index}}`).join('\n');
const bench = new Bench({ time: 1_000 })
  .add('identify the reference executable', async () => void (await identify(referenceBinary)))
  .add('list the processes of this machine', () => void listProcesses())
  .add('diagnose a log of 5,000 healthy lines', () => void diagnose([{ name: 'log', text: log }], ['startup.ready']))
  .add('render a report as Markdown', () => void markdown(report))
  .add('render a report as JUnit', () => void junit(report));
await bench.run();
const rows = bench.table();
process.stdout.write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
