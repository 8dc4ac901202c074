import { filled, variableId } from '../model/catalogue.ts';
import { parseReach, type Reach } from './reaches.ts';
import type { Contract, Variable } from './schema.ts';
import { parsePlace, placesIn } from './services-schema.ts';

/** A check that follows from one variable of the contract: its id, and what is done with the variable. */
export type EnvironmentCase = { readonly id: string; readonly name: string; readonly secret: boolean } & (
  /** It is set to `value`, which must be seen at `reach`; without one all that can be seen is that the worker becomes ready. */
  | { readonly kind: 'honoured'; readonly value: string; readonly reach: Reach | undefined }
  /** The harness sets it to the address of a service, which must then be called. */
  | { readonly kind: 'honoured-service'; readonly from: string; readonly reach: Reach }
  /** It is not set: `value`, the default, must be seen at `reach`. */
  | { readonly kind: 'default'; readonly value: string; readonly reach: Reach | undefined }
  | { readonly kind: 'missing' } // it is not set: the worker must exit non-zero and name it
  | { readonly kind: 'invalid'; readonly values: readonly string[] } // with each of these it must do the same
);

/** The environment checks of a contract, in its order. `random` is a value of its own: new in every run, so that no old log looks new. */
export function environmentCases(contract: Contract, random: string): readonly EnvironmentCase[] {
  return Object.entries(contract.environment).flatMap(([name, variable]) => [...casesOf(name, variable, random)]);
}

function* casesOf(name: string, variable: Variable, random: string): Generator<EnvironmentCase> {
  const about = (kind: string) => ({ id: filled(variableId, { NAME: name, case: kind }), name, secret: variable.secret });
  const reach = variable.reaches === undefined ? undefined : parseReach(variable.reaches);
  const place = variable.from === undefined ? placesIn(variable.value ?? '')[0] : parsePlace(variable.from);
  if (place !== undefined) {
    const from = `${place.service}.${place.place}`;
    yield { ...about('honoured'), kind: 'honoured-service', from, reach: reach ?? { at: 'service', name: place.service } };
  }
  if (variable.value !== undefined) return;
  const value = variable.from === undefined ? honouredValue(variable, random) : undefined;
  if (value !== undefined) yield { ...about('honoured'), kind: 'honoured', value, reach };
  if (variable.default !== undefined) yield { ...about('default'), kind: 'default', value: variable.default, reach };
  if (variable.required) yield { ...about('missing'), kind: 'missing' };
  const values = invalidValues(variable);
  if (values.length > 0) yield { ...about('invalid'), kind: 'invalid', values };
}

/** A valid value that is not the default; undefined when the default is the only one allowed. */
export function honouredValue(variable: Variable, random: string): string | undefined {
  if (variable.example !== undefined) return variable.example;
  if (variable.allowed !== undefined) return variable.allowed.find((value) => value !== variable.default);
  if (variable.type === 'integer') return variable.default === undefined ? '7' : String(BigInt(variable.default.replace(/^\+/, '')) + 3n);
  if (variable.type === 'boolean') return variable.default?.toLowerCase() === 'true' ? 'false' : 'true';
  return variable.type === 'url' ? `http://${random}.invalid/` : random; // RFC 2606 section 2: this name never resolves
}

function invalidValues({ allowed, type, invalid }: Variable): readonly string[] {
  const derived = [
    ...(allowed === undefined ? [] : [`not-${allowed[0]}`]), ...(type === 'integer' ? ['not-a-number'] : []),
    ...(type === 'url' ? ['not a url'] : []),
  ];
  return [...new Set([...invalid, ...derived.filter((value) => !allowed?.includes(value))])];
}
