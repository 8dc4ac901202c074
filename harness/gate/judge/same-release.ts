import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { shortSha, shown } from '../shown.ts';
import { block, broken, shownPlatforms } from './block.ts';

/** Whether a report is about the commit and the contract that were asked for. */
export function askedBlocks({ report }: ReadReport, { commit, contract }: Release): Block[] {
  const { platform, contract: used } = report;
  const stale = commit !== undefined && platform.commit?.toLowerCase().startsWith(commit) !== true;
  const alike = platform.commit?.slice(0, 12) === commit?.slice(0, 12);
  const about = platform.commit === undefined ? 'does not say which commit it is about' : 'is about commit ' +
    shown(platform.commit, alike ? 64 : 12);
  const [given, other] = [contract?.sha256 ?? '', used?.sha256 ?? ''];
  return broken(platform.id, [
    [stale, 'stale', `its report ${about}, to be released is ${alike ? commit : commit?.slice(0, 12)}. Build and verify that commit.`],
    [contract !== undefined && used !== null && other !== given, 'other-contract', 'it was verified with another contract (sha256 ' +
      `${shortSha(other)}, the given one has ${shortSha(given)}). Verify again with the given one; ${lineEnds}.`],
  ]);
}

/** Whether all reports belong to one release: the same worker, version, commit, contract and frostgate. */
export function togetherBlocks({ reports: { read }, commit, contract }: Release): Block[] {
  const differing = (what: string, of: (report: ReadReport['report']) => string | undefined, remedy: string): Block[] => {
    const groups = [...Map.groupBy(read.filter(({ report }) => of(report) !== undefined), ({ report }) => of(report))];
    if (groups.length < 2) return [];
    const sides = groups.slice(0, 5).map(([value = '', same]) => `${shownPlatforms(same.map(({ report }) => report.platform.id))} ` +
      shown(value, 60));
    return [block('mixed', `the platforms were verified with ${what}: ${sides.join('; ')}. ${remedy}`)];
  };
  return [
    ...differing('different workers', ({ contract: used }) => used?.worker, 'Hand over the reports of one worker.'),
    ...differing('different versions of the worker', ({ subject }) => subject?.version, 'Build and verify all of them from one commit.'),
    ...(commit === undefined ? differing(
      'different commits', ({ platform }) => platform.commit?.slice(0, 12), 'Build and verify all of them from one commit.',
    ) : []),
    ...(contract === undefined ? differing(
      'different contracts', ({ contract: used }) => used?.sha256.slice(0, 12), `Verify all of them with one contract; ${lineEnds}.`,
    ) : []),
    ...differing('different versions of frostgate', ({ tool }) => tool.version, 'Verify all of them with one.'),
  ];
}

const lineEnds = 'if git changes its line ends on Windows, put "worker-contract.yaml text eol=lf" into .gitattributes';
