import { isMarshalledCode, type MarshalledCode } from '../archive/marshal.ts';

/** An `import` statement: the absolute name, or how many packages up and what from there. */
export type Import = { readonly name: string; readonly level: number };

type Opcodes = {
  readonly extendedArgument: number; readonly loadConstant: number; readonly importName: number;
  /** Those that jump forward over what may not be run. */
  readonly forward: ReadonlySet<number>;
};

const of311 = { extendedArgument: 144, loadConstant: 100, importName: 108 };

/**
 * By the magic number of the bytecode (Lib/importlib/_bootstrap_external.py), of the final releases; numbers of the instructions:
 * Lib/opcode.py of 3.11 and 3.12, Lib/_opcode_metadata.py of 3.13: FOR_ITER, JUMP_FORWARD, SEND and the jumps by a condition.
 */
const opcodes: Readonly<Record<number, Opcodes>> = {
  3495: { ...of311, forward: new Set([93, 110, 111, 112, 114, 115, 123, 128, 129]) },
  3531: { ...of311, forward: new Set([93, 110, 114, 115, 123, 128, 129]) },
  3571: { extendedArgument: 71, loadConstant: 83, importName: 75, forward: new Set([72, 79, 97, 98, 99, 100, 104]) },
};

/** Whether the bytecode of this magic number can be read. */
export function isReadable(magic: number | undefined): magic is number {
  return magic !== undefined && Object.hasOwn(opcodes, magic);
}

/**
 * What a module surely imports when it is run: its statements that stand in no function, that no condition jumps over, and in no `try` or
 * `with`. Bytecode is read, not run: 2 bytes an instruction, jumps counted in instructions from the next one (Doc/library/dis.rst).
 */
export function sureImports(module: MarshalledCode, magic: number): readonly Import[] {
  const { extendedArgument, loadConstant, importName, forward } = opcodes[magic] ?? { ...of311, forward: new Set<number>() };
  const { bytecode, constants, names } = module;
  const guarded = guardedRanges(module.exceptionTable);
  const found: Import[] = [];
  const loaded: unknown[] = [];
  let [argument, jumpedTo] = [0, 0];
  for (let at = 0; at + 1 < bytecode.length; at += 2) {
    const [opcode = 0, low = 0] = bytecode.subarray(at, at + 2);
    argument = argument * 256 + low;
    if (opcode === extendedArgument) continue;
    // What follows a jump are cells of its cache, which end before it counts: a few instructions more are taken for jumped over.
    if (forward.has(opcode)) jumpedTo = Math.max(jumpedTo, at + 2 + 2 * argument + cacheBytes);
    if (opcode === loadConstant) loaded.push(constants[argument]);
    if (opcode === importName && at >= jumpedTo && !guarded.some(([start, end]) => start <= at && at < end)) {
      const [name, level] = [names[argument], loaded.at(-2)];
      if (typeof name === 'string' && typeof level === 'number') found.push({ name, level });
    }
    argument = 0;
  }
  return found;
}

/** At most one cell stands between a jump and what it counts from. */
const cacheBytes = 2;

/** From where to where in the bytecode an exception is handled: Objects/exception_handling_notes.txt of CPython. */
function guardedRanges(table: Buffer): readonly (readonly [start: number, end: number])[] {
  const ranges: (readonly [number, number])[] = [];
  let at = 0;
  // Numbers of six bits, the highest first, bit 6 says that more follow.
  const number = (): number => {
    let value = 0;
    for (;;) {
      const byte = table[at] ?? 0;
      at += 1;
      value = value * 64 + (byte & 0x3F);
      if ((byte & 0x40) === 0 || at >= table.length) return value;
    }
  };
  while (at < table.length) {
    const [start, length] = [number(), number()];
    number(); // where it is handled
    number(); // how deep the stack is, and whether the place is kept
    ranges.push([2 * start, 2 * (start + length)]);
  }
  return ranges;
}

/** All constants that are texts and all names of a module and of what stands in it, function by function. */
export function* functionsOf(code: MarshalledCode): Generator<{ readonly names: ReadonlySet<string>; readonly texts: readonly string[] }> {
  const texts = code.constants.flat().filter((constant) => typeof constant === 'string');
  yield { names: new Set(code.names.filter((name) => typeof name === 'string')), texts };
  for (const constant of code.constants) if (isMarshalledCode(constant)) yield* functionsOf(constant);
}
