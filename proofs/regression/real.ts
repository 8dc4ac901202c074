import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Report } from '../../harness/model/report.ts';
import { copyAlike } from '../support/alike.ts';
import { verify } from '../support/verification.ts';

/** What one real gate over an executable and a copy that is alike answered. */
export type RealGate = {
  readonly begun: string; readonly cores: number; readonly loadBefore: number; readonly tookSeconds: number;
  readonly decisions: readonly Pick<NonNullable<Report['decisions']>[number], 'metric' | 'answer' | 'pairs' | 'effectPercent'>[];
  /** Why there is no decision, where there is none. */
  readonly sentence?: string;
};

const gateMs = 900_000;
const rounded = (value: number): number => Number(value.toFixed(2));

/**
 * Runs whole verifications of an executable beside a copy that differs in a byte which nothing reads, with the contract of the executable's
 * project: what is not "pass" of them is a false alarm or not decided. `told` hears of each as soon as it is over.
 */
export async function realGates(
  previous: string, { gates, burn, signal }: { readonly gates: number; readonly burn: boolean; readonly signal: AbortSignal },
  told: (gate: RealGate) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-real-gates-'));
  const burners = burn ? startBurners() : [];
  try {
    const [subject, contract] = [join(folder, basename(previous)), join(folder, 'worker-contract.yaml')];
    await copyAlike(previous, subject);
    // Not beside its sources: no baseline is measured.
    await copyFile(join(dirname(dirname(previous)), 'worker-contract.yaml'), contract);
    for (let gate = 0; gate < gates; gate += 1) {
      const [begun, [loadBefore = 0], startMs] = [new Date().toISOString(), loadavg(), performance.now()];
      const { report } = await verify([
        '--binary', subject, '--previous', previous, '--contract', contract, '--only', 'performance',
        '--report-dir', join(folder, 'reports'),
      ], gateMs, signal);
      signal.throwIfAborted();
      const decisions = (report.decisions ?? []).map(({ metric, answer, pairs, effectPercent }) => (
        { metric, answer, pairs, effectPercent: rounded(effectPercent) }
      ));
      await told({
        begun, cores: availableParallelism(), loadBefore: rounded(loadBefore), tookSeconds: rounded((performance.now() - startMs) / 1_000),
        decisions, ...(decisions.length === 0 && { sentence: report.verdict.sentence }),
      });
    }
  } finally {
    for (const burner of burners) burner.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

/** One for every core; each ends with this process, whatever becomes of it: its stdin is then at its end. */
function startBurners() {
  const script = 'process.stdin.on("end", () => process.exit()).resume(); const burn = () => { ' +
    'const until = Date.now() + 200; while (Date.now() < until); setImmediate(burn); }; burn();';
  return Array.from({ length: availableParallelism() }, () => (
    spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'ignore'] })
  ));
}
