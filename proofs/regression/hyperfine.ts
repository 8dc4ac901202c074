import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { median } from 'simple-statistics';
import { z } from 'zod';
import { referenceBinary, referenceProject } from '../../harness/run/reference.ts';
import { verify } from '../support/verification.ts';

// node proofs/regression/hyperfine.ts [FILE]: `FILE --version` as hyperfine measures it, then as a verification does, then hyperfine again,
// so that a machine that gets busier does so for both. Ends with 1 where our median is not within hyperfine's shortest and longest.

const runs = '10';
/** hyperfine's `--export-json`, in seconds: https://github.com/sharkdp/hyperfine/tree/master/scripts */
const exported = z.object({ results: z.array(z.object({ times: z.array(z.number()) })) });

const binary = resolve(process.argv[2] ?? referenceBinary);
const signal = AbortSignal.timeout(1_800_000);
const folder = await mkdtemp(join(tmpdir(), 'frostgate-hyperfine-'));

async function theirsMs(): Promise<number[]> {
  const file = join(folder, 'hyperfine.json');
  const measuring = ['--shell=none', '--warmup', '1', '--runs', runs, '--export-json', file];
  await execa('hyperfine', [...measuring, `${binary} --version`], { cancelSignal: signal });
  return exported.parse(JSON.parse(await readFile(file, 'utf8'))).results.flatMap(({ times }) => times.map((seconds) => seconds * 1e3));
}

async function oursMs(): Promise<readonly number[]> {
  const { report, told: said } = await verify([
    '--binary', binary, '--contract', join(referenceProject, 'worker-contract.yaml'), '--only', 'performance.version',
    '--report-dir', folder,
  ], 900_000, signal);
  const measured = report.measurements.find(({ metric, variant }) => metric === 'performance.version' && variant === 'subject');
  if (measured === undefined) throw new Error(`nothing was measured\n${said}`);
  return measured.samples;
}

const told = (samples: readonly number[]): string => samples.map((ms) => ms.toFixed(0)).join(' ');

try {
  const [before, ours, after] = [await theirsMs(), await oursMs(), await theirsMs()];
  const theirs = [...before, ...after];
  const [low, high, middle] = [Math.min(...theirs), Math.max(...theirs), median([...ours])];
  const isWithin = low <= middle && middle <= high;
  process.stdout.write([
    `hyperfine  median ${median(theirs).toFixed(0)} ms, ${low.toFixed(0)} to ${high.toFixed(0)} ms: ${told(before)} | ${told(after)}`,
    `frostgate  median ${middle.toFixed(0)} ms: ${told(ours)}`,
    isWithin ? 'within' : 'not within', '',
  ].join('\n'));
  process.exitCode = isWithin ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
