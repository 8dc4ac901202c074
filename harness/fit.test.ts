import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { unfit } from './fit.js';

const asking = 'exec "$0" --input-type=module -e "$1"';
const scriptOf = (command: string): string =>
  `import { unfit } from ${JSON.stringify(import.meta.resolve('./fit.js'))}; process.stdout.write(unfit('${command}') ?? 'fit')`;

/** What a fresh Node says below a limit of the shell. */
function below(limit: string, command: 'verify' | 'read'): string {
  return execFileSync('bash', ['-c', `ulimit ${limit}; ${asking}`, process.execPath, scriptOf(command)], { encoding: 'utf8' });
}

test('this machine is fit', () => {
  expect([unfit('verify'), unfit('read')]).toEqual([undefined, undefined]);
});

test.each([
  ['-v 2000000', 'verify', /^a process may reserve 2 GB of addresses \(ulimit -v\), and Node reserves up to 64 GB/],
  ['-v 2000000', 'read', /^a process may reserve 2 GB .* up to 12 GB/],
  ['-v 20000000', 'read', /^fit$/],
  ['-n 100', 'verify', /^a process may open 100 files \(ulimit -n\), and up to 256 are needed; raise that limit$/],
  ['-n 100', 'read', /^fit$/],
  ['-f 2000', 'verify', /^a file may grow to \d MB \(ulimit -f\), and up to 500 MB are needed/],
] as const)('ulimit %s, %s', (limit, command, expected) => {
  expect(below(limit, command)).toMatch(expected);
});

test.runIf(process.getuid?.() === 0)('of threads it counts those that the user has; root has no limit', () => {
  expect(below('-u 50', 'verify')).toBe('fit');
  const asNobody = ['--reuid', '65534', '--regid', '65534', '--clear-groups', 'bash', '-c', `ulimit -u 300; ${asking}`];
  expect(execFileSync('setpriv', [...asNobody, process.execPath, scriptOf('verify')], { encoding: 'utf8' })).toMatch(
    /^this user may have 300 processes and threads \(ulimit -u\) and has \d+, and up to 400 more are needed; raise that limit$/,
  );
});
