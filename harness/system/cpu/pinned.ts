import { readProc } from '../proc.ts';
import { findOnPath } from '../tools/on-path.ts';

/** The CPUs that this process may run on, by their numbers: `Cpus_allowed_list` of /proc/PID/status, proc(5), as in `0-3,8`. */
export function allowedCpus(status: string = readProc('self/status')): number[] {
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status) ?? [];
  return list.split(',').filter((part) => part !== '').flatMap((part) => {
    const [first = NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** A program and its arguments. */
type Program = { readonly file: string; readonly args: readonly string[] };

/**
 * The same program bound to one CPU, with all that it starts: taskset(1) becomes the program, so that its pid stays. Unchanged where no
 * CPU is given, or no taskset is to be had.
 */
export function pinned<T extends Program>(program: T, cpu: number | undefined): T {
  const taskset = cpu === undefined ? undefined : findOnPath('taskset');
  return taskset === undefined ? program : { ...program, file: taskset, args: ['-c', String(cpu), program.file, ...program.args] };
}
