import type { Block, GatePlatform, Trend } from '../model/gate.ts';
import type { ReadReport } from './read/read-reports.ts';
import type { Release } from './release.ts';
import { listed, type Faults } from './judge/block.ts';
import { shown } from './shown.ts';

/** What of a release is about one worker, and how a platform of it is called where there are several workers. */
export type OneWorker = { readonly release: Release; readonly worker: string | undefined };

/**
 * The workers of a release, by the contracts that were handed over: each with its own reports, on the required platforms that its contract
 * names. With one contract or none all reports are of one worker.
 */
export function byWorker(release: Release): readonly OneWorker[] {
  const { contracts, reports: { read, unread }, required, earlier } = release;
  if (contracts.length < 2) return [{ release, worker: undefined }];
  return contracts.map((contract) => {
    const { worker, platforms } = contract.contract;
    const isOwn = ({ report }: Pick<ReadReport, 'report'>): boolean => report.contract?.worker === worker;
    const wanted = required.filter((id) => platforms.some((platform) => platform === id));
    return { worker, release: {
      ...release, contract, contracts: [contract], required: wanted.length > 0 ? wanted : platforms,
      reports: { read: read.filter(isOwn), unread }, earlier: { ...earlier, read: earlier.read.filter(isOwn) },
    } };
  });
}

/** Reports of workers whose contract was not handed over, where those of several were. */
export function strangerFaults({ contracts, reports: { read } }: Release): Faults {
  if (contracts.length < 2) return [];
  const known = contracts.map(({ contract }) => contract.worker);
  return read.filter(({ report }) => !known.includes(report.contract?.worker ?? '')).map(({ file, report: { contract, platform } }) => [
    'not-required', `its report (${file}) is about ${contract === null ? 'no contract' : `the worker ${shown(contract.worker, 60)}`}, ` +
      `and contracts were given of ${listed(known.map((name) => shown(name, 60)))}. Give the contract of each worker of the release, or ` +
      'leave the report out.', platform.id,
  ]);
}

/** How a platform is called: with its worker, where there are several. */
const called = (worker: string | undefined, platform: string): string => (
  worker === undefined ? platform : `${shown(worker, 60)}/${platform}`
);

/** The same with the worker's name, where there are several. */
export function blockOf(worker: string | undefined, block: Block): Block {
  const { platform, sentence } = block;
  if (worker === undefined) return block;
  if (platform === undefined) return { ...block, sentence: `${shown(worker, 60)}: ${sentence}` };
  const name = called(worker, platform);
  const rest = sentence.startsWith(`${platform}: `) ? sentence.slice(platform.length) : undefined;
  return { ...block, platform: name, sentence: rest === undefined ? sentence : `${name}${rest}` };
}

/** The same with the worker's name, where there are several. */
export function rowOf(worker: string | undefined, row: GatePlatform): GatePlatform {
  return worker === undefined ? row : { ...row, id: called(worker, row.id), worker: shown(worker, 60) };
}

/** The trends of all workers, metric by metric. */
export function trendsOf(all: readonly (readonly [worker: string | undefined, trend: readonly Trend[]])[]): Trend[] {
  const named = all.flatMap(([worker, trend]) => trend.map((metric) => ({
    ...metric, series: metric.series.map((one) => ({ ...one, platform: called(worker, one.platform) })),
  })));
  return [...Map.groupBy(named, ({ metric }) => metric).values()].flatMap((same) => (
    same[0] === undefined ? [] : [{ ...same[0], series: same.flatMap(({ series }) => series) }]
  ));
}
