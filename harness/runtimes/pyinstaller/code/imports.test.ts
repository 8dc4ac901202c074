import { expect, test } from 'vitest';
import { readMarshalledCode } from '../archive/marshal.ts';
import { runPython } from '../bundles.testing.ts';
import { asserts, functionsOf } from './functions.ts';
import { sureImports } from './imports.ts';

/**
 * What CPython 3.11.7, 3.12.1 and 3.13.0 make of this, as marshal.dumps gives it, in base64:
 *
 *     import json
 *     import missing_one
 *     from . import sibling
 *     from ..above import thing
 *     if json:
 *         import under_condition
 *     try:
 *         import guarded
 *     except ImportError:
 *         guarded = None
 *     for each in ():
 *         import in_loop
 *     with open(__file__):
 *         import in_with
 *     def later():
 *         import in_function
 *     class Now:
 *         import in_class
 *     import last.of.all
 */
const compiled: Readonly<Record<number, string>> = {
  3495: `
    YwAAAAAAAAAAAAAAAAYAAAAAAAAA8+gAAACXAGQAZAFsAFoAZABkAWwBWgFkAmQDbAJtA1oDAQBkBGQFbARtBVoFAQBlAHIEZABkAWwGWgYJAGQAZAFsB1oHbg0jAGUIJA
    ByBQEAZAFaB1kAbgR3AHgDWQB3AWQGRABdBloJZABkAWwKWgqMBwIAZQtlDKYBAACrAQAAAAAAAAAANQABAGQAZAFsDVoNZAFkAWQBpgIAAKsCAAAAAAAAAAABAG4LIwAx
    AHMEdwJ4A1kAdwEBAFkAAQABAGQHhABaDgIARwBkCIQAZAmmAgAAqwIAAAAAAAAAAFoPZABkAWwQWhFkAVMAKQrpAAAAAE7pAQAAACkB2gdzaWJsaW5n6QIAAAApAdoFdG
    hpbmepAGMAAAAAAAAAAAAAAAACAAAAAwAAAPMOAAAAlwBkAWQAbAB9AGQAUwApAk5yAQAAAKkB2gtpbl9mdW5jdGlvbnIIAAAAcwEAAAAg+gRtLnB52gVsYXRlcnILAAAA
    DwAAAHMUAAAAgADYBBbQBBbQBBbQBBbQBBbQBBbzAAAAAGMAAAAAAAAAAAAAAAACAAAAAAAAAPMWAAAAlwBlAFoBZABaAmQBZAJsA1oDZAJTACkD2gNOb3dyAQAAAE4pBN
    oIX19uYW1lX1/aCl9fbW9kdWxlX1/aDF9fcXVhbG5hbWVfX9oIaW5fY2xhc3NyBgAAAHIMAAAAcgoAAAByDgAAAHIOAAAAEQAAAHMXAAAAgACAAIAAgACAANgEE4BPgE+A
    T4BPgE9yDAAAAHIOAAAAKRLaBGpzb27aC21pc3Npbmdfb25l2gByAwAAANoFYWJvdmVyBQAAANoPdW5kZXJfY29uZGl0aW9u2gdndWFyZGVk2gtJbXBvcnRFcnJvctoEZW
    FjaNoHaW5fbG9vcNoEb3BlbtoIX19maWxlX1/aB2luX3dpdGhyCwAAAHIOAAAA2gtsYXN0Lm9mLmFsbNoEbGFzdHIGAAAAcgwAAAByCgAAAPoIPG1vZHVsZT5yIQAAAAEA
    AABzVQEAAPADAQEB2AALgAuAC4AL2AAS0AAS0AAS0AAS2AAV0AAV0AAV0AAV0AAV0AAV2AAZ0AAZ0AAZ0AAZ0AAZ0AAZ2AMH8AABARvYBBrQBBrQBBrQBBrwAgMBE9gEEo
    BOgE6AToBO+NgHEvAAAQET8AABARPwAAEBE9gOEoBHgEeAR/ADAQET+Pj44AwO8AABARPwAAEBE4BE2AQSgE6AToBOgE7YBQmAVIgogV6EXvAAAQET8AABARPYBBKAToBO
    gE7wAwEBE/AAAQET8AABARPxAAEBE/QAAQET8AABARPwAAEBE/AAAQET8AABARPwAAEBE/AAAQET+Pj48AABARPwAAEBE/AAAQET8AABARPwBAEBF/AAAQEX8AABARfwBA
    EBFPAAAQEU8AABARTwAAEBFPAAAQEU8QABART0AAEBFPAAAQEU4AAS0AAS0AAS0AAS0AAS0AAScx4AAACcBCEAoQcrA6oBKwPBAgVBEwPBEwRBFwfBGgFBFwc=`,
  3531: `
    YwAAAAAAAAAAAAAAAAYAAAAAAAAA89YAAACXAGQAZAFsAFoAZABkAWwBWgFkAmQDbAJtA1oDAQBkBGQFbARtBVoFAQBlAHIEZABkAWwGWgYJAGQAZAFsB1oHZAZEAF0GAA
    BaCWQAZAFsCloKjAgEAAIAZQtlDKsBAAAAAAAANQABAGQAZAFsDVoNZAFkAWQBqwIAAAAAAAABAGQHhABaDgIARwBkCIQAZAmrAgAAAAAAAFoPZABkAWwQWhF5ASMAZQgk
    AHIFAQBkAVoHWQCMO3cAeANZAHcBIwAxAHMBdwIBAFkAAQABAIwoeANZAHcBKQrpAAAAAE7pAQAAACkB2gdzaWJsaW5n6QIAAAApAdoFdGhpbmepAGMAAAAAAAAAAAAAAA
    ACAAAAAwAAAPMMAAAAlwBkAWQAbAB9AHkAKQJOcgEAAACpAdoLaW5fZnVuY3Rpb25yCAAAAHMBAAAAIPoEbS5wedoFbGF0ZXJyCwAAAA8AAABzBQAAAIAA3AQW8wAAAABj
    AAAAAAAAAAAAAAAAAgAAAAAAAADzFAAAAJcAZQBaAWQAWgJkAWQCbANaA3kCKQPaA05vd3IBAAAATikE2ghfX25hbWVfX9oKX19tb2R1bGVfX9oMX19xdWFsbmFtZV9f2g
    hpbl9jbGFzc3IGAAAAcgwAAAByCgAAAHIOAAAAcg4AAAARAAAAcwUAAACEANwEE3IMAAAAcg4AAAApEtoEanNvbtoLbWlzc2luZ19vbmXaAHIDAAAA2gVhYm92ZXIFAAAA
    2g91bmRlcl9jb25kaXRpb27aB2d1YXJkZWTaC0ltcG9ydEVycm9y2gRlYWNo2gdpbl9sb29w2gRvcGVu2ghfX2ZpbGVfX9oHaW5fd2l0aHILAAAAcg4AAADaC2xhc3Qub2
    YuYWxs2gRsYXN0cgYAAAByDAAAAHIKAAAA+gg8bW9kdWxlPnIhAAAAAQAAAHN6AAAA8AMBAQHbAAvbABLdABXdABnZAwfbBBrwAgMBE9sEEvAGAA0P8gABAROARNwEEvAD
    AQET4QUJiCiDXvEAAQET2wQS9wMBARPyBAEBF/cEAQEU8QABARTkABL48BUACBPyAAEBE9gOEoJH8AMBARP69wgBARPwAAEBE/pzHAAAAJwEQRIAswVBHwPBEgdBHAPBGw
    FBHAPBHwVBKAc=`,
  3571: `
    YwAAAAAAAAAAAAAAAAYAAAAAAAAA8/AAAACVAFMAUwFLAHIAUwBTAUsBcgFTAlMDSwJKA3IDIABTBFMFSwRKBXIFIABcACgAAAAAAAAAYQQAAFMAUwFLBnIGHgBTAFMBSw
    dyB1MGEwBIBwAAcglTAFMBSwpyCk0JAAALACAAXAsiAFwMNQEAAAAAAAACACAAUwBTAUsNcg1TAVMBUwE1AgAAAAAAACAAUwcaAHIOGAAiAFMIGgBTCTUCAAAAAAAAcg9T
    AFMBSxByEWcBIQBcCAcAYQUAACAAUwFyBx8ATj5mAD0DHwBmASEALAAoAAAAAAAAAGQBAABmAiAAHwAgACAATi49Ax8AZgEpCukAAAAATukBAAAAKQHaB3NpYmxpbmfpAg
    AAACkB2gV0aGluZ6kAYwAAAAAAAAAAAAAAAAIAAAADAAAA8wwAAACVAFMBUwBLAG4AZwApAk5yAQAAAKkB2gtpbl9mdW5jdGlvbnIIAAAAcwEAAAAg2gRtLnB52gVsYXRl
    cnILAAAADwAAAHMFAAAAgADcBBbzAAAAAGMAAAAAAAAAAAAAAAACAAAAAAAAAPMcAAAAlQBcAHIBUwByAlMBcgNTAlMDSwRyBFMEcgVnAykF2gNOb3fpEQAAAHIBAAAATn
    IGAAAAKQbaCF9fbmFtZV9f2gpfX21vZHVsZV9f2gxfX3F1YWxuYW1lX1/aD19fZmlyc3RsaW5lbm9fX9oIaW5fY2xhc3PaFV9fc3RhdGljX2F0dHJpYnV0ZXNfX3IGAAAA
    cgwAAAByCgAAAHIOAAAAcg4AAAARAAAAcwUAAACGAN4EE3IMAAAAcg4AAAApEtoEanNvbtoLbWlzc2luZ19vbmXaAHIDAAAA2gVhYm92ZXIFAAAA2g91bmRlcl9jb25kaX
    Rpb27aB2d1YXJkZWTaC0ltcG9ydEVycm9y2gRlYWNo2gdpbl9sb29w2gRvcGVu2ghfX2ZpbGVfX9oHaW5fd2l0aHILAAAAcg4AAADaC2xhc3Qub2YuYWxs2gRsYXN0cgYA
    AAByDAAAAHIKAAAA2gg8bW9kdWxlPnIkAAAAAQAAAHNtAAAA8AMBAQHbAAvbABLdABXdABneAwfbBBrwAgMBE9sEEvMGAA0PgETdBBLxAwAND+EFCYgohV7bBBL3AwAGFP
    IEAQEX9wQBARTxAAEBFOQAEvjwFQAIE/MAAQET2A4SgkfwAwEBE/r3CAAGFIVe+nMcAAAAoQRBGQC6BUEnA8EZCEEkA8EjAUEkA8EnCkE1Bw==`,
};
const codeOf = (magic: number) => readMarshalledCode(Buffer.from((compiled[magic] ?? '').replaceAll(/\s/g, ''), 'base64'));

test.each([3495, 3531, 3571])('what is surely imported, in bytecode %i', (magic) => {
  expect(sureImports(codeOf(magic), magic)).toEqual([
    { name: 'json', level: 0 }, { name: 'missing_one', level: 0 }, { name: '', level: 1 }, { name: 'above', level: 2 },
    { name: 'last.of.all', level: 0 },
  ]);
});

test.each([3495, 3531, 3571])('names and texts of each function, in bytecode %i', (magic) => {
  const functions = [...functionsOf(codeOf(magic))];
  expect(functions.length).toBe(3);
  expect(functions[0]?.names).toContain('__file__');
  expect(functions[1]?.names).toContain('in_function');
});

test.each([3495, 3531, 3571])('no assert statement, in bytecode %i', (magic) => {
  expect(asserts(codeOf(magic), magic)).toBe(false);
});

test('an assert statement, and none where Python was told to leave them out', async () => {
  const source = 'def f(x):\n  assert x\n';
  const bytes = async (level: number) => Buffer.from(await runPython(['-c', 'import marshal, sys; print(marshal.dumps(compile(' +
    `sys.stdin.read(), "m.py", "exec", optimize=${level})).hex())`], source), 'hex');
  const magic = Number(await runPython(['-c', 'import importlib.util as u; print(int.from_bytes(u.MAGIC_NUMBER[:2], "little"))']));
  const of = async (level: number) => asserts(readMarshalledCode(await bytes(level)), magic);
  expect([await of(0), await of(1), await of(2)]).toEqual([true, false, false]);
});

test('what is no code is refused', () => {
  expect(() => readMarshalledCode(Buffer.from('N'))).toThrow('it is no code object');
  expect(() => readMarshalledCode(Buffer.from('c'))).toThrow('reaches beyond the end');
  const whole = Buffer.from((compiled[3495] ?? '').replaceAll(/\s/g, ''), 'base64');
  for (let length = 0; length < whole.length; length += 7) {
    expect(() => readMarshalledCode(whole.subarray(0, length))).toThrow(/reaches beyond the end|claims \d+ items/);
  }
});
