import type { Contract, Variable } from '../schema.ts';
import { weakerExecutions } from './executions.ts';
import { excepted, lost, raised, weaker, type Weakening } from './weakening.ts';

/**
 * What a contract promises less than the one before it: limits raised, promises gone, exceptions that came. What it promises more, or
 * differently, is none of it. Both are normalised, so that a default that is written out changes nothing.
 */
export function weakenings(was: Contract, is: Contract): Weakening[] {
  return [
    ...raised('budgets', was.budgets, is.budgets),
    ...weakerExecutions(was, is),
    ...weakerEnvironment(was, is),
    ...weakerStops(was, is),
    ...weakerContents(was, is),
    ...lost('platforms', was.platforms, is.platforms),
    ...registeredLess(was, is),
    ...excepted('listens', was.listens, is.listens),
    ...excepted('connects', was.connects, is.connects),
    ...excepted('writes', was.writes, is.writes),
    ...weaker(was.launches === undefined && is.launches !== undefined, 'launches', was.launches, is.launches),
    ...gone('version', was.version, is.version),
    ...gone('source', was.source?.entry, is.source?.entry),
    ...gone('interface.version', was.interface.version, is.interface.version),
    ...gone('interface.help', was.interface.help, is.interface.help),
    ...gone('temporal.tls', was.temporal.tls, is.temporal.tls),
    ...gone('temporal.apiKey', was.temporal.apiKey, is.temporal.apiKey),
    ...gone('temporal.deployment', was.temporal.deployment?.name, is.temporal.deployment?.name),
    ...weaker(was.temporal.identity === undefined && is.temporal.identity !== undefined, 'temporal.identity', undefined,
      is.temporal.identity),
    ...weaker(is.temporal.processes > was.temporal.processes, 'temporal.processes', was.temporal.processes, is.temporal.processes),
  ];
}

/** What was promised and is not any more. */
const gone = (path: string, was: unknown, is: unknown): Weakening[] => weaker(was !== undefined && is === undefined, path, was, is);

function registeredLess(was: Contract, is: Contract): Weakening[] {
  return was.temporal.taskQueues.flatMap(({ name, workflows, activities }) => {
    const now = is.temporal.taskQueues.find((queue) => queue.name === name);
    const path = `temporal.taskQueues.${name}`;
    if (now === undefined) return weaker(true, path, name, undefined);
    return [...lost(`${path}.workflows`, workflows, now.workflows), ...lost(`${path}.activities`, activities, now.activities)];
  });
}

function weakerEnvironment(was: Contract, is: Contract): Weakening[] {
  return Object.entries(was.environment).flatMap(([name, variable]) => {
    const [path, now] = [`environment.${name}`, is.environment[name]];
    return now === undefined ? weaker(true, path, 'a variable', undefined) : weakerVariable(path, variable, now);
  });
}

function weakerVariable(path: string, was: Variable, is: Variable): Weakening[] {
  return [
    ...weaker(was.required && !is.required, `${path}.required`, true, is.required),
    ...weaker(was.secret && !is.secret, `${path}.secret`, true, is.secret),
    ...gone(`${path}.default`, was.default, is.default),
    ...gone(`${path}.allowed`, was.allowed, is.allowed),
    ...gone(`${path}.type`, was.type, is.type),
    ...gone(`${path}.reaches`, was.reaches, is.reaches),
    ...lost(`${path}.invalid`, was.invalid, is.invalid),
    // What is always set to one value is not varied, and nothing is tried with it.
    ...weaker(was.value === undefined && is.value !== undefined, `${path}.value`, was.value, is.value),
  ];
}

const codes = (given: number | readonly number[]): string[] => [given].flat().map(String);

const orderOfInFlight = ['none', 'retry', 'drain'];

function weakerStops({ shutdown: was }: Contract, { shutdown: is }: Contract): Weakening[] {
  return [
    ...lost('shutdown.signals', was.signals, is.signals),
    ...excepted('shutdown.exitCode', codes(was.exitCode), codes(is.exitCode)),
    ...weaker(is.withinSeconds > was.withinSeconds, 'shutdown.withinSeconds', was.withinSeconds, is.withinSeconds),
    ...weaker(orderOfInFlight.indexOf(is.inFlight) < orderOfInFlight.indexOf(was.inFlight), 'shutdown.inFlight', was.inFlight, is.inFlight),
    ...gone('shutdown.parentKilled', was.parentKilled, is.parentKilled),
  ];
}

const newer = (path: string, before: string | undefined, now: string | undefined): Weakening[] => (
  weaker(before !== undefined && (now === undefined || isNewer(now, before)), path, before, now)
);

function weakerContents({ bundle: was }: Contract, { bundle: is }: Contract): Weakening[] {
  return [
    ...lost('bundle.excludes', was.excludes, is.excludes),
    ...gone('bundle.python', was.python, is.python),
    ...newer('bundle.glibc', was.glibc, is.glibc),
    ...newer('bundle.macos', was.macos, is.macos),
  ];
}

/** Numbers between dots, compared one by one. */
function isNewer(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) > 0;
}
