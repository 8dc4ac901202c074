import { expect, test } from 'vitest';
import { withoutAftermath } from './root-causes.ts';
import { diagnose, rootCauses } from './with-hazards.testing.ts';
import type { Observation, ObservationKind } from '../model/observation.ts';

const observation = (kind: ObservationKind, args: Record<string, string>, ...names: string[]): Observation => (
  { kind, args, line: 'what was read', names }
);
const located = (found: Observation, checkId: string) => ({ observation: found, checkId, source: `evidence/${checkId}/found.txt` });
const logged = (text: string, ...checkIds: string[]) =>
  diagnose(checkIds.map((checkId) => ({ name: `evidence/${checkId}/output.log`, text, checkId })), checkIds);
const told = (observations: Observation[], text: string) => rootCauses(
  observations.map((each) => located(each, 'bundle.x')), logged(text, 'execution.a', 'execution.b'),
).map(({ hazard, explains }) => [hazard, explains]);

const lazy = observation('missing-module', {
  module: 'app.tools.shell', modules: 'app.tools.shell, app.tools.web',
}, 'module:app.tools.shell', 'module:app.tools.web');

test('what a log says of something that was read explains the checks by it, once', () => {
  expect(
    told([lazy], "ModuleNotFoundError: No module named 'app.tools.web'"),
  ).toEqual([['BC-02', ['bundle.x', 'execution.a', 'execution.b']]]);
  expect(told([lazy], "ModuleNotFoundError: No module named 'other'")).toEqual([
    ['BC-02', ['execution.a', 'execution.b']], ['BC-02', ['bundle.x']],
  ]);
});

test('what cannot be imported from a package may be a module of it that is not inside', () => {
  const part = observation('missing-module', { module: 'grpc._cython.cygrpc' }, 'module:grpc._cython.cygrpc');
  const text = "ImportError: cannot import name 'cygrpc' from 'grpc._cython' (/tmp/x/_MEIabc/grpc/_cython/__init__.pyc)";
  expect(told([part], text)).toEqual([['BC-02', ['bundle.x', 'execution.a', 'execution.b']]]);
  const other = "ImportError: cannot import name 'MultipartSegment' from 'multipart' (/tmp/x/_MEIabc/multipart/__init__.pyc)";
  expect(told([part], other).map(([hazard]) => hazard)).toEqual(['BC-01', 'BC-02']);
});

test('Cython does not say of which package it could not import something', () => {
  const part = observation('missing-module', { module: 'grpc_tools.grpc_version' }, 'module:grpc_tools.grpc_version');
  const text = 'ImportError: cannot import name grpc_version';
  expect(told([part], text)).toEqual([['BC-02', ['bundle.x', 'execution.a', 'execution.b']]]);
  expect(told([lazy], text)).toEqual([['BC-02', ['execution.a', 'execution.b']], ['BC-02', ['bundle.x']]]);
});

test('names are the same however they are spelt, and of one kind only', () => {
  const provider = observation('missing-module', { module: 'langchain_groq' }, 'module:langchain_groq');
  const text = 'ImportError: Initializing ChatGroq requires the langchain-groq package. Please install it with `pip install ' +
    'langchain-groq`';
  expect(told([provider], text)).toEqual([['BC-02', ['bundle.x', 'execution.a', 'execution.b']]]);
  const metadata = observation('missing-metadata', { distribution: 'langchain-groq' }, 'distribution:langchain-groq');
  expect(told([metadata], text)).toEqual([['BC-02', ['execution.a', 'execution.b']], ['BC-05', ['bundle.x']]]);
  expect(
    told([metadata], 'PackageNotFoundError: No package metadata was found for langchain_groq'),
  ).toEqual([['BC-05', ['bundle.x', 'execution.a', 'execution.b']]]);
});

test('a line that names nothing belongs to the observation of the same hazard', () => {
  const floor = observation('glibc-floor', { member: 'libx.so', needs: '2.99', allowed: '2.28', blame: 'x 1.0' });
  expect(
    told([floor], "libm.so.6: version 'GLIBC_2.99' not found (required by libx.so)"),
  ).toEqual([['NA-01', ['bundle.x', 'execution.a', 'execution.b']]]);
});

test('the same observation of two checks is one finding', () => {
  const plugins = observation('missing-plugins', { namespace: 'ns', modules: 'ns.one' });
  expect(
    rootCauses([located(plugins, 'bundle.plugins'), located(plugins, 'bundle.modules')], []).map(({ explains }) => explains),
  ).toEqual([['bundle.plugins', 'bundle.modules']]);
});

test('what a hostile name brings along does not reach a finding', () => {
  const [finding] = rootCauses([located({ ...lazy, args: { module: 'a\u001B[2J\u202Eb' }, line: 'x\n::error::y' }, 'bundle.x')], []);
  expect([finding?.cause, finding?.line]).toEqual(['`ab` is imported at run time, but is not in the binary.', 'x ::error::y']);
});

test('a consequence is told with its reason', () => {
  const module = observation('missing-module', { module: 'app.count' }, 'module:app.count');
  const point = observation('missing-entry-point', {
    distribution: 'app', group: 'tools', name: 'count', target: 'app.count', missing: 'module',
  }, 'module:app.count');
  const causes = (...observations: [Observation, string][]) =>
    rootCauses(observations.map(([each, id]) => located(each, id)), []).map(({ hazard, explains }) => [hazard, explains]);
  expect(causes([module, 'bundle.modules'], [point, 'bundle.plugins'])).toEqual([['BC-06', ['bundle.plugins', 'bundle.modules']]]);
  const metadata = observation('missing-metadata', { distribution: 'app' }, 'distribution:app');
  const unannounced = observation('missing-entry-point', {
    distribution: 'app', group: 'tools', name: 'count', target: 'app.count', missing: 'metadata',
  }, 'distribution:app');
  expect(
    causes([unannounced, 'bundle.plugins'], [metadata, 'bundle.metadata']),
  ).toEqual([['BC-05', ['bundle.metadata', 'bundle.plugins']]]);
  expect(causes([unannounced, 'bundle.plugins'])).toEqual([['BC-06', ['bundle.plugins']]]);
});

test('that it was built from another environment is told first, whatever explains more', () => {
  const other = observation('other-version', { distribution: 'sdk', found: '1.0', locked: '2.0', file: 'uv.lock' }, 'distribution:sdk');
  expect(
    told([lazy, other], "ModuleNotFoundError: No module named 'app.tools.web'"),
  ).toEqual([['BC-10', ['bundle.x']], ['BC-02', ['bundle.x', 'execution.a', 'execution.b']]]);
});

test('what is read explains only what it can lead to', () => {
  const missing = "ModuleNotFoundError: No module named 'app.cfg'";
  expect(
    told([observation('secret', { what: 'a key', where: 'module app.cfg' }, 'module:app.cfg')], missing),
  ).toEqual([['BC-02', ['execution.a', 'execution.b']], ['SE-01', ['bundle.x']]]);
  const floors = ['libx.so', 'liby.so'].map((member) =>
    observation('glibc-floor', { member, needs: '2.99', allowed: '2.28', blame: 'x 1.0' }));
  expect(
    told(floors, "libm.so.6: version 'GLIBC_2.99' not found (required by libx.so)")[0],
  ).toEqual(['NA-01', ['execution.a', 'execution.b']]);
});

test("a file is the same however a system writes its path", () => {
  const data = observation('missing-data', { file: 'app/texts/a.txt', package: 'app' }, 'file:app/texts/a.txt');
  expect(
    told([data], String.raw`FileNotFoundError: [Errno 2] No such file or directory: 'C:\\T\\_MEI42\\app\\texts\\a.txt'`),
  ).toEqual([['BC-04', ['bundle.x', 'execution.a', 'execution.b']]]);
});

test('what a pool that starts the worker in place of Python finds half removed is no cause', () => {
  const [pool] = logged('desk: error: unrecognized arguments: -m joblib.externals.loky.backend.popen_loky_posix', 'execution.a');
  const failed = "[PYI-9:ERROR] Failed to execute script 'pyi_rth_multiprocessing' due to unhandled exception!";
  const [hook] = logged(failed, 'execution.a', 'x.b');
  expect([pool?.hazard, hook?.hazard]).toEqual(['PM-10', 'BC-09']);
  const left = withoutAftermath([pool, hook].flatMap((each) => each ?? []));
  expect(left.map(({ hazard, explains }) => [hazard, explains])).toEqual([['PM-10', ['execution.a']], ['BC-09', ['x.b']]]);
});

test('a crash at the end of a worker that did not start for another reason is no cause', () => {
  const crash = 'Fatal Python error: PyGILState_Release: thread state 0x7f must be current when releasing';
  const [found] = logged(crash, 'startup.ready', 'shutdown.every-launch');
  const [other] = logged("ModuleNotFoundError: No module named 'clerk'", 'startup.ready');
  expect(found?.hazard).toBe('TW-19');
  const left = (...findings: (typeof found)[]) => withoutAftermath(findings.flatMap((each) => each ?? [])).map(({ explains }) => explains);
  expect(left(found)).toEqual([['startup.ready', 'shutdown.every-launch']]);
  expect(left(other, found)).toEqual([['startup.ready'], ['shutdown.every-launch']]);
});
