import type { MarshalledCode } from '../archive/marshal.ts';
import { opcodesOf } from './opcodes.ts';

/** An `import` statement: the absolute name, or how many packages up and what from there. */
export type Import = { readonly name: string; readonly level: number };

/**
 * What a module surely imports when it is run: its statements that stand in no function, that no condition jumps over, and in no `try` or
 * `with`. Bytecode is read, not run: 2 bytes an instruction, jumps counted in instructions from the next one (Doc/library/dis.rst).
 */
export function sureImports(module: MarshalledCode, magic: number): readonly Import[] {
  const { extendedArgument, loadConstant, importName, forward } = opcodesOf(magic);
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
