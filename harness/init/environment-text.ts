import { serviceSigns } from '../contract/service-kinds.ts';
import { described, type Knob } from './knobs.ts';
import type { Draft } from './draft.ts';
import type { Told } from './pointers.ts';
import { wrongValues } from './refused.ts';
import { fillIn } from './stubs.ts';
import { flow } from './values.ts';

/** The services, and every variable and flag in one line; what only says where a process is, is left out. */
export function environmentText(draft: Draft): string {
  const kinds = [...new Set(draft.services.values())];
  const own = environmentLines(draft);
  const others = draft.knobs.filter((knob) => !own.some(({ name }) => name === knob.name));
  return [
    ...(kinds.length === 0 ? [] : [`services: ${flow(kinds)}`, '']),
    ...(own.length === 0 ? [] : ['environment:']),
    ...own.map(({ line }) => `  ${line}`),
    ...(others.length === 0 ? [] : [`# Its libraries look for these too: ${others.map(({ name }) => name).join(', ')}.`]),
  ].join('\n');
}

/** A line for each variable and flag of the worker's own, and of its libraries where it needs them or a service is told by them. */
export function environmentLines(draft: Draft): { readonly name: string; readonly line: string }[] {
  const own = draft.knobs.filter(({ library, name }) => library === undefined || draft.required.includes(name) || draft.services.has(name));
  return own.map((knob) => ({ name: knob.name, line: `${flow(knob.name)}: ${flow(entryOf(knob, draft))}${noteOf(knob, draft)}` }));
}

function entryOf(knob: Knob, { required, services, called, pointers, refused, logged, always }: Draft): Record<string, unknown> {
  const { name, default: preset, secret, type } = knob;
  const { values: invalid, allowed = knob.allowed } = refused.get(name) ?? { values: [] };
  const isBoolean = allowed?.every((each) => /^(?:true|false)$/i.test(each)) ?? false;
  const template = logged.get(name);
  const kind = isBoolean ? 'boolean' : type ?? refusedKind(invalid);
  const isRequired = required.includes(name);
  const service = services.get(name);
  const reach = reachOf(name, pointers);
  const byItself = preset ?? pointers.byItself.get(name);
  const description = described(knob);
  const logLine = template && `log: ${template}`;
  const keyAt = isRequired && isModelKey(name, services) ? 'llm.header.authorization' : undefined;
  const seenAt = reach ?? (service && called.has(name) ? `${service}.url` : keyAt ?? logLine);
  if (always.has(name)) return { ...(description && { description }), value: always.get(name) };
  return {
    ...(description && { description }),
    ...(isRequired && { required: true }),
    ...(secret && allowed === undefined && { secret: true }),
    ...(kind && { type: kind }),
    ...(byItself !== undefined && !isRequired && service === undefined && !secret && { default: plainly(byItself, kind) }),
    ...(allowed && !isBoolean && { allowed }),
    ...(service && { from: `${service}.url` }),
    ...(seenAt && { reaches: seenAt }),
    ...(invalid.length > 0 && { invalid: invalid.map((value) => plainly(value, kind)) }),
  };
}

/** The key of a model whose address a variable of the same beginning tells: ANTHROPIC_API_KEY beside ANTHROPIC_BASE_URL. */
function isModelKey(name: string, services: Draft['services']): boolean {
  const [, whose] = /^(.+)_API_KEY$/.exec(name) ?? [];
  return whose !== undefined && [...services].some(([other, kind]) => (
    other.startsWith(`${whose}_`) && serviceSigns[kind]?.isModel === true));
}

/** What is refused tells what is wanted. */
function refusedKind(invalid: readonly string[]): Knob['type'] {
  return invalid.includes(wrongValues.url) ? 'url' : invalid.includes(wrongValues.path) ? 'path' : undefined;
}

/** A number as one, and so true and false. */
function plainly(value: string, type: Knob['type']): string | number | boolean {
  if (type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true';
  return type === 'integer' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

/** A default that says where a service is cannot be tried: nobody is there. */
function noteOf({ name, default: preset, isLate, type, allowed }: Knob, { services, refused, logged }: Draft): string {
  if (refused.get(name) && !type && !(refused.get(name)?.allowed ?? allowed) && logged.has(name)) {
    return ` ${fillIn('example: another value that it takes')}`;
  }
  if (isLate) return ' # its source names it; it was not read at the start';
  return services.has(name) && preset !== undefined && preset !== '' ? ` # by itself ${preset}` : '';
}

/** Whether a model is among its services. */
export function asksModel({ services }: Draft): boolean {
  return [...services.values()].some((kind) => serviceSigns[kind]?.isModel);
}

function reachOf(name: string, { address, namespace, queues }: Draft['pointers']): string | undefined {
  const isBy = (told: Told): boolean => 'by' in told && told.by === name;
  if (isBy(address)) return 'poller.address';
  if (isBy(namespace)) return 'poller.namespace';
  return queues.some(({ told }) => isBy(told)) ? 'poller.taskQueue' : undefined;
}
