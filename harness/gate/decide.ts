import { count } from '../model/format.ts';
import { blockOf, byWorker, rowOf, strangerFaults, trendsOf } from './by-worker.ts';
import type { Release } from './release.ts';
import { artifactFaults, platformsOf } from './judge/artifacts.ts';
import { blocksOf, listed } from './judge/block.ts';
import { applicabilityFaults } from './judge/applicability.ts';
import { completenessFaults, outcomeFaults } from './judge/checks.ts';
import { consistencyFaults } from './judge/consistency.ts';
import { previousFaults, weakerFaults } from './judge/previous-release.ts';
import { recomputed } from './judge/recompute.ts';
import { regressionFaults } from './judge/regression.ts';
import { formatFaults, retoldFaults } from './judge/retold.ts';
import { claimFaults } from './judge/claims.ts';
import { acrossFaults, askedFaults, oneReleaseFaults, presenceFaults, togetherFaults, unreadFaults } from './judge/together.ts';
import { emulationFaults, identityFaults, signatureFaults, troubleFaults, trustFaults } from './judge/trust.ts';
import { gateVersion, type Block, type Gate, type GatePlatform } from '../model/gate.ts';
import { platformRows } from './platforms.ts';
import { notCheckedOf, warningsOf } from './remarks.ts';
import { shown } from './shown.ts';
import type { ReadReport } from './read/read-reports.ts';
import { trendOf } from './trend.ts';
import { isExcused, waiverStates } from './waivers.ts';

/** What is asked of every report by itself. */
const reportRules = [
  outcomeFaults, completenessFaults, applicabilityFaults, troubleFaults, trustFaults, consistencyFaults, claimFaults, identityFaults,
  emulationFaults, formatFaults, askedFaults, signatureFaults, regressionFaults,
];

/** What is asked of all reports of one worker. */
const workerRules = [presenceFaults, acrossFaults, togetherFaults, weakerFaults];

/** What is asked of all that was handed over. */
const releaseRules = [unreadFaults, previousFaults, strangerFaults, oneReleaseFaults, retoldFaults, artifactFaults];

/** The decision over a release: a function of the release and of nothing else. It passes when nothing blocks. */
export function decide(release: Release): Gate {
  const { reports, artifacts, contracts, now } = release;
  const workers = byWorker(release);
  const whole = blocksOf(releaseRules.flatMap((rule) => rule(release)));
  const own = workers.map(({ worker, release: part }) => ({ worker, part, blocks: workerBlocks(part) }));
  const blocks = inOrder([...whole, ...own.flatMap(({ worker, blocks: found }) => found.map((block) => blockOf(worker, block)))], release);
  // What concerns the whole release may name a platform: it is then about every worker there.
  const platforms = own.flatMap(({ worker, part, blocks: found }) => (
    platformRows(part, [...whole, ...found]).map((row) => rowOf(worker, row))
  ));
  const waivers = waiverStates(release);
  const commits = new Set(reports.read.map(({ report }) => report.platform.commit));
  const [used] = reports.read.flatMap(({ report }) => report.contract ?? []);
  const about = contracts.length > 0 ? contracts : used === undefined ? [] : [used];
  const names = contracts.length > 0 ? contracts.map(({ contract }) => contract.worker) : [used?.worker ?? ''];
  return {
    gateVersion,
    tool: { name: 'frostgate', version: release.toolVersion },
    decidedAt: now.toISOString(),
    verdict: verdictOf(blocks, platforms),
    blocks,
    required: [...release.required],
    worker: shown(listed(names)) || null,
    commit: release.commit ?? (commits.size === 1 ? shown([...commits][0] ?? '', 64) || null : null),
    contracts: about.map(({ file, sha256 }) => ({ file: shown(file), sha256 })),
    platforms,
    artifacts: [
      ...(artifacts?.read ?? []).map(({ file, sha256, sizeBytes }) =>
        ({ file, sha256, sizeBytes, platforms: platformsOf(sha256, reports.read).map((id) => shown(id, 40)) })),
      ...(artifacts?.unread ?? []).map(({ file }) => ({ file, platforms: [] })),
    ],
    waivers,
    warnings: warningsOf(release, waivers),
    notChecked: notCheckedOf(release),
    trend: trendsOf(workers.map(({ worker, release: part }) => [worker, trendOf(part)] as const)),
  };
}

function workerBlocks(release: Release): Block[] {
  const own = release.reports.read.flatMap((read) => {
    const blocks = blocksOf(reportRules.flatMap((rule) => rule(read, release)), read.report.platform.id);
    return blocks.length > 0 ? blocks : unexplained(read, release);
  });
  return [...own, ...blocksOf(workerRules.flatMap((rule) => rule(release)))];
}

/** What is wrong first, then what is not judged; what concerns the whole release before the platforms, those in their order. */
function inOrder(blocks: readonly Block[], { required }: Release): Block[] {
  const place = ({ severity, platform }: Block) =>
    (severity === 'wrong' ? 0 : 1_000) + (platform === undefined ? 0 : 1 + (required.indexOf(platform) + 1 || 500));
  return blocks.toSorted((a, b) => place(a) - place(b));
}

/** Whatever the rules above overlook: with its waived checks taken for passed, a report must still be a pass by the verdict's own rules. */
function unexplained({ report }: ReadReport, { waivers, now }: Release): Block[] {
  const checks = report.checks.map((check) => (isExcused(check, report, waivers, now) ? { ...check, outcome: 'pass' as const } : check));
  const { outcome, sentence } = recomputed(report, checks);
  return blocksOf([outcome !== 'pass' && [outcome === 'fail' ? 'red' : 'inconclusive', `${sentence} Verify again.`]], report.platform.id);
}

function verdictOf(blocks: readonly Block[], platforms: readonly GatePlatform[]): Gate['verdict'] {
  const required = platforms.filter((platform) => platform.required);
  const names = (states: readonly GatePlatform['state'][]) => required.filter(({ state }) => states.includes(state))
    .map(({ id, emulatedBy }) => (emulatedBy === undefined ? id : `${id} (emulated)`));
  const [verified, waived, open] = [names(['pass', 'waived']), names(['waived']), names(['fail', 'inconclusive', 'missing'])];
  const except = open.length > 0 ? ` (not ${listed(open)})` : '';
  const tally = `${verified.length} of ${count(required.length, 'required platform')} verified${except}`;
  if (blocks.length === 0) {
    const all = required.length === 1 ? 'The required platform is' : `All ${required.length} required platforms are`;
    const but = waived.length > 0 ? `; ${listed(waived)} only with a waiver` : '';
    return { outcome: 'pass', sentence: `${all} verified: ${listed(verified)}${but}.` };
  }
  if (blocks.some(({ severity }) => severity === 'wrong')) {
    return { outcome: 'fail', sentence: `The release is blocked for ${count(blocks.length, 'reason')}; ${tally}.` };
  }
  return { outcome: 'inconclusive', sentence: `The release is blocked: ${count(blocks.length, 'thing')} could not be judged; ${tally}.` };
}
