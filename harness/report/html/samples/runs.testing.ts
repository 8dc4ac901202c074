import type { CheckResult, Finding, Report } from '../../../model/report.ts';
import { sampleReport } from '../../sample-report.testing.ts';
import { file, passingChecks } from './checks.testing.ts';
import { sampleContents } from './contents.testing.ts';
import { sampleDecisions } from './decisions.testing.ts';
import { sampleMeasurements, sampleMemory, sampleStartUps } from './measured.testing.ts';

const notVerified = ['The platforms linux-arm64, darwin-amd64, darwin-arm64, windows-amd64: each needs a run of its ' +
  'own.', 'The real model provider: the model is a stand-in outside the executable.'];

/** A whole run in which everything passed; like its neighbours it is for tests alone, and the same each time. */
export function passingRun(): Report {
  return sampleReport({
    checks: passingChecks(),
    expectedIds: passingChecks().map(({ id }) => id),
    findings: [],
    contents: sampleContents(),
    measurements: sampleMeasurements(),
    startUps: sampleStartUps(),
    memoryCourses: sampleMemory(),
    notVerified,
    verdict: { outcome: 'pass', decidedBy: [], sentence: 'All 45 checks passed, 10 not applicable.' },
  });
}

/** A worker without a data file and with a slow version command: several checks fail for one cause, one for another, some cannot judge. */
export function failingRun(): Report {
  const run = passingRun();
  const checks = run.checks.map((check) => ({ ...check, ...failures[check.id] }));
  const failed = checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
  return {
    ...run,
    checks,
    findings,
    warnings: ['Redis answered slowly: 2.1 s. Close what else uses the machine.'],
    verdict: { outcome: 'fail', decidedBy: failed, sentence: `40 of 45 checks passed, ${failed.length} failed: ${failed.join(', ')}, 2 ` +
      'could not be judged: execution.concurrent, shutdown.sigterm.parent.in-flight, 10 not applicable.' },
  };
}

/** A run beside the last release, which was smaller and took less CPU to start: a library has come in and is imported at once. */
export function worseRun(): Report {
  const run = passingRun();
  const contents = sampleContents();
  const added = { name: 'numpy', version: '2.1.3', storedBytes: 6_312_004, extractedBytes: 22_014_120 };
  const sizes = contents.sizes.flatMap((size) => (
    size.name === 'shared libraries' ? [{ ...size, storedBytes: size.storedBytes + 7_805_211 }, added]
      : size.name === 'redis' ? [{ ...size, version: '8.2.0', storedBytes: size.storedBytes + 20_480 }]
        : size.name === 'tiktoken' ? [] : [size]));
  const decided = sampleDecisions({
    'cpu.ready': [9.4, 'fail'], 'cpu.version': [7.2, 'fail'], 'wall.ready': [6.1], 'wall.version': [8.3, 'inconclusive'],
    'memory.ready': [1.4], 'size.file': [19.3, 'fail'], 'size.unpacked': [13.1, 'fail'],
  });
  const previous = run.startUps.filter(({ variant }) => variant === 'subject').map(({ marks }) => ({
    variant: 'previous' as const, marks: marks.map(({ name, atMs }) => ({ name, atMs: Math.round(0.92 * atMs) })),
  }));
  const failed = decided.filter(({ answer }) => answer === 'fail');
  return {
    ...run, decisions: decided, startUps: [...run.startUps, ...previous],
    contents: { ...contents, sizes, modules: 7_551, nativeFiles: 97, storedBytes: contents.storedBytes + 12_932_798 },
    previous: { file: 'previous/agent-runner', sha256: '5'.repeat(64), sizeBytes: 66_886_570, contents },
    verdict: { outcome: 'fail', decidedBy: failed.map(({ check }) => check), sentence: failed.map(({ sentence }) => sentence).join('; ') },
  };
}

/** A run without a Temporal server: almost nothing could be judged. */
export function inconclusiveRun(): Report {
  const run = passingRun();
  const checks = run.checks.map((check): CheckResult => {
    const { note: _note, value: _value, ...rest } = check;
    return needsNoServer(check) ? check : { ...rest, outcome: 'inconclusive', reason: 'there is no Temporal server', evidence: [] };
  });
  const unjudged = checks.filter(({ outcome }) => outcome === 'inconclusive').map(({ id }) => id);
  return {
    ...run,
    server: null,
    checks,
    measurements: [],
    startUps: [],
    memoryCourses: [],
    partial: ['--profile quick'],
    warnings: ['The Temporal server at 127.0.0.1:9 does not answer: check --temporal-address, or leave it out to use a dev server.'],
    verdict: { outcome: 'inconclusive', decidedBy: unjudged, sentence: 'The infrastructure failed (no Temporal server): 5 of 45 checks ' +
      `passed, ${unjudged.length} could not be judged: ${unjudged.slice(0, 5).join(', ')} and ${unjudged.length - 5} more, 10 not ` +
        'applicable.' },
  };
}

function needsNoServer({ area, outcome }: CheckResult): boolean {
  return area === 'artifact' || outcome === 'not-applicable';
}

const noFile = "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/_MEI4Gq2/agent_runner/prompts/system.md'";
const needs = 'the execution that it needs does not go well alone: see execution.answers';

function log(path: string, telling: string, hazard: string): CheckResult['evidence'][number] {
  const lines = [...Array.from({ length: 16 }, (_, index) => index + 1), 97, 98, 99, 100, 101, 102];
  const text = (number: number) => (number === 99 ? telling : `{"level":"info","event":"Polling","iteration":${number}}`);
  return { ...file(path, 'output of the worker'), excerpt: lines.map(
    (number) => ({ number, text: text(number), ...(number === 99 && { hazard }) }),
  ) };
}

const failures: Readonly<Record<string, Partial<CheckResult>>> = {
  'execution.answers': { outcome: 'fail', reason: 'it did not end: activity execute_agent failed 4 times in a row: ' +
    noFile, expected: 'completed with {"status":"completed","answer":"4"}', got: 'an execution that does not end', evidence: [
      file('execution.answers/history.json', 'history'), log('execution.answers/output.log', noFile, 'BC-04'),
    ] },
  'execution.runs-a-tool': { outcome: 'fail', reason: 'it did not end: activity execute_agent failed 4 times in a row: ' +
    noFile, expected: 'completed with {"status":"completed","answer":"42"}', got: 'an execution that does not end', evidence: [
      log('execution.runs-a-tool/output.log', noFile, 'BC-04'),
    ] },
  'execution.failure': { outcome: 'fail', reason: 'its workflow task failed 2 times in a row: Cannot access __builtins__.open from ' +
    'inside a workflow.', expected: 'a failure of type "InvalidRequest", non-retryable', got: 'a workflow task that fails for ever',
    evidence: [log('execution.failure/history.json', '"message": "Cannot access __builtins__.open from inside a workflow."', 'TW-18')] },
  'performance.version': { outcome: 'fail', value: 3410, limit: 3000, reason: 'version command: the median of 5 launches is 3.41 s, ' +
    'the limit is 3.00 s', remedy: 'make it lighter, or raise budgets.versionSeconds in the contract' },
  'execution.concurrent': { outcome: 'inconclusive', reason: needs },
  'shutdown.sigterm.parent.in-flight': { outcome: 'inconclusive', reason: needs },
};

const findings: Finding[] = [
  {
    hazard: 'BC-04',
    args: { file: 'agent_runner/prompts/system.md' },
    cause: 'The worker opens the data file agent_runner/prompts/system.md, which is not in the binary.',
    remedy: "Add datas += collect_data_files('agent_runner') to the spec file and rebuild.",
    line: noFile,
    source: 'evidence/execution.answers/output.log',
    explains: ['execution.answers', 'execution.runs-a-tool'],
  },
  {
    hazard: 'TW-18',
    args: {},
    cause: "PyInstaller's importer calls the builtin open(), which the workflow sandbox forbids.",
    remedy: 'Add a runtime hook to Analysis(runtime_hooks=[…]) that contains:\nimport io, pyimod01_archive, ' +
      'pyimod02_importers\npyimod01_archive.open = io.open\npyimod02_importers.open = io.open',
    line: '"message": "Cannot access __builtins__.open from inside a workflow."',
    source: 'evidence/execution.failure/history.json',
    explains: ['execution.failure'],
  },
];
