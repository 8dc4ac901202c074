import { beforeAll, describe, expect } from 'vitest';
import { messageOf } from '../../harness/model/errors.ts';
import { asked, chosenRows } from '../support/asked.ts';
import { build } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { drawn, seed } from '../support/seed.ts';
import { allExpectations } from './all-expectations.ts';
import { deviations, verdictOf } from './compare.ts';
import { areasOf, isMeasured, verifyRow } from './control.ts';
import type { Expectation } from './expectation.ts';
import type { Row } from './table.ts';

// Trust: proves that every check can fail, that nothing healthy fails, and that a blind harness says so. Each executable is verified by the
// real harness; its report must be red in exactly the checks that the sabotage breaks, for the stated reason, and the machine must be as
// before: no process, no port, no file, no shared memory is left. With --shard 2/3 the second third of the rows. Rows on demand are those
// whose executable takes minutes of compiling: they are verified where they are named, and in no other run.

const { rows: named, whole, sample, shard = { index: 1, count: 1 } } = asked();
const limitMs = 620_000;
/** A sample takes one row in so many of each kind, drawn anew for every commit. */
const sampled = { fail: 1 / 8, pass: 1 / 16, inconclusive: 1 / 6 };
/** Without a defect, or many oddities and many defects in one worker: a sample always looks at these. */
const always = [
  'honest', 'all-oddities', 'everything-at-once', 'hides-everything', 'small-worker', 'approvals', 'quotes', 'parcels', 'reminders',
];
const nameOf = ({ title, variant }: Expectation): string => title ?? variant;
const checksOf = ({ red, unjudged }: Expectation): string[] => Object.keys({ ...red, ...unjudged });
const isAlways = (row: Expectation): boolean => always.includes(nameOf(row)) && row.contract === undefined;
const chosen = chosenRows(allExpectations, nameOf).filter(({ onDemand }) => onDemand === undefined || named.length > 0);
const rows = chosen.map((row) => (
  { ...row, areas: whole ? [] : areasOf(row, sample), name: `${nameOf(row)}: ${checksOf(row).join(' ') || 'green'}` }
)).filter((row) => !sample || isAlways(row) || drawn(seed, row.name) < sampled[verdictOf(row)]).filter(
  (_, index) => index % shard.count === shard.index - 1,
);

async function control(row: (typeof rows)[number], folder: string, signal: AbortSignal, told: (result: Row) => void): Promise<void> {
  const known = { name: nameOf(row), expected: verdictOf(row), areas: row.areas };
  const { report, told: text, seconds, left } = await verifyRow(row, row.areas, folder, signal).catch((error: unknown) => {
    told({ ...known, seconds: 0, checks: [], deviations: [messageOf(error)], left: [] });
    throw error;
  });
  const wrong = deviations(row, report);
  const wanted = checksOf(row);
  const checks = report.checks.filter(({ id, outcome }) => wanted.includes(id) || ['fail', 'inconclusive'].includes(outcome));
  told({
    ...known, seconds, deviations: wrong, left, checks: checks.map(({ id, outcome, reason = '' }) => ({ id, outcome, reason })),
  });
  const all = [...wrong, ...left.map((what) => `left behind: ${what}`)];
  expect(all, [...all, text].join('\n')).toEqual([]);
}

const projects = [
  { project: 'sabotaged', own: undefined }, { project: 'small-worker', own: 'small-worker' }, { project: 'approvals', own: 'approvals' },
  { project: 'quotes', own: 'quotes' }, { project: 'parcels', own: 'parcels' }, { project: 'reminders', own: 'reminders' },
  { project: 'labels', own: 'labels' },
] as const;

const present = projects.filter(({ own }) => rows.some((row) => row.project === own));

describe.for(present)(`variants of $project${sample ? ` (a sample, seed ${seed})` : ''}`, ({ project, own }) => {
  const ofProject = rows.filter((row) => row.project === own);
  beforeAll(async () => {
    // The reference's variants are many, and some rows have files of their own.
    const needed = new Set(ofProject.flatMap(({ variant, previous }) => (previous === undefined ? [variant] : [variant, previous])));
    await build(project, AbortSignal.timeout(900_000), ...(own === undefined ? [] : needed));
    if (own === undefined && ofProject.some(({ previous }) => previous)) await build('agent-runner', AbortSignal.timeout(900_000));
    if (ofProject.some(({ refuses }) => refuses)) await build('refusing-server', AbortSignal.timeout(900_000));
  }, 900_000);

  const hasAll = (row: (typeof rows)[number]): boolean => isMeasured(row.areas) || row.byTime === true;
  // What is measured has the machine to itself; two of the others at a time (more would disturb each other's deadlines).
  test.for(ofProject.filter(hasAll))(
    '$name', { timeout: limitMs }, async (row, { folder, signal, task }) => (
      await control(row, folder, signal, (result) => void (task.meta.row = result))
    ),
  );
  test.concurrent.for(ofProject.filter((row) => !hasAll(row)))(
    '$name', { timeout: limitMs }, async (row, { folder, signal, task }) => (
      await control(row, folder, signal, (result) => void (task.meta.row = result))
    ),
  );
});
