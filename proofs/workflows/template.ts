import { evaluate, isTrue, type Scope, type Value } from './expression.ts';

const whole = /^\s*\$\{\{((?:(?!\}\}).)*)\}\}\s*$/s;

/** A text with its `${{ }}` replaced; nothing becomes the empty text. */
export function fill(text: string, scope: Scope): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => textOf(evaluate(expression, scope)));
}

/** The same, but what is one expression and nothing else keeps its type: a list stays a list. */
export function fillValue(value: Value, scope: Scope): Value {
  if (typeof value !== 'string') return value;
  const expression = whole.exec(value)?.[1];
  return expression === undefined ? fill(value, scope) : evaluate(expression, scope);
}

/** Every value of a mapping as text, for `env` and `with`. */
export function fillAll(values: Readonly<Record<string, Value>>, scope: Scope): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(fillValue(value, scope))]));
}

/** Whether a job or step runs: a condition that asks for no status function also needs that nothing has failed before. */
export function holds(condition: string | undefined, scope: Scope): boolean {
  if (condition === undefined) return !scope.failed;
  const expression = whole.exec(condition)?.[1] ?? condition;
  const asksForStatus = /\b(?:success|failure|always|cancelled)\(\)/.test(expression);
  return (asksForStatus || !scope.failed) && isTrue(evaluate(expression, scope));
}

function textOf(value: Value): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
