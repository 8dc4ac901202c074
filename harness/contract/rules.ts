import { validRange } from '@renovatebot/pep440';
import type { z } from 'zod';
import { checkRows, executionId, filled, reservedIds } from '../model/catalogue.ts';
import { parseReach } from './reaches.ts';
import { slug } from './slug.ts';
import { variableProblems } from './variable-rules.ts';
import type { Contract } from './schema.ts';

/** A rule that the contract breaks as a whole: where, and one sentence about it. */
export type RuleProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** Ids that are other checks'. */
const takenIds: ReadonlySet<string> = new Set([...checkRows.map(({ id }) => id), ...reservedIds]);

/** Adds what no single field can be blamed for to zod's issues. */
export function addRuleProblems(contract: Contract, context: z.core.$RefinementCtx<Contract>): void {
  const problems = [
    ...registerProblems(contract), ...executionProblems(contract), ...environmentProblems(contract), ...bundleProblems(contract),
  ];
  for (const problem of problems) {
    context.addIssue({ code: 'custom', message: problem.message, path: [...problem.path] });
  }
}

function* registerProblems({ registers }: Contract): Generator<RuleProblem> {
  if (registers.workflows.length + registers.activities.length === 0) {
    yield { path: ['registers'], message: 'names neither a workflow nor an activity; a worker that registers nothing cannot be verified' };
  }
  for (const kind of ['workflows', 'activities'] as const) {
    for (const [index, name] of registers[kind].entries()) {
      if (registers[kind].indexOf(name) < index) yield { path: ['registers', kind, index], message: `"${name}" is listed twice` };
    }
  }
}

function* executionProblems({ executions, registers, services }: Contract): Generator<RuleProblem> {
  const ids = executions.map((execution) => filled(executionId, { name: slug(execution.name) }));
  for (const [index, execution] of executions.entries()) {
    for (const [kind, listed] of [['workflow', registers.workflows], ['activity', registers.activities]] as const) {
      const name = execution[kind];
      if (name !== undefined && !listed.includes(name)) {
        const list = kind === 'workflow' ? 'registers.workflows' : 'registers.activities';
        yield { path: ['executions', index, kind], message: `"${name}" is not in ${list}: ${listed.join(', ') || 'none'}` };
      }
    }
    const id = ids[index] ?? '';
    const path = ['executions', index, 'name'];
    const given = `"${execution.name}" gives the id ${id}`;
    if (takenIds.has(id)) yield { path, message: `${given}, which is another check's; choose another name` };
    if (ids.indexOf(id) < index) yield { path, message: `${given} a second time; choose another name` };
    if (execution.llm.length > 0 && !services.includes('llm')) {
      yield { path: ['executions', index, 'llm'], message: 'needs llm in services' };
    }
  }
}

function* environmentProblems(contract: Contract): Generator<RuleProblem> {
  const pointers = Object.values(contract.temporal);
  for (const [name, variable] of Object.entries(contract.environment)) {
    const path = (key: string) => ['environment', name, key];
    for (const { key, message } of variableProblems(variable)) yield { path: path(key), message };
    const set = (['value', 'from'] as const).find((key) => variable[key] !== undefined);
    if (set !== undefined && pointers.includes(name)) yield { path: path(set), message: 'the harness sets this variable itself: it is ' +
      'in temporal' };
    for (const key of ['from', 'reaches'] as const) {
      const service = serviceOf(variable[key]);
      if (service !== undefined && !contract.services.includes(service)) yield { path: path(key), message: `needs ${service} in services` };
    }
  }
}

function* bundleProblems({ bundle: { python } }: Contract): Generator<RuleProblem> {
  // The library takes === followed by anything.
  if (python !== undefined && (python.includes('===') || !validRange(python))) {
    yield { path: ['bundle', 'python'], message: 'expected Python versions as pyproject.toml writes them, such as ">=3.11" or ' +
      '">=3.11,<3.14"' };
  }
}

/** The service that a `from` or `reaches` entry speaks of. */
function serviceOf(entry: string | undefined): 'llm' | 'redis' | undefined {
  const at = entry === undefined ? undefined : parseReach(entry)?.at;
  if (at === undefined) return undefined;
  if (at.startsWith('llm.')) return 'llm';
  return at === 'redis.url' ? 'redis' : undefined;
}
