import * as fc from 'fast-check';
import { areas, type Report } from '../../model/report.ts';

const slot = fc.nat({ max: 11 });
const slots = fc.array(slot, { maxLength: 3 });
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const number = fc.oneof(fc.nat({ max: 1_000_000_000 }), fc.double({ min: 0, max: 1e12, noNaN: true }));
const unit = fc.constantFrom('ms' as const, 'bytes' as const, 's' as const);

const check = fc.record({
  area: fc.constantFrom(...areas),
  text: slot,
  outcome: fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const, 'not-applicable' as const),
  title: slot,
  reason: optional(slot),
  expected: optional(slot),
  got: optional(slot),
  remedy: optional(slot),
  note: optional(slot),
  value: optional(number),
  limit: optional(number),
  unit: fc.oneof(unit, slot),
  durationMs: number,
  evidence: fc.array(fc.record({
    path: slot, title: slot, lines: optional(fc.array(fc.record({ text: slot, hazard: optional(slot) }), { maxLength: 4 })),
  }), { maxLength: 2 }),
  file: optional(slot),
  line: optional(fc.integer({ min: -3, max: 5000 })),
});

/** Everything of a report but its texts, for which numbers stand: what the text is decides the caller of `buildReport`. */
export const reportShape = fc.record({
  checks: fc.array(check, { maxLength: 7 }),
  neverRan: fc.array(fc.constantFrom(...areas), { maxLength: 2 }),
  findings: fc.array(
    fc.record(
      {
        hazard: slot, cause: slot, remedy: slot, line: slot, source: slot, explains: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
        proof: optional(
          fc.record({ outcome: fc.constantFrom('proved' as const, 'in part' as const, 'did not help' as const), sentence: slot }),
        ),
      },
    ),
    { maxLength: 3 },
  ),
  measurements: fc.array(
    fc.record({ check: fc.nat({ max: 7 }), title: slot, unit, variant: fc.constantFrom(
      'subject' as const, 'baseline' as const, 'previous' as const, 'manager' as const,
    ), samples: fc.array(number, { minLength: 1, maxLength: 4 }), limit: optional(number) }),
    { maxLength: 4 },
  ),
  outcome: fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const),
  sentence: slot,
  partial: slots,
  interrupted: fc.option(slot),
  warnings: slots,
  notVerified: slots,
  commandLine: slots,
  subject: fc.option(
    fc.record(
      {
        file: slot, version: optional(slot), freezer: optional(slot), format: slot, platforms: slots,
        after: fc.constantFrom('same', 'other', 'gone'),
      },
    ),
    { freq: 5 },
  ),
  contents: fc.option(
    fc.record({ kind: fc.constantFrom('one-file' as const, 'one-dir' as const), python: slot, bytes: fc.nat(), sizes: fc.array(
      fc.record({ name: slot, version: optional(slot), storedBytes: fc.nat(), extractedBytes: fc.nat() }), { maxLength: 16 },
    ) }),
    { freq: 5 },
  ),
  platform: fc.record({ id: slot, os: slot, cpu: slot, ci: optional(slot), commit: optional(slot), runUrl: optional(
    fc.constantFrom('https://ci.example/1', 'http://ci.example/?a=<b>&c=%0A::error::'),
  ) }),
  server: fc.option(fc.record({ version: slot, cli: optional(slot), origin: optional(slot), address: slot })),
  services: fc.array(fc.record({ name: slot, version: slot, origin: slot }), { maxLength: 2 }),
  baseline: fc.option(fc.record({ directory: slot, python: slot })),
  contract: fc.option(fc.record({ file: slot, worker: slot }), { freq: 5 }),
  phases: fc.array(fc.record({ name: slot, durationMs: number }), { maxLength: 2 }),
  memory: fc.array(slot, { maxLength: 4 }),
});

export type ReportShape = typeof reportShape extends fc.Arbitrary<infer Shape> ? Shape : never;

const digest = (digit: string) => digit.repeat(64);

/** The report of a shape. Ids begin as ours do and are unique; everything else is what `text` gives for its number. */
export function buildReport(shape: ReportShape, text: (slot: number) => string): Report {
  const maybe = (key: string, value: number | undefined) => (value === undefined ? {} : { [key]: text(value) });
  const ids = shape.checks.map((one, index) => `${one.area}.${index}.${text(one.text)}`);
  const idAt = (index: number) => ids[index] ?? `performance.${index}`;
  const { subject, contents, platform, server, baseline, contract } = shape;
  return {
    schemaVersion: 2,
    tool: {
      name: 'frostgate', version: text(shape.sentence), commandLine: shape.commandLine.map(text), startedAt: '2026-11-20T10:00:00Z',
      endedAt: '2026-11-20T10:01:24Z', profile: 'full',
      phases: shape.phases.map(
        ({ name, durationMs }) => ({ name: text(name), durationMs }),
      ), launches: { subject: 3, baseline: 1, busyMs: 5 }, peakResidentBytes: 1,
    },
    subject: subject && {
      file: text(subject.file), sha256Before: digest('1'), ...(
        subject.after !== 'gone' && { sha256After: digest(subject.after === 'same' ? '1' : '2') }
      ), sizeBytes: 5, mode: '755',
      format: text(subject.format), platforms: subject.platforms.map(text), ...maybe(
        'freezer', subject.freezer,
      ), ...maybe('version', subject.version),
    },
    contents: contents && {
      kind: contents.kind, pythonVersion: text(contents.python), modules: 7, nativeFiles: 1, extractedFiles: 2,
      extractedBytes: contents.bytes, storedBytes: contents.bytes,
      sizes: contents.sizes.map(({ name, version, ...bytes }) => ({ name: text(name), ...maybe('version', version), ...bytes })),
    },
    platform: {
      id: text(platform.id), os: text(platform.os), architecture: 'amd64', kernel: text(platform.cpu), cpu: text(platform.cpu), cores: 2,
      memoryBytes: 5, ...maybe('ci', platform.ci),
      ...maybe('commit', platform.commit), ...(platform.runUrl !== undefined && { runUrl: platform.runUrl }),
    },
    server: server
      && {
        kind: 'external', address: text(server.address), serverVersion: text(server.version), ...maybe('cliVersion', server.cli),
        ...maybe('origin', server.origin),
      },
    services: shape.services.map(({ name, version, origin }) => ({ name: text(name), version: text(version), origin: text(origin) })),
    baseline: baseline && { directory: text(baseline.directory), pythonVersion: text(baseline.python) },
    baselineAbsent: baseline === null ? text(shape.sentence) : null,
    contract: contract && { file: text(contract.file), sha256: digest('c'), worker: text(contract.worker) },
    expectedIds: ids,
    checks: shape.checks.map((one, index) => ({
      id: idAt(index), area: one.area, title: text(one.title), outcome: one.outcome, durationMs: one.durationMs,
      ...maybe('reason', one.reason), ...maybe('expected', one.expected), ...maybe('got', one.got), ...maybe('remedy', one.remedy),
      ...maybe('note', one.note), ...maybe('file', one.file),
      ...(
        one.value !== undefined && { value: one.value }
      ), ...(one.limit !== undefined && { limit: one.limit }), ...(one.line !== undefined && { line: one.line }),
      unit: typeof one.unit === 'number' ? text(one.unit) : one.unit,
      evidence: one.evidence.map(({ path, title, lines }) => ({
        path: `evidence/${text(path)}`, sha256: digest('e'), title: text(title),
        ...(lines && {
          excerpt: lines.map((line, place) => ({ number: place * 2 + 1, text: text(line.text), ...maybe('hazard', line.hazard) })),
        }),
      })),
    })),
    findings: shape.findings.map(
      (one) => (
        {
          hazard: text(one.hazard), args: {}, cause: text(one.cause), remedy: text(one.remedy), line: text(one.line),
          source: text(one.source), explains: one.explains.map(idAt),
          ...(one.proof && { proof: { outcome: one.proof.outcome, sentence: text(one.proof.sentence) } }),
        }
      ),
    ),
    measurements: shape.measurements.map(({ check: of, samples, limit, title, ...one }) => ({
      ...one, metric: idAt(of), title: text(title), samples, median: samples[0] ?? 0, spread: 1, ...(limit !== undefined && { limit }),
    })),
    startUps: [{ variant: 'subject', marks: [{ name: 'ready', atMs: 5 }] }],
    memoryCourses: [{ variant: 'subject', points: shape.memory.map((after, index) => ({ atMs: index, bytes: 5, after: text(after) })) }],
    partial: shape.partial.map(text),
    interrupted: shape.interrupted === null ? null : text(shape.interrupted),
    warnings: shape.warnings.map(text),
    notVerified: shape.notVerified.map(text),
    verdict: { outcome: shape.outcome, decidedBy: shape.neverRan.map(
      (area, index) => `${area}.missing.${index}.${text(index)}`,
    ), sentence: text(shape.sentence) },
  };
}
