import { createRequire } from 'node:module';

/** Two numbers of a limit as the kernel keeps them: what counts, and how far its owner may raise that. */
export type Limit = [soft: number | bigint, hard: number | bigint];

/** System calls for which Node has none; each returns less than 0 when the kernel refuses. */
export type Libc = {
  /** prlimit(2): gives the limit of a resource of a process in `old` and sets it to `next`, each where it is not null. */
  readonly limit: (pid: number, resource: number, next: Limit | null, old: Limit | null) => number;
  /** prctl(2) with one argument. */
  readonly control: (option: number, value: number) => number;
  /** close_range(2): whatever is started later gets no descriptor from this number on. */
  readonly closeOnExec: (first: number) => number;
  /** listxattr(7): the names of a file's extended attributes; none where they cannot be had. */
  readonly attributes: (file: string) => string[];
  /** waitpid(2) without waiting, for one child. */
  readonly reap: (pid: number) => number;
  /** getrusage(2) of RUSAGE_CHILDREN: what children of any thread that have ended and were waited for, and theirs, have cost so far. */
  readonly endedChildren: () => { readonly cpuMs: number; readonly pageFaults: number };
  /** clock_gettime(2) of a process's CPU clock: milliseconds of all its threads, also ended ones; undefined when it is gone. */
  readonly cpuMs: (pid: number) => number | undefined;
};

/** struct rusage on 64 bits: user and system time as seconds and microseconds, four numbers of memory, then the faults. */
const usage = { bytes: 144, userAt: 0, systemAt: 16, minorFaultsAt: 64, majorFaultsAt: 72 } as const;
const ofChildren = -1;
/** The clock of a process by its pid, as clock_getcpuclockid(3) makes it: CPUCLOCK_SCHED of the kernel. */
const cpuClockOf = (pid: number): number => (~pid << 3) | 2;

/** The kernel's XATTR_LIST_MAX. */
const attributesBytes = 65_536;

const withoutWaiting = 1;
/** The call's number is the same on every architecture; CLOSE_RANGE_CLOEXEC is known from Linux 5.11 on. */
const [closeRange, lastDescriptor, onExec] = [436, 2 ** 32 - 1, 4];

/** The C library that this process runs with; undefined on other systems, and where koffi does not load. */
export const libc: Libc | undefined = process.platform === 'linux' ? open() : undefined;

function open(): Libc | undefined {
  try {
    const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
    const own = koffi.load(null);
    const prctl = own.func('int prctl(int option, unsigned long value, unsigned long b, unsigned long c, unsigned long d)');
    const syscall = own.func('long syscall(long number, unsigned long a, unsigned long b, unsigned long c)');
    const waitpid = own.func('int waitpid(int pid, void *status, int options)');
    const getrusage = own.func('int getrusage(int who, void *usage)');
    const clockGettime = own.func('int clock_gettime(int clock, void *time)');
    const listxattr = own.func('long listxattr(const char *path, void *list, unsigned long size)');
    return {
      attributes: (file) => {
        const list = Buffer.alloc(attributesBytes);
        const length = Number(listxattr(file, list, list.length));
        return list.toString('utf8', 0, Math.max(0, length)).split('\0').filter((name) => name !== '');
      },
      limit: own.func('int prlimit(int pid, int resource, const uint64_t *next, _Out_ uint64_t *old)'),
      closeOnExec: (first) => syscall(closeRange, first, lastDescriptor, onExec),
      control: (option, value) => prctl(option, value, 0, 0, 0),
      reap: (pid) => waitpid(pid, null, withoutWaiting),
      endedChildren: () => {
        const read = Buffer.alloc(usage.bytes);
        getrusage(ofChildren, read);
        const numberAt = (at: number): number => Number(read.readBigInt64LE(at));
        const msAt = (at: number): number => numberAt(at) * 1e3 + numberAt(at + 8) / 1e3;
        return {
          cpuMs: msAt(usage.userAt) + msAt(usage.systemAt),
          pageFaults: numberAt(usage.minorFaultsAt) + numberAt(usage.majorFaultsAt),
        };
      },
      cpuMs: (pid) => {
        const time = Buffer.alloc(16);
        if (clockGettime(cpuClockOf(pid), time) !== 0) return undefined;
        return Number(time.readBigInt64LE(0)) * 1e3 + Number(time.readBigInt64LE(8)) / 1e6;
      },
    };
  } catch {
    return undefined;
  }
}
