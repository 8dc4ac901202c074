import { isMarshalledCode, type MarshalledCode } from '../archive/marshal.ts';
import { opcodesOf } from './opcodes.ts';

/** Code and the code in it, function by function. */
export function* eachFunction(code: MarshalledCode): Generator<MarshalledCode> {
  yield code;
  for (const constant of code.constants) if (isMarshalledCode(constant)) yield* eachFunction(constant);
}

/** What a function names, and the texts in it. */
type Spoken = { readonly names: ReadonlySet<string>; readonly texts: readonly string[] };

/** All constants that are texts and all names of a module and of what stands in it, function by function. */
export function* functionsOf(module: MarshalledCode): Generator<Spoken> {
  for (const { names, constants } of eachFunction(module)) {
    const texts = constants.flat().filter((constant) => typeof constant === 'string');
    yield { names: new Set(names.filter((name) => typeof name === 'string')), texts };
  }
}

/** Whether any assert statement is left in a module; where it was compiled with -O, none is. */
export function asserts(module: MarshalledCode, magic: number): boolean {
  const { loadAssertionError } = opcodesOf(magic);
  return [...eachFunction(module)].some(({ bytecode }) => bytecode.some((byte, at) => at % 2 === 0 && byte === loadAssertionError));
}
