import { placesIn } from './services-schema.ts';
import type { Variable } from './environment-schema.ts';

/** A rule that one variable breaks: which key of it, and one sentence. */
export type VariableProblem = { readonly key: keyof Variable; readonly message: string };

/** What contradicts itself within one environment variable. */
export function* variableProblems(variable: Variable): Generator<VariableProblem> {
  yield* contradictions(variable);
  yield* valueProblems(variable);
  for (const value of variable.invalid) {
    if (variable.allowed?.includes(value)) yield { key: 'invalid', message: `"${value}" is in allowed` };
    if (value === variable.default) yield { key: 'invalid', message: `"${value}" is the default` };
    if (value === variable.example) yield { key: 'invalid', message: `"${value}" is the example` };
  }
}

function* contradictions(variable: Variable): Generator<VariableProblem> {
  if (variable.required && variable.default !== undefined) {
    yield { key: 'default', message: 'a required variable has no default: the worker must refuse to start without it' };
  }
  if (variable.from !== undefined && variable.value !== undefined) yield { key: 'value', message: 'cannot stand beside from' };
  if (variable.example !== undefined && variable.example === variable.default) {
    yield { key: 'example', message: `"${variable.example}" is the default; an example must differ from it, or it would prove nothing` };
  }
}

function* valueProblems(variable: Variable): Generator<VariableProblem> {
  for (const key of ['default', 'value', 'example'] as const) {
    const value = variable[key];
    if (value === undefined || (key === 'value' && placesIn(value).length > 0)) continue;
    if (variable.allowed !== undefined && !variable.allowed.includes(value)) {
      yield { key, message: `"${value}" is not in allowed: ${variable.allowed.join(', ')}` };
    }
    const rule = typeRule(variable.type, value);
    if (rule !== undefined) yield { key, message: `expected ${rule}, as type says` };
  }
}

/** What a value of this type must be, when it is not; undefined when it is. */
function typeRule(type: Variable['type'], value: string): string | undefined {
  if (type === 'integer') return /^[+-]?\d+$/.test(value) ? undefined : 'an integer';
  if (type === 'url') return URL.canParse(value) ? undefined : 'a URL';
  return undefined;
}
