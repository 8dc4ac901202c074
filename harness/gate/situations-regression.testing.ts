import type { Report } from '../model/report.ts';
import { comparedReport, lastReport, lastSha256 } from './compared.testing.ts';
import type { ReleaseOnDisk } from './release.testing.ts';
import { freshReport, withCheck } from './sample.testing.ts';
import { inAMonth, platformsOfRelease, type Situation } from './situation.testing.ts';
import { beside, promised } from './situations-promises.testing.ts';

/** Puts the last release's contract and reports there, and this one's reports, which were compared with it, one of them changed. */
function released(release: ReleaseOnDisk, change: (report: Report) => Report = (report) => report): void {
  promised(release, []);
  for (const platform of platformsOfRelease) {
    release.file(`last/${platform}/report.json`, JSON.stringify(lastReport(platform)));
    release.report(platform, platform === 'linux-amd64' ? change(comparedReport(platform)) : comparedReport(platform));
  }
}

/** Changes what was decided about the stop, and how the check of that ended. */
function stopIs(answer: 'fail' | 'inconclusive', outcome: 'pass' | 'fail' | 'inconclusive'): (report: Report) => Report {
  const sentence = `the stop is 40 % slower: ${answer}`;
  return (report) => withCheck(
    { ...report, decisions: report.decisions?.map((one) => (one.metric === 'wall.stop' ? { ...one, answer, sentence } : one)) },
    'performance.stop', { outcome, ...(outcome !== 'pass' && { reason: `beside the last release: ${sentence}` }) },
  );
}

const cannotBeCompared = (why: string): string => `unreadable: The previous release cannot be compared with: ${why}. Hand over the ` +
  'folder with the contract and the reports of the last tag as they were.';

/** Situations in which the last release's reports are handed over too. */
export const regressionSituations: readonly Situation[] = [
  {
    name: 'every platform was compared with what was released there',
    plant: (release) => (released(release), beside(release)),
    blocks: [],
    exit: 0,
  },
  {
    name: 'one platform was not compared',
    plant: (release) => (released(release, ({ platform }) => freshReport(platform.id)), beside(release)),
    blocks: [
      'incomplete: linux-amd64: it was not compared with the last release (sha256 #… in last/linux-amd64/report.json), and regression of ' +
        'its contract asks for that. Verify again with --previous and that executable.',
    ],
    exit: 1,
  },
  {
    name: 'one platform is new, so that nothing was released there',
    plant: (release) => {
      released(release, ({ platform }) => freshReport(platform.id));
      release.remove('last/linux-amd64');
      return beside(release);
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'one platform was compared with another executable',
    plant: (release) => (released(release, () => comparedReport('linux-amd64', lastSha256('other'))), beside(release)),
    blocks: [
      'other-previous: linux-amd64: it was compared with another executable (previous/agent-runner, sha256 #…) than the last release ' +
        '(sha256 #… in last/linux-amd64/report.json). Verify again with --previous and that executable.',
    ],
    exit: 1,
  },
  {
    name: 'decisions are missing',
    plant: (release) => {
      released(release, (report) => ({ ...report, decisions: report.decisions?.filter(({ metric }) => !metric.startsWith('cpu.')) }));
      return beside(release);
    },
    blocks: [
      'incomplete: linux-amd64: nothing was decided about cpu.ready and cpu.version beside the last release, and what judges that has ' +
        'passed. Verify again with this version of frostgate.',
    ],
    exit: 1,
  },
  {
    name: 'a decision failed',
    plant: (release) => (released(release, stopIs('fail', 'fail')), beside(release)),
    blocks: [
      'red: linux-amd64: performance.stop failed (beside the last release: the stop is 40 % slower: fail). Its report ' +
        '(reports/linux-amd64/report.json) tells the remedy: repair the worker, build and verify it again.',
    ],
    exit: 1,
  },
  {
    name: 'a decision failed and is let through with a reason',
    plant: (release) => {
      released(release, stopIs('fail', 'fail'));
      return beside(release, '--allow', 'performance.stop', '--reason', 'it drains now, ticket 9', '--until', inAMonth);
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'a decision is undecided',
    plant: (release) => (released(release, stopIs('inconclusive', 'inconclusive')), beside(release)),
    blocks: [
      'inconclusive: linux-amd64: performance.stop could not be judged (beside the last release: the stop is 40 % slower: inconclusive). ' +
        'Give the run what it lacked and verify again: this is no pass.',
    ],
    exit: 3,
  },
  {
    name: 'a decision failed and its check passed',
    plant: (release) => (released(release, stopIs('fail', 'pass')), beside(release)),
    blocks: [
      'contradictory: linux-amd64: its report contradicts itself: performance.stop passed, and beside the last release wall.stop is fail ' +
        '(the stop is 40 % slower: fail). Verify again.',
    ],
    exit: 1,
  },
  {
    name: "the last release's reports are of another schema and lie in a folder of their own",
    plant: (release) => {
      released(release);
      release.remove('last/linux-amd64');
      const { platform: { id }, subject, contract } = lastReport('linux-amd64');
      const other = { schemaVersion: 3, platform: { id, name: 'new' }, subject: { ...subject, more: 1 }, contract, added: [] };
      release.file('last/reports/linux-amd64/report.json', JSON.stringify(other));
      return beside(release);
    },
    blocks: [],
    exit: 0,
  },
  {
    name: "the last release's report is too old, cut off, or there twice",
    plant: (release) => {
      released(release);
      release.file('last/linux-amd64/report.json', JSON.stringify({ ...lastReport('linux-amd64'), schemaVersion: 1 }));
      release.file('last/linux-arm64/report.json', '{');
      release.file('last/reports/darwin-arm64/report.json', JSON.stringify(lastReport('darwin-arm64')));
      return beside(release);
    },
    blocks: [
      cannotBeCompared('last/linux-amd64/report.json: it is no report of schema version 2 or later at schemaVersion (Too small: expected ' +
        'number to be >=2)'),
      cannotBeCompared('last/linux-arm64/report.json: it is not whole JSON (#)'),
      cannotBeCompared('last/darwin-arm64/report.json and last/reports/darwin-arm64/report.json are both about darwin-arm64'),
    ],
    exit: 3,
  },
  {
    name: "the last release's contract is not the one that it was verified with",
    plant: (release) => {
      released(release);
      promised(release, [['readySeconds: 10', 'readySeconds: 99']]);
      return beside(release);
    },
    blocks: [
      'inconclusive: The contract of the previous release (last/worker-contract.yaml, sha256 #…) is not the one that it was verified ' +
        'with (sha256 #… in last/darwin-arm64/report.json), so nobody knows whether less is promised now. Hand over the contract of the ' +
        'last tag as it was.',
    ],
    exit: 3,
  },
];
