import { areas, type CheckResult, type RegressionDecision, type Report } from '../model/report.ts';

const digest = (digit: string) => digit.repeat(64);

/** A check for tests; the area comes from the id. */
export function sampleCheck(id: string, more: Partial<CheckResult> = {}): CheckResult {
  const area = areas.find((name) => id.startsWith(`${name}.`)) ?? 'artifact';
  return { id, area, title: `promise of ${id}`, outcome: 'pass', durationMs: 1204, evidence: [], ...more };
}

/** A decision for tests: CPU to ready, which is worse. */
export function sampleDecision(more: Partial<RegressionDecision> = {}): RegressionDecision {
  return {
    metric: 'cpu.ready', check: 'performance.cpu', answer: 'fail', pairs: 14, effectPercent: 7.9, intervalPercent: [6.1, 9.6],
    limitPercent: 5,
    sentence: 'CPU to ready is 7.9 % higher, 95 % interval 6.1 to 9.6 %, limit 5 %: fail after 14 pairs', unit: 'ms',
    samples: { subject: [1_079, 1_081], previous: [1_000, 1_002] }, ...more,
  };
}

/** A report for tests alone, as a failing run writes it: one failure explained by a finding, one unjudged, one not applicable. */
export function sampleReport(more: Partial<Report> = {}): Report {
  return {
    schemaVersion: 2,
    tool: {
      name: 'frostgate',
      version: '0.1.0',
      commandLine: ['npm', 'test', '--', '--binary', 'dist/agent runner'],
      startedAt: '2026-11-20T10:00:00Z',
      endedAt: '2026-11-20T10:01:24Z',
      profile: 'full',
      phases: [
        { name: 'set-up', durationMs: 6100 },
        { name: 'suites', durationMs: 77_000 },
        { name: 'report', durationMs: 900 },
      ],
      launches: { subject: 19, baseline: 4, busyMs: 71_000 },
      peakResidentBytes: 212_000_000,
    },
    subject: {
      file: 'dist/agent-runner',
      sha256Before: digest('3'),
      sha256After: digest('3'),
      sizeBytes: 77_600_000,
      mode: '755',
      format: 'ELF',
      platforms: ['linux-amd64'],
      freezer: 'PyInstaller one-file, Python 3.13',
      version: '1.0.0',
    },
    contents: {
      kind: 'one-file',
      pythonVersion: '3.13',
      modules: 7129,
      nativeFiles: 82,
      extractedFiles: 131,
      extractedBytes: 140_050_175,
      storedBytes: 66_886_570,
      sizes: [
        { name: 'Python', storedBytes: 17_122_403, extractedBytes: 36_271_645 },
        { name: 'temporalio', version: '1.35.0', storedBytes: 11_867_090, extractedBytes: 33_723_008 },
        { name: 'shared libraries', storedBytes: 3_425_369, extractedBytes: 8_761_544 },
        { name: 'redis', version: '8.1.0', storedBytes: 992_088, extractedBytes: 17_745 },
      ],
    },
    platform: {
      id: 'linux-amd64',
      os: 'linux',
      architecture: 'amd64',
      libc: 'glibc 2.36',
      kernel: '6.1.0',
      cpu: 'Some CPU',
      containment: 'limit marks, and orphans are handed to the harness (subreaper)',
      cores: 2,
      memoryBytes: 8_330_000_000,
    },
    server: { kind: 'dev-server', address: '127.0.0.1:40123', serverVersion: '1.32.0', cliVersion: '1.9.1', origin: 'PATH' },
    services: [{ name: 'redis', version: '8.0.2', origin: 'redis-server on PATH' }],
    baseline: { directory: '.', pythonVersion: '3.13.0', lockSha256: digest('b') },
    baselineAbsent: null,
    contract: { file: 'worker-contract.yaml', sha256: digest('c'), worker: 'agent-runner' },
    expectedIds: (more.checks ?? sampleChecks()).map(({ id }) => id),
    checks: sampleChecks(),
    findings: [
      {
        hazard: 'TW-18',
        args: {},
        cause: "PyInstaller's importer calls open(), which the workflow sandbox forbids.",
        remedy: 'Add a runtime hook:\nimport io, pyimod01_archive',
        line: 'Cannot access __builtins__.open from inside a workflow.',
        source: 'evidence/execution.failure/history.json',
        explains: ['execution.failure', 'execution.retry'],
      },
    ],
    measurements: [
      {
        metric: 'startup.ready', title: 'time to ready', unit: 'ms', variant: 'subject', samples: [1700, 1720, 1690], median: 1700,
        spread: 29.652, limit: 10_000,
      },
      {
        metric: 'startup.ready', title: 'time to ready', unit: 'ms', variant: 'baseline', samples: [600, 610, 590], median: 600,
        spread: 14.826,
      },
      { metric: 'startup.ready', title: 'time to ready', unit: 'ms', variant: 'manager', samples: [410], median: 410, spread: 0 },
      {
        metric: 'performance.memory', title: 'peak memory', unit: 'bytes', variant: 'subject', samples: [148e6], median: 148e6, spread: 0,
        limit: 400e6,
      },
    ],
    startUps: [
      { variant: 'subject', marks: [{ name: 'unpacked', atMs: 700 }, { name: 'first import', atMs: 760 }, {
        name: 'first output', atMs: 1210,
      }, { name: 'connected', atMs: 1580 }, { name: 'ready', atMs: 1700 }] },
      { variant: 'baseline', marks: [{ name: 'first output', atMs: 380 }, { name: 'ready', atMs: 600 }] },
      { variant: 'subject', marks: [{ name: 'unpacked', atMs: 720 }, { name: 'first import', atMs: 790 }, {
        name: 'first output', atMs: 1250,
      }, { name: 'connected', atMs: 1600 }, { name: 'ready', atMs: 1720 }] },
      { variant: 'baseline', marks: [{ name: 'first output', atMs: 390 }, { name: 'ready', atMs: 610 }] },
    ],
    memoryCourses: [
      {
        variant: 'subject',
        points: [
          { atMs: 1700, bytes: 121_000_000, after: 'ready' },
          { atMs: 5200, bytes: 144_000_000, after: 'registration.types' },
          { atMs: 9800, bytes: 148_000_000, after: 'execution.failure' },
        ],
      },
    ],
    partial: [],
    interrupted: null,
    warnings: [],
    notVerified: ['Windows was not verified: no such machine took part.'],
    verdict: {
      outcome: 'fail',
      decidedBy: ['execution.failure', 'execution.retry'],
      sentence: '5 of 8 checks passed, 2 failed: execution.failure, execution.retry, 1 could not be judged: parity.log, 1 not applicable.',
    },
    ...more,
  };
}

function sampleChecks(): CheckResult[] {
  const history = { path: 'evidence/execution.failure/history.json', sha256: digest('e'), title: 'history', excerpt: [
    { number: 1, text: '{ "events": [' },
    { number: 17, text: 'Cannot access __builtins__.open from inside a workflow.', hazard: 'TW-18' },
    { number: 18, text: '}' },
  ] };
  return [
    sampleCheck('artifact.size', { value: 77_600_000, limit: 100_000_000, unit: 'bytes' }),
    sampleCheck('startup.ready', { value: 1700, limit: 10_000, unit: 'ms' }),
    sampleCheck('execution.failure', {
      title: 'a failing workflow keeps its failure type',
      outcome: 'fail',
      reason: 'the failure lost its type',
      expected: 'ApplicationFailure type "Planned", non-retryable',
      got: 'failure without type; the workflow task failed 3 times before',
      remedy: 'see the finding',
      evidence: [history],
      file: 'suites/05-execution.suite.ts',
      line: 12,
    }),
    sampleCheck('execution.retry', { outcome: 'fail', reason: 'attempt 2 never came', evidence: [] }),
    sampleCheck('shutdown.sigterm.parent.idle', { note: '25 stops, exit 0 in 25' }),
    sampleCheck('shutdown.survivors'),
    sampleCheck('parity.log', { outcome: 'inconclusive', reason: 'the baseline failed' }),
    sampleCheck('host.noexec-tmp', { outcome: 'not-applicable', reason: 'needs bubblewrap' }),
    sampleCheck('performance.memory'),
  ];
}
