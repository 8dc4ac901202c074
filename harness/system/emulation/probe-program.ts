/** The architectures for which there is a program. */
export type ProbeArchitecture = 'amd64' | 'arm64';

/** What the program ends with: no shell that takes it for a script does. */
export const probeExitCode = 42;

/** Blocks of code that are each run once in a round: an emulator translates each once, and a worker's start is mostly such code. */
const blocks = 4_000;
const rounds = 1_000;

/**
 * A Linux program without any library, which does the same work on each architecture and ends: 4 million times it reads, adds, shifts,
 * writes and asks. The work takes about 7 ms; under QEMU 7.2 seven times as long, as does the start of a frozen worker.
 * Headers as elf(5) has them; instructions as in Arm's DDI 0487 and Intel's Software Developer's Manual, volume 2.
 */
export function probeProgram(architecture: ProbeArchitecture): Buffer {
  return architecture === 'arm64' ? program(183, armCode()) : program(62, amdCode());
}

const headerBytes = 120;
const loadedAt = 0x400000n;

/** An ELF file with one segment, headers and code, that is loaded as it lies there. */
function program(machine: number, code: Buffer): Buffer {
  const header = Buffer.alloc(headerBytes);
  const size = BigInt(headerBytes + code.length);
  header.write('\x7fELF\x02\x01\x01', 'latin1'); // 64 bits, little-endian
  for (const [at, value] of [[16, 2], [18, machine], [52, 64], [54, 56], [56, 1]] as const) header.writeUInt16LE(value, at);
  for (const [at, value] of [[20, 1], [64, 1], [68, 5]] as const) header.writeUInt32LE(value, at); // to be loaded, read and executed
  const wide = [
    [24, loadedAt + BigInt(headerBytes)], [32, 64n], [80, loadedAt], [88, loadedAt], [96, size], [104, size], [112, 0x10000n],
  ] as const;
  for (const [at, value] of wide) header.writeBigUInt64LE(value, at);
  return Buffer.concat([header, code]);
}

/** In which of 500 places on the stack a block works. */
const placeOf = (block: number): number => block * 7 % 500;

function armCode(): Buffer {
  const words: number[] = [0xd14007ff, 0xd2800029, 0xd280000a | rounds << 5]; // sub sp, sp, 0x1000; mov x9, 1; mov x10, rounds
  for (let block = 0; block < blocks; block++) {
    const place = placeOf(block) << 10;
    // ldr x1, [sp, place]; add x0, x0, x1; eor x2, x2, x0; str x2, [sp, place]; lsr x3, x2, 3; add x0, x0, x3; cbz x9, next
    words.push(0xf94003e1 | place, 0x8b010000, 0xca000042, 0xf90003e2 | place, 0xd343fc43, 0x8b030000, 0xb4000029);
  }
  const back = -(blocks * 7 + 1) & 0x7ffff;
  // subs x10, x10, 1; b.ne the first block; mov x0, the exit code; mov x8, 93 (exit); svc 0
  words.push(0xf100054a, 0x54000001 | back << 5, 0xd2800000 | probeExitCode << 5, 0xd2800ba8, 0xd4000001);
  const code = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => code.writeUInt32LE(word >>> 0, index * 4));
  return code;
}

/** A number of 32 bits, the lowest byte first. */
const of = (value: number): number[] => [0, 8, 16, 24].map((bits) => value >> bits & 0xff);

function amdCode(): Buffer {
  const body: number[] = [];
  for (let block = 0; block < blocks; block++) {
    const place = of(placeOf(block) * 8);
    // mov rcx, [rsp+place]; add rax, rcx; xor rdx, rax; mov [rsp+place], rdx
    body.push(0x48, 0x8b, 0x8c, 0x24, ...place, 0x48, 0x01, 0xc8, 0x48, 0x31, 0xc2, 0x48, 0x89, 0x94, 0x24, ...place);
    // mov rbx, rdx; shr rbx, 3; add rax, rbx; test r9, r9; jz next
    body.push(0x48, 0x89, 0xd3, 0x48, 0xc1, 0xeb, 0x03, 0x48, 0x01, 0xd8, 0x4d, 0x85, 0xc9, 0x74, 0x00);
  }
  return Buffer.from([
    0x48, 0x81, 0xec, ...of(0x1000), 0x41, 0xb9, ...of(1), 0x41, 0xba, ...of(rounds), // sub rsp, 0x1000; mov r9d, 1; mov r10d, rounds
    ...body,
    0x49, 0xff, 0xca, 0x0f, 0x85, ...of(-(body.length + 9)), // dec r10; jnz the first block
    0xbf, ...of(probeExitCode), 0xb8, ...of(60), 0x0f, 0x05, // mov edi, the exit code; mov eax, 60 (exit); syscall
  ]);
}
