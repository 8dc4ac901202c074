import { memoryOfTree } from '../system/memory/memory.ts';
import { startMarks } from './start-marks.ts';
import type { StartUp } from '../model/report.ts';
import { sizeOfTree } from '../system/launch/room.ts';
import { Launch } from '../system/launch/launch.ts';
import { baselineCommand } from '../baselines/baseline.ts';
import { Forwarder } from '../temporal/forwarder.ts';
import type { Stage } from './stage.ts';
import { mustGoWell } from './drive.ts';
import { recordingBegun } from './recorded.ts';

type Variant = 'subject' | 'baseline';

/** What one launch of one variant showed. */
export type Sample = {
  readonly variant: Variant;
  readonly marks: StartUp['marks'];
  readonly versionMs: number | undefined;
  readonly readyMs: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
};

/** The samples of every pair in the order of the runs. */
export type Pairs = { readonly subject: readonly Sample[]; readonly baseline: readonly Sample[] };

/** After its work a worker gives memory back for a while; the sample is taken once that has settled. */
const settleMs = 1_000;

async function versionMs(stage: Stage, variant: Variant): Promise<number | undefined> {
  const { contract, binary, baseline, run } = stage.run;
  const args = contract?.interface.version;
  if (args === undefined) return undefined;
  const command = variant === 'baseline' && baseline ? baselineCommand(baseline, args) : { file: binary, args, variant };
  const launch = Launch.start(run, command, {});
  const exit = await launch.waitForExit(60_000);
  await launch.dispose();
  if (exit?.code !== 0) throw new Error(`${variant}: ${args.join(' ')} did not exit with 0`);
  return exit.atMs;
}

async function sample(stage: Stage, variant: Variant, signal: AbortSignal): Promise<Sample> {
  const version = await versionMs(stage, variant);
  // Someone else's server may want TLS, whose certificate names its own address.
  await using forwarder = stage.server.kind === 'dev-server' ? await Forwarder.start(stage.server.address) : undefined;
  const actor = await stage.launch({ variant, address: forwarder?.address });
  try {
    const readyMs = await actor.ready(signal);
    const marks = startMarks(actor.launch, readyMs, forwarder?.firstConnectionAtMs);
    const plan = stage.run.contract?.executions.find((candidate) => candidate.expect.failure === undefined);
    if (plan) await mustGoWell(actor, plan, signal);
    if (await actor.launch.waitForExit(settleMs)) throw new Error(`the ${variant} ended before its memory was read`);
    const memoryBytes = memoryOfTree(actor.launch.alive().map((entry) => entry.pid));
    if (memoryBytes === 0) throw new Error(`the memory of the ${variant} cannot be read`);
    const { tmp, home, cwd } = actor.launch.room;
    return { variant, marks, versionMs: version, readyMs, memoryBytes, diskBytes: [tmp, home, cwd].reduce(
      (bytes, folder) => bytes + sizeOfTree(folder), 0,
    ) };
  } finally {
    await actor.dispose();
  }
}

let measured: Promise<Pairs> | undefined;

let warm: Promise<void> | undefined;

/**
 * Runs the baseline once without counting it, unless it has been recorded: its first run compiles its modules. May overlap with other
 * launches; the subject is warm from the earlier suites.
 */
export function warmBaseline(stage: Stage, signal: AbortSignal): Promise<void> {
  warm ??= stage.run.baseline ? warmOnce(stage, signal) : Promise.resolve();
  warm.catch(() => {}); // whoever measures is told
  return warm;
}

/** A recording that did not come to its end has not done all of the work, or none. */
async function warmOnce(stage: Stage, signal: AbortSignal): Promise<void> {
  const recorded = await recordingBegun()?.then(() => true, () => false);
  if (recorded !== true) await sample(stage, 'baseline', signal);
}

/** Measures subject and baseline in adjacent pairs, in an order drawn for each pair, with nothing else running. */
export function measurePairs(stage: Stage, signal: AbortSignal): Promise<Pairs> {
  measured ??= measure(stage, signal);
  return measured;
}

async function measure(stage: Stage, signal: AbortSignal): Promise<Pairs> {
  await stage.mustStart();
  await warmBaseline(stage, signal);
  await stage.retireAll();
  const variants: Variant[] = stage.run.baseline ? ['subject', 'baseline'] : ['subject'];
  const samples: Record<Variant, Sample[]> = { subject: [], baseline: [] };
  const pairs = stage.run.profile === 'full' ? 5 : 2;
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = Math.random() < 0.5 ? variants : variants.toReversed();
    for (const variant of order) samples[variant].push(await sample(stage, variant, signal));
  }
  return samples;
}
