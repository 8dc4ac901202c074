import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parseStat } from './process-table-linux.ts';
import { parsePsLine } from './process-table-posix.ts';
import { listProcesses } from './process-table.ts';
import { parseRows } from './process-table-windows.ts';

test('a command name with spaces and parentheses does not shift the fields of /proc/PID/stat', () => {
  const stat = '42 (a) b (c) S 7 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 998877 1 2';
  expect(parseStat(42, stat)).toEqual({ pid: 42, parentPid: 7, groupId: 42, sessionId: 42, startedAt: '998877', zombie: false });
});

test('a zombie is told apart', () => {
  expect(parseStat(42, '42 (x) Z 7 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 5 1 2')?.zombie).toBe(true);
});

test('a line of ps has the start time in five words', () => {
  expect(parsePsLine('  501     1   501 Ss    124 Fri Nov 20 10:00:00 2026 /opt/agent runner --x')).toEqual({
    pid: 501,
    parentPid: 1,
    groupId: 501,
    sessionId: 0,
    startedAt: 'Fri Nov 20 10:00:00 2026',
    zombie: false,
    command: '/opt/agent runner --x',
    residentBytes: 124 * 1024,
  });
});

test('one process of Windows comes as an object, several as a list', () => {
  const row = { ProcessId: 4, ParentProcessId: 0, CreationDate: '/Date(1)/', CommandLine: null, WorkingSetSize: 4096 };
  expect(parseRows(JSON.stringify(row))[0]?.residentBytes).toBe(4096);
  expect(parseRows(JSON.stringify(row))).toEqual(parseRows(JSON.stringify([row])));
});

test('this process is in the table', () => {
  expect(listProcesses().find((entry) => entry.pid === process.pid)).toMatchObject({ parentPid: process.ppid, zombie: false });
});

const elsewhere = ['--user', '--map-root-user', '--pid', '--fork'];
const canMove = process.platform === 'linux' && spawnSync('unshare', [...elsewhere, 'true']).status === 0;

test.runIf(canMove)('a table of other processes is none: with /proc of another PID namespace nothing is known', () => {
  const program = `import { listProcesses } from '${new URL('process-table.ts', import.meta.url).href}'; listProcesses();`;
  const { status, stderr } = spawnSync('unshare', [...elsewhere, process.execPath, '--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
  expect({ status, told: stderr.includes('does not show this very process') }).toEqual({ status: 1, told: true });
});
