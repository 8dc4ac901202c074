/** The numbers of the instructions that are looked for. */
export type Opcodes = {
  readonly extendedArgument: number; readonly loadConstant: number; readonly importName: number;
  /** What an assert statement comes to. */
  readonly loadAssertionError: number;
  /** Those that jump forward over what may not be run. */
  readonly forward: ReadonlySet<number>;
};

const of311 = { extendedArgument: 144, loadConstant: 100, importName: 108, loadAssertionError: 74 };

/**
 * By the magic number of the bytecode (Lib/importlib/_bootstrap_external.py), of the final releases; numbers of the instructions:
 * Lib/opcode.py of 3.11 and 3.12, Lib/_opcode_metadata.py of 3.13: FOR_ITER, JUMP_FORWARD, SEND and the jumps by a condition.
 */
const known: Readonly<Record<number, Opcodes>> = {
  3495: { ...of311, forward: new Set([93, 110, 111, 112, 114, 115, 123, 128, 129]) },
  3531: { ...of311, forward: new Set([93, 110, 114, 115, 123, 128, 129]) },
  3571: {
    extendedArgument: 71, loadConstant: 83, importName: 75, loadAssertionError: 23, forward: new Set([72, 79, 97, 98, 99, 100, 104]),
  },
};

/** Whether the bytecode of this magic number can be read. */
export function isReadable(magic: number | undefined): magic is number {
  return magic !== undefined && Object.hasOwn(known, magic);
}

/** @throws {TypeError} for bytecode that is not readable. */
export function opcodesOf(magic: number): Opcodes {
  const opcodes = known[magic];
  if (opcodes === undefined) throw new TypeError(`the bytecode ${magic} is not known`);
  return opcodes;
}
