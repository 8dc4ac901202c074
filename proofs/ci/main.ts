import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { platformId } from '../../harness/system/platform.ts';
import { root } from '../support/command.ts';
import { closingLine, failuresOf, readVitest, type Step } from './count.ts';

// node proofs/ci/main.ts FOLDER: reads what the steps of .ci/run left in the folder, prints the time of each and the closing line.

const [folder = ''] = process.argv.slice(2);
const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
const resultOf: Readonly<Record<string, Step['result']>> = {
  verify: { kind: 'report', text: textOf(join(root, 'reports', platformId(), 'report.json')) },
  unit: { kind: 'vitest', text: textOf(join(folder, 'unit.json')) },
  proofs: { kind: 'vitest', text: textOf(join(folder, 'proofs.json')) },
};

const steps = (textOf(join(folder, 'steps')) ?? '').split('\n').filter(Boolean).map((line): Step => {
  const [name = '', status, seconds] = line.split('\t');
  const result = resultOf[name];
  return { name, status: Number(status), seconds: Number(seconds), ...(result && { result }) };
});

/** So many lines of a failure are told here; the log has all. */
const saidLines = 12;

const say = (seconds: number, name: string) => void process.stdout.write(`${seconds.toFixed(0).padStart(6)} s  ${name}\n`);
for (const { name, status, seconds, result } of steps) {
  say(seconds, status === 0 ? name : `${name}: exit ${status}`);
  if (result?.kind !== 'vitest' || result.text === undefined) continue;
  const files = readVitest(result.text).testResults.map((file) => ({ ...file, seconds: (file.endTime - file.startTime) / 1000 }));
  for (const file of files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 8)) say(file.seconds, `    ${relative(root, file.name)}`);
}
say(steps.reduce((sum, { seconds }) => sum + seconds, 0), 'in all');
for (const { result } of steps) {
  if (result?.kind !== 'vitest' || result.text === undefined) continue;
  for (const { name, said } of failuresOf(readVitest(result.text))) {
    process.stdout.write(`failed: ${name}\n${said.split('\n').slice(0, saidLines).map((line) => `    ${line.slice(0, 300)}\n`).join('')}`);
  }
}
const { line, failed } = closingLine(steps);
process.stdout.write(`${line}\n`);
process.exitCode = failed || steps.length === 0 ? 1 : 0;
