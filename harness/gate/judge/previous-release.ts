import type { Weakening } from '../../contract/weaker/weakening.ts';
import { promiseId, weakeningsOf } from '../promises.ts';
import type { Release } from '../release.ts';
import { shortSha, shown } from '../shown.ts';
import { holds } from '../waivers.ts';
import type { Fault, Faults } from './block.ts';

/** What of the last release cannot be read: then nobody knows whether less is promised now. */
export function previousFaults({ previousRelease }: Release): Faults {
  return (previousRelease?.unread ?? []).map((why): Fault => ['unreadable', `The previous release cannot be compared with: ${why}. Hand ` +
    'over the folder with the contract and the reports of the last tag as they were.']);
}

/** A contract that promises less than that of the last release, promise by promise. */
export function weakerFaults({ contract: given, contracts, previousRelease, waivers, now }: Release): Faults {
  if (previousRelease === undefined || given === undefined) return [];
  const { contract, file } = given;
  const before = previousRelease.contracts.find((one) => one.contract.worker === contract.worker);
  if (previousRelease.unread.length === 0 && before === undefined) {
    return [['inconclusive', `The previous release (${previousRelease.folder}) has no contract of the worker ` +
      `${shown(contract.worker, 60)}, so nobody knows whether less is promised now. Hand over its contract, or leave --previous-release ` +
      'out for a first release.']];
  }
  const other = previousRelease.reports.find((one) => one.contract?.worker === contract.worker && one.contract.sha256 !== before?.sha256);
  if (before !== undefined && other !== undefined) {
    return [['inconclusive', `The contract of the previous release (${before.file}, sha256 ${shortSha(before.sha256)}) is not the one ` +
      `that it was verified with (sha256 ${shortSha(other.contract?.sha256 ?? '')} in ${other.file}), so nobody knows whether less is ` +
      'promised now. Hand over the contract of the last tag as it was.']];
  }
  return weakeningsOf({ contracts: contracts.filter((one) => one === given), previousRelease })
    .filter((weakening) => !waivers.some((waiver) => waiver.id === promiseId(weakening) && holds(waiver, now)))
    .map((weakening): Fault => ['weaker-contract', sentenceOf(weakening, file)]);
}

function sentenceOf(weakening: Weakening, file: string): string {
  const { path, was, is } = weakening;
  return `The contract (${file}) promises less than that of the previous release: ${shown(path, 120)} was ${shown(was, 100)}, is ` +
    `${shown(is, 100)}. Promise it again, or say why not: --allow ${shown(promiseId(weakening), 140)} --reason … --until ….`;
}
