import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium, noChromium, openBrowser } from '../pages/chromium.ts';
import { build, root, run } from '../support/command.ts';
import { exampleFolder, examplePlatform, examples } from './rendered.ts';

// npm run examples: verifies the reference worker, and a build of it whose one data file was left out, in full as a user does; decides over
// each as over a release; keeps reports, decisions and a picture of each page's first screen in fixtures/reports.
const binaries = { green: 'fixtures/agent-runner/dist/agent-runner', red: 'fixtures/sabotaged/dist/no-prompt' } as const;
const contract = 'fixtures/agent-runner/worker-contract.yaml';
const expected = { green: 0, red: 1 } as const;
const limits = { timeoutMs: 1_200_000, signal: AbortSignal.timeout(3_600_000) };
const screen = { width: 1_000, height: 1_180 };

async function made(example: (typeof examples)[number], reports: string): Promise<void> {
  const binary = binaries[example];
  process.stderr.write(`${example}: ${binary}, some minutes (load ${loadavg()[0]?.toFixed(1)}, ${availableParallelism()} cores)\n`);
  const words = ['--binary', binary, '--contract', contract, '--baseline', 'fixtures/agent-runner', '--report-dir', reports];
  const verified = await run(process.execPath, [join(root, 'harness/main.ts'), ...words], limits);
  if (verified.code !== expected[example]) throw new Error(verified.told);
  const release = ['--require', examplePlatform, '--contract', contract, '--artifact', binary, '--report-dir', reports];
  const decided = await run(process.execPath, [join(root, 'harness/gate.ts'), reports, ...release], limits);
  if (decided.code !== expected[example]) throw new Error(decided.told);
}

/** The reports were made elsewhere, and are told as a user finds them. */
async function kept(example: (typeof examples)[number], reports: string): Promise<void> {
  const folder = exampleFolder(example);
  await rm(folder, { recursive: true, force: true });
  await cp(reports, folder, { recursive: true });
  for (const file of ['report.json', '../gate/gate.json']) {
    const path = join(folder, examplePlatform, file);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(reports, 'reports'));
  }
}

/** The first screen of a page. @throws {Error} without a Chromium. */
async function pictured(example: (typeof examples)[number]): Promise<void> {
  const executable = await findChromium();
  if (executable === undefined) throw noChromium();
  const browser = await openBrowser(executable);
  try {
    const page = await browser.newPage({ viewport: screen, colorScheme: 'light' });
    await page.goto(pathToFileURL(join(exampleFolder(example), examplePlatform, 'report.html')).href);
    await page.screenshot({ path: join(exampleFolder(example), 'report.png') });
  } finally {
    await browser.close();
  }
}

await build('sabotaged', limits.signal, 'no-prompt');
const folder = await mkdtemp(join(tmpdir(), 'frostgate-examples-'));
try {
  for (const example of examples) {
    const reports = join(folder, example);
    await made(example, reports);
    await kept(example, reports);
    await pictured(example);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
