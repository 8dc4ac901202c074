import { exactText } from '../model/exact-json.ts';
import type { Plan } from './plan.ts';

/** Numbers are of one length and rare in prose, so that none is a part of another or of a text by chance. */
export const firstNumber = 71_001;

/**
 * The execution with its number in place of every `{n}`; where that stood alone and without quotes, which YAML reads as a mapping, the
 * number itself.
 */
export function numbered(plan: Plan, number: number): Plan {
  const { id, input, llm, steps, activities, expect, asks } = plan;
  const inText = (text: string): string => text.replaceAll('{n}', String(number));
  const filled = <Expected extends Partial<Pick<Plan['expect'], 'result' | 'failure'>>>(expected: Expected): Expected => {
    const { failure, result } = expected;
    if (failure === undefined) return { ...expected, result: fill(result, number) };
    return { ...expected, failure: { ...failure, ...(failure.message !== undefined && { message: inText(failure.message) }) } };
  };
  return {
    ...plan,
    ...(id !== undefined && { id: inText(id) }),
    input: input.map((item) => fill(item, number)),
    llm: llm.map((reply) => {
      if ('text' in reply) return { ...reply, text: inText(reply.text) };
      if ('error' in reply) return { ...reply, error: { ...reply.error, message: inText(reply.error.message) } };
      return { ...reply, toolCalls: reply.toolCalls.map((call) => ({ ...call, arguments: fillIn(call.arguments, number) })) };
    }),
    ...(steps && { steps: steps.map((step) => ({
      ...step, input: step.input.map((item) => fill(item, number)), ...(step.to !== undefined && { to: inText(step.to) }),
      ...(step.expect && { expect: filled(step.expect) }),
    })) }),
    ...(activities && { activities: Object.fromEntries(Object.entries(activities).map(([type, standIn]) => (
      [type, { ...standIn, result: fill(standIn.result, number) }]
    ))) }),
    expect: filled(expect),
    ...(asks && { asks: asks.map((ask) => ({
      ...ask, ...(ask.model !== undefined && { model: inText(ask.model) }), ...(ask.contains && { contains: ask.contains.map(inText) }),
    })) }),
  };
}

const holds = (value: unknown): boolean => exactText(fill(value, 0)) !== exactText(value);

/** Whether executions of it differ: its input, or what it is sent, and its answer, if it has one, hold `{n}`. */
export function isNumbered({ input, steps = [], llm, expect }: Plan): boolean {
  const given = [input, ...steps.map((step) => step.input)];
  return holds(given) && (expect.failure !== undefined || llm.length === 0 || (holds(llm) && holds(expect.result)));
}

function fill(value: unknown, number: number): unknown {
  if (typeof value === 'string') return value.replaceAll('{n}', String(number));
  if (Array.isArray(value)) return value.map((item) => fill(item, number));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === 'n' && entries[0][1] === null) return number;
  return fillIn(value, number);
}

function fillIn(values: object, number: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, item]) => [key, fill(item, number)]));
}
