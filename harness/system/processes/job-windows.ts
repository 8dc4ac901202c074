import { createRequire } from 'node:module';

// Written from the documentation of job objects; not verified until CI has run it there.

/** JOBOBJECT_EXTENDED_LIMIT_INFORMATION of 64 bits: its class, its size, and where its flags stand. */
const extendedLimits = { class: 9, bytes: 144, flagsAt: 16 };
const killOnClose = 0x2000;

/**
 * Puts this process into a job object, and with it everything that it starts from now on, whatever that starts: jobs nest, and nothing may
 * leave this one. The system ends them all when this process has ended, however it ended. False where that is not to be had.
 */
export function joinJob(): boolean {
  if (process.platform !== 'win32') return false;
  try {
    const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
    const kernel = koffi.load('kernel32.dll');
    const create = kernel.func('void * __stdcall CreateJobObjectW(void *attributes, void *name)');
    const limit = kernel.func('int __stdcall SetInformationJobObject(void *job, int kind, void *limits, uint32_t bytes)');
    const current = kernel.func('void * __stdcall GetCurrentProcess()');
    const assign = kernel.func('int __stdcall AssignProcessToJobObject(void *job, void *process)');
    const limits = Buffer.alloc(extendedLimits.bytes);
    limits.writeUInt32LE(killOnClose, extendedLimits.flagsAt);
    const job: unknown = create(null, null); // never closed: the end of this process does that
    return limit(job, extendedLimits.class, limits, limits.length) !== 0 && assign(job, current()) !== 0;
  } catch {
    return false;
  }
}
