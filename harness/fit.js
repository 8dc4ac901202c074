import { readdirSync, readFileSync } from 'node:fs';

// Plain JavaScript that imports nothing of ours: it runs before anything that a low limit would end without a word, such as the
// WebAssembly by which Node strips types, and on a Node that is too old for the rest.

const gigabyte = 1_000_000_000;

/**
 * What a command takes of what `ulimit` limits; where it gets less Node aborts, the system kills it, or a fault looks like the worker's.
 * Measured over a full run of the reference: 55 GB reserved (not used), 134 files open, 67 and 156 MB written as one file.
 * @type {Readonly<Record<'verify' | 'read', { readonly addressBytes: number, readonly files: number, readonly fileBytes: number,
 *   readonly threads: number }>>}
 */
const needs = {
  verify: { addressBytes: 64 * gigabyte, files: 256, fileBytes: gigabyte / 2, threads: 400 },
  read: { addressBytes: 12 * gigabyte, files: 40, fileBytes: gigabyte / 50, threads: 40 },
};

/** @param {number} bytes */
const shownBytes = (bytes) => (bytes >= gigabyte ? `${Math.floor(bytes / gigabyte)} GB` : `${Math.floor(bytes / 1_000_000)} MB`);

/** How many threads this user has; systems without /proc do not tell. */
function ownThreads() {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).reduce((sum, pid) => sum + threadsOf(pid), 0);
}

/** @param {string} pid */
function threadsOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    if (Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]) !== process.getuid?.()) return 0;
    return Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0; // it has ended
  }
}

/**
 * Why this machine's limits do not carry a command, in one sentence; undefined where they do.
 * @param {'verify' | 'read'} command `read` stands for those that only read files.
 * @returns {string | undefined}
 */
export function unfit(command) {
  /** @type {{ userLimits?: Record<string, { soft: number | 'unlimited' } | undefined> }} */
  const { userLimits = {} } = Object.assign(process.report, { excludeNetwork: true }).getReport();
  /** @param {string} name */
  const limit = (name) => {
    const soft = userLimits[name]?.soft ?? 'unlimited';
    return soft === 'unlimited' ? Infinity : soft;
  };
  const { addressBytes, files, fileBytes, threads } = needs[command];
  const address = limit('virtual_memory_bytes');
  if (address < addressBytes) return `a process may reserve ${shownBytes(address)} of addresses (ulimit -v), and Node reserves up to ` +
    `${shownBytes(addressBytes)} without using them; lift that limit, and limit memory by a cgroup instead`;
  if (limit('open_files') < files) return `a process may open ${limit('open_files')} files (ulimit -n), and up to ${files} are needed; ` +
    'raise that limit';
  const written = limit('file_size_blocks'); // in bytes, whatever its name says
  if (written < fileBytes) return `a file may grow to ${shownBytes(written)} (ulimit -f), and up to ${shownBytes(fileBytes)} are ` +
    'needed; lift that limit';
  const processes = limit('max_user_processes');
  if (processes > 10_000 || process.getuid?.() === 0) return undefined; // root is not limited
  const own = ownThreads();
  if (processes - own < threads) return `this user may have ${processes} processes and threads (ulimit -u) and has ${own}, and up to ` +
    `${threads} more are needed; raise that limit`;
  return undefined;
}
