import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { binaryOf, freshReport, rejudged, withCheck } from './sample.testing.ts';
import { sha256Of } from './read/regular-file.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';

const arm = freshReport('linux-arm64');
const failing = withCheck(arm, 'execution.failure', { outcome: 'fail', reason: 'the failure lost its type' });

/** What was done to one report, how it contradicts itself or what lies beside it, and files that are none. */
export const trustSituations: readonly Situation[] = [
  {
    name: 'the verdict was changed to pass',
    plant: (release) => void release.report('linux-arm64', { ...failing, verdict: arm.verdict }),
    blocks: [
      'red: linux-arm64: execution.failure failed (the failure lost its type). Its report (reports/linux-arm64/report.json) tells the ' +
        'remedy: repair the worker, build and verify it again.',
      'tampered: linux-arm64: its report says pass, its checks say fail: # checks passed, 1 failed: execution.failure, 1 not ' +
        'applicable. It was changed after it was written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a limit was raised after the fact',
    plant: (release) => void release.report('linux-arm64', withCheck(arm, 'artifact.size', { limit: 1e12 })),
    blocks: [
      'contradictory: linux-arm64: its report contradicts itself: artifact.size was judged by 1000 GB, the contract says 100 MB. ' +
        'Verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a check passes above its limit, another has a limit that limits nothing, a median is none',
    plant: (release) => {
      const changed = withCheck(withCheck(arm, 'startup.ready', { value: 10_500 }), 'artifact.version', { limit: 0 });
      release.report('linux-arm64', {
        ...changed, measurements: changed.measurements.map((one) => (one.metric === 'performance.memory' ? { ...one, median: 1e6 } : one)),
      });
    },
    blocks: [
      'contradictory: linux-arm64: its report contradicts itself: artifact.version has the limit 0, which limits nothing, and # more ' +
        'such. Verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a check in another area than its own',
    plant: (release) => void release.report('linux-arm64', withCheck(arm, 'artifact.help', { area: 'host' })),
    blocks: [
      'tampered: linux-arm64: its report puts artifact.help into another area than its own. It was changed after it was written: ' +
        'verify again.',
    ],
    exit: 1,
  },
  {
    name: 'an evidence file was changed',
    plant: (release) => void release.file('reports/linux-arm64/evidence/startup.ready/output.log', 'all is well\n'),
    blocks: [
      'tampered: linux-arm64: its report says that evidence/startup.ready/output.log has another content than the file beside it. It ' +
        'was changed after it was written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'evidence is named outside the folder',
    plant: (release) => void release.report('linux-arm64', withCheck(
      arm, 'startup.ready', { evidence: [{ path: 'evidence/../../../etc/passwd', sha256: '0'.repeat(64), title: 'x' }] },
    )),
    blocks: [
      'tampered: linux-arm64: its report names evidence outside its own folder (evidence/../../../etc/passwd). It was changed after it ' +
        'was written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'the report was changed after its test result was made',
    plant: (release) => {
      const file = release.report('linux-arm64');
      release.file('reports/linux-arm64/report.json', readFileSync(file, 'utf8').replace('Some CPU', 'Another CPU'));
    },
    blocks: [
      'tampered: linux-arm64: its report has a test-result.json beside it that is about another report.json. It was changed after it ' +
        'was written: verify again.',
      'tampered: linux-arm64: its report is told otherwise by what stands beside it: report.html, report.md, summary.md, ctrf.json and ' +
        'test-result.predicate.json. It was changed after it was written: verify again.',
    ],
    exit: 1,
  },
  {
    name: 'the page for people says something else',
    plant: (release) => {
      const file = release.path('reports/linux-arm64/report.html');
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('passed', 'failed'));
    },
    blocks: [
      'tampered: linux-arm64: its report is told otherwise by what stands beside it: report.html. It was changed after it was written: ' +
        'verify again.',
    ],
    exit: 1,
  },
  {
    name: 'a page of another run stands beside it',
    plant: (release) => void release.file('reports/linux-arm64/summary.md', readFileSync(release.path('reports/linux-amd64/summary.md'))),
    blocks: [
      'tampered: linux-arm64: its report is told otherwise by what stands beside it: summary.md. It was changed after it was written: ' +
        'verify again.',
    ],
    exit: 1,
  },
  {
    name: 'evidence that it cites is not there',
    plant: (release) => rmSync(release.path('reports/linux-arm64/evidence/startup.ready/output.log')),
    blocks: [
      'incomplete: linux-arm64: its report cites 1 file of evidence, of which 1 cannot be read beside it, the first is ' +
        'evidence/startup.ready/output.log. Hand over its whole folder as it was written.',
    ],
    exit: 1,
  },
  {
    name: 'only its report.json is handed over',
    plant: (release) => rmSync(release.path('reports/linux-arm64/evidence'), { recursive: true }),
    blocks: [
      'incomplete: linux-arm64: its report cites evidence, of which nothing lies beside it. Hand over its whole folder as it was written.',
    ],
    exit: 1,
  },
  {
    name: 'the executable changed during the run',
    plant: (release) => void release.report(
      'linux-arm64', rejudged({ ...arm, subject: arm.subject && { ...arm.subject, sha256After: sha256Of('other') } }),
    ),
    blocks: [
      'changed-binary: linux-arm64: dist/agent-runner changed during the run (sha256 #… before, #… after it). Verify again and leave ' +
        'the file alone.',
    ],
    exit: 1,
  },
  {
    name: 'the executable was gone after the run',
    plant: (release) => {
      if (arm.subject === null) return;
      const { sha256After: _gone, ...subject } = arm.subject;
      release.report('linux-arm64', rejudged({ ...arm, subject }));
    },
    blocks: [
      'changed-binary: linux-arm64: dist/agent-runner changed during the run (sha256 #… before, could not be read after it). Verify ' +
        'again and leave the file alone.',
    ],
    exit: 1,
  },
  {
    name: 'a report about no executable',
    plant: (release) => void release.report('linux-arm64', { ...arm, subject: null }),
    blocks: [
      'no-binary: linux-arm64: its report is about no executable. Name it with --binary and verify again.',
    ],
    exit: 1,
  },
  {
    name: 'the executable is of another platform than the report',
    plant: (release) => void release.report(
      'linux-arm64', { ...arm, subject: arm.subject && { ...arm.subject, platforms: ['linux-amd64'] } },
    ),
    blocks: [
      'foreign-binary: linux-arm64: dist/agent-runner is made for linux-amd64. Verify the executable that was built for linux-arm64.',
    ],
    exit: 1,
  },
  {
    name: 'the machine is of another platform than the report',
    plant: (release) => void release.report(
      'darwin-arm64', { ...freshReport('darwin-arm64'), platform: { ...arm.platform, id: 'darwin-arm64' } },
    ),
    blocks: [
      'foreign-binary: darwin-arm64: its report was made on a linux-arm64 machine (Ubuntu 24.04.1 LTS, aarch64). Verify on a machine ' +
        'of the platform.',
    ],
    exit: 1,
  },
  {
    name: 'it ended in the future',
    plant: (release) => void release.report('linux-arm64', { ...arm, tool: { ...arm.tool, endedAt: '2126-11-20T12:00:00Z' } }),
    blocks: [
      'clock: linux-arm64: its run ended in the future (<time>, here it is <time>). Set the clocks and verify again.',
    ],
    exit: 3,
  },
  {
    name: 'a truncated report',
    plant: (release) => truncateSync(release.path('reports/linux-arm64/report.json'), 2_000),
    blocks: [
      'unreadable: reports/linux-arm64/report.json cannot be read: it is not whole JSON (#). Verify again, or hand over the report as ' +
        'it was written.',
      'unreadable: linux-arm64: it is required, and none of the reports that can be read is about it. Verify again.',
    ],
    exit: 3,
  },
  {
    name: 'a report of another schema version',
    plant: (release) => void release.file('reports/linux-arm64/report.json', '{"schemaVersion":1,"checks":[]}'),
    blocks: [
      'other-schema: reports/linux-arm64/report.json cannot be judged: its schema version is 1, this gate reads 2. Verify the ' +
        'executable again with this version of frostgate.',
      'unreadable: linux-arm64: it is required, and none of the reports that can be read is about it. Verify again.',
    ],
    exit: 3,
  },
  {
    name: 'a report that does not fit the schema',
    plant: (release) => void release.file('reports/linux-arm64/report.json', JSON.stringify({ ...arm, extra: '\u001B[2J::error::x' })),
    blocks: [
      'unreadable: reports/linux-arm64/report.json cannot be read: it does not fit the report schema at the top (Unrecognized key: ' +
        '"extra"). Verify again, or hand over the report as it was written.',
      'unreadable: linux-arm64: it is required, and none of the reports that can be read is about it. Verify again.',
    ],
    exit: 3,
  },
  {
    name: 'a report of more than 64 MB',
    plant: (release) => truncateSync(release.path('reports/linux-arm64/report.json'), 64_000_001),
    blocks: [
      'unreadable: reports/linux-arm64/report.json cannot be read: it is larger than 64 MB. Verify again, or hand over the report as ' +
        'it was written.',
      'unreadable: linux-arm64: it is required, and none of the reports that can be read is about it. Verify again.',
    ],
    exit: 3,
  },
  {
    name: 'a file that is something else',
    plant: (release) => argumentsOf(release, {
      reports: [release.path('reports'), release.file('other.json', '[1, 2]'), release.file('binary', binaryOf('linux-amd64'))],
    }),
    blocks: [
      'unreadable: other.json cannot be read: it is no report of frostgate: it has no schemaVersion. Verify again, or hand over the ' +
        'report as it was written.',
      'unreadable: binary cannot be read: it is not whole JSON (#). Verify again, or hand over the report as it was written.',
    ],
    exit: 3,
  },
  {
    name: 'a report is not there',
    plant: (release) => rmSync(release.path('reports/linux-arm64'), { recursive: true }),
    blocks: [
      'missing: linux-arm64: it is required and has no report. Verify on such a machine and hand its report to the gate.',
    ],
    exit: 1,
  },
];
