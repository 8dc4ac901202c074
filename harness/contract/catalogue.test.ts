import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { exampleText, smallText } from './example.testing.ts';
import { parseContract } from './load.ts';

const ids = (text: string | undefined) => catalogue(text === undefined ? undefined : parseContract(text, 'c')).map(({ id }) => id);

test('no check of the contract of the design is lost, and they stand in the order of the suites', () => {
  const known = [
    'artifact.format', 'artifact.architecture', 'artifact.size', 'artifact.intact', 'artifact.version', 'artifact.help',
    'bundle.native-architecture', 'bundle.native-floor', 'bundle.python', 'bundle.secrets', 'bundle.versions', 'bundle.sources',
    'bundle.modules', 'bundle.kinds', 'bundle.data', 'bundle.metadata', 'bundle.plugins', 'bundle.excluded',
    'startup.ready', 'startup.clean-log',
    'registration.pollers', 'registration.identity', 'registration.sole', 'registration.types', 'registration.unregistered',
    'registration.sdk',
    'execution.answers-with-the-models-reply', 'execution.every-activity', 'execution.concurrent', 'execution.requests',
    'execution.state', 'execution.failure', 'execution.unplanned-retries',
    'environment.MODE.honoured', 'environment.MODE.default', 'environment.MODE.invalid',
    'environment.ANTHROPIC_API_KEY.honoured', 'environment.ANTHROPIC_API_KEY.missing',
    'environment.ANTHROPIC_BASE_URL.honoured', 'environment.REDIS_URL.honoured',
    'environment.MAX_CONCURRENCY.honoured', 'environment.MAX_CONCURRENCY.default', 'environment.MAX_CONCURRENCY.invalid',
    'environment.secrets',
    'shutdown.sigterm.parent.idle', 'shutdown.sigint.parent.idle', 'shutdown.sigterm.parent.in-flight', 'shutdown.sigterm.parent.starting',
    'shutdown.sigint.parent.starting', 'shutdown.sigterm.parent.again', 'shutdown.sigterm.group.idle', 'shutdown.sigint.group.idle',
    'shutdown.sigterm.child.idle', 'shutdown.sigkill.parent.idle', 'shutdown.every-launch',
    'shutdown.survivors', 'shutdown.left-overs', 'shutdown.deregistration',
    'performance.version', 'performance.ready', 'performance.memory', 'performance.disk',
  ];
  const listed = ids(exampleText);
  expect(listed.filter((id) => known.includes(id))).toStrictEqual(known);
  const areas = listed.map((id) => id.split('.')[0]);
  expect(areas.filter((area, index) => area !== areas[index - 1])).toStrictEqual([...new Set(areas)]);
});

test('ids are unique and begin with their area', () => {
  const checks = catalogue(parseContract(exampleText, 'c'));
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  expect(checks.filter(({ id, area }) => !id.startsWith(`${area}.`))).toStrictEqual([]);
});

test('without a contract the file and what is in it can be judged, and the rest is still listed', () => {
  const checks = catalogue(undefined);
  const judged = checks.filter(({ needs }) => needs.length === 0);
  expect([...new Set(judged.map(({ area }) => area))]).toStrictEqual(['artifact', 'bundle']);
  expect(judged).toHaveLength(13);
  expect(checks.map(({ id }) => id)).toContain('shutdown.sigint.parent.idle');
});

test('a signal that the contract does not name is not sent, and work in flight is seen by the one that it names', () => {
  const found = ids(`${smallText}shutdown: { signals: [SIGINT] }`).filter((id) => id.includes('.parent.'));
  const moments = ['idle', 'in-flight', 'starting', 'again'].map((moment) => `shutdown.sigint.parent.${moment}`);
  expect(found).toStrictEqual([...moments, 'shutdown.sigkill.parent.idle']);
});

test('titles follow the contract', () => {
  const titles = catalogue(parseContract(`${smallText}shutdown: { inFlight: retry }\nenvironment: { A: { required: true } }`, 'c'));
  expect(titles.find(({ id }) => id.endsWith('.in-flight'))?.title).toBe('after SIGTERM the worker gives work in flight back, to be ' +
    'done elsewhere');
  expect(titles.find(({ id }) => id === 'environment.A.missing')?.title).toBe('A is asked for by name when it is missing');
});
