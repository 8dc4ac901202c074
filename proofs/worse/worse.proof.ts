import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { copyAlike } from '../support/alike.ts';
import { asked, chosenRows } from '../support/asked.ts';
import { build, root } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { verify } from '../support/verification.ts';
import { rows } from './rows.ts';

// Real builds beside the reference as the last release: what has become worse is red for that and for what follows from it, and what
// differs in nothing but one byte is not. One that has become better is the reference itself after a worse one, is not red and is told as
// better. On a busy machine a metric may be undecided, but never wrong. Five minutes each, so never in a sample.

const { sample } = asked();
const limitMs = 1_200_000;
const project = join(root, 'fixtures/agent-runner');
const reference = join(project, 'dist/agent-runner');
const contract = join(project, 'worker-contract.yaml');

/** The contract of the reference, which asks for the time of executions too. */
async function contractAskingForWork(folder: string): Promise<string> {
  const [file, text] = [join(folder, 'worker-contract.yaml'), await readFile(contract, 'utf8')];
  const asking = text.replace('regression: { ', 'regression: { throughputPercent: 10, ');
  expect(asking).not.toBe(text);
  await writeFile(file, asking);
  return file;
}

describe.skipIf(sample)('worse', () => {
  beforeAll(async () => await build('regressions', AbortSignal.timeout(1_800_000)), 1_800_000);

  test.for(chosenRows(rows, ({ name }) => name))('$name', { timeout: limitMs }, async (row, { folder, signal }) => {
    const { name, worse, following, says = {}, ofWork = false } = row;
    const built = (release: string) => join(root, 'fixtures/regressions/dist', release);
    const isLighter = name === 'lighter-start';
    const binary = name === 'alike' ? join(folder, 'agent-runner') : isLighter ? reference : built(name);
    if (name === 'alike') await copyAlike(reference, binary);
    const asking = ofWork ? await contractAskingForWork(folder) : contract;
    const { report, told } = await verify([
      '--binary', binary, '--previous', isLighter ? built('costly-start') : reference, '--contract', asking,
      '--only', 'performance', '--only', 'artifact.size', '--report-dir', join(folder, 'reports'),
    ], limitMs - 60_000, signal);
    const decisions = report.decisions ?? [];
    const red = decisions.filter(({ answer }) => answer === 'fail').map(({ metric }) => metric);
    expect(red.filter((metric) => [...worse, ...following].every((one) => one !== metric)), told).toEqual([]);
    expect(worse.every((metric) => red.includes(metric)), told).toBe(true);
    for (const [metric, words] of Object.entries(says)) {
      expect(decisions.find((one) => one.metric === metric)?.sentence, told).toMatch(words);
    }
    expect(decisions.length, told).toBe(ofWork ? 10 : 8);
  });
});
