import { beforeAll, describe, expect } from 'vitest';
import { asked, chosenRows } from '../support/asked.ts';
import { build } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { drawn, seed } from '../support/seed.ts';
import { bundleExpectations } from './bundle-expectations.ts';
import { deviations } from './compare.ts';
import { areasOf, isMeasured, verifyRow } from './control.ts';
import { expectations } from './expectations.ts';

// Negative controls: proves that every check can fail. Each sabotaged executable is verified by the real harness, and its report must
// be red in exactly the checks that the sabotage breaks, for the stated reason.

const { whole, sample } = asked();
const limitMs = 620_000;
/** Of the red rows a sample takes one in three, drawn anew for every commit; what must be green is always looked at. */
const sampled = 1 / 3;
const rows = chosenRows([...expectations, ...bundleExpectations], (row) => row.variant).map((row) => (
  { ...row, areas: whole ? [] : areasOf(row, sample), title: `${row.variant}: ${Object.keys(row.red).join(' ') || 'green'}` }
)).filter(({ red, title }) => !sample || Object.keys(red).length === 0 || drawn(seed, title) < sampled);

async function control(row: (typeof rows)[number], folder: string, signal: AbortSignal): Promise<void> {
  const { report, told } = await verifyRow(row, row.areas, folder, signal);
  expect(deviations(row, report), told).toEqual([]);
}

const projects = [{ project: 'sabotaged', own: undefined }, { project: 'small-worker', own: 'small-worker' }] as const;

const present = projects.filter(({ own }) => rows.some((row) => row.project === own));

describe.for(present)(`variants of $project${sample ? ` (a sample, seed ${seed})` : ''}`, ({ project, own }) => {
  beforeAll(async () => await build(project, AbortSignal.timeout(900_000)), 900_000);

  // What is measured has the machine to itself; two of the others at a time (more would disturb each other's deadlines).
  test.for(rows.filter((row) => row.project === own && isMeasured(row.areas)))(
    '$title', { timeout: limitMs }, async (row, { folder, signal }) => await control(row, folder, signal),
  );
  test.concurrent.for(rows.filter((row) => row.project === own && !isMeasured(row.areas)))(
    '$title', { timeout: limitMs }, async (row, { folder, signal }) => await control(row, folder, signal),
  );
});
