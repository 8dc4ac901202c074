import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findOnPath } from '../tools/on-path.ts';
import { commandsIn } from './doers.ts';
import { changesIn } from './files.ts';
import { networkOf } from './network.ts';
import { straceMissing, tracedCommand } from './strace.ts';
import { readTrace } from './trace.ts';

// With the real strace, where it is.

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'trace-'))));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const script = `
import os, socket, subprocess
datagram = lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
connected = datagram(); connected.connect(("127.0.0.1", 9)); connected.send(b"x")
silent = datagram(); silent.connect(("127.0.0.2", 9))
writer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
writer.connect(("127.0.0.5", 8125)); os.write(writer.fileno(), b"x")
datagram().sendto(b"x", ("127.0.0.3", 8125))
socket.socket().connect_ex(("127.0.0.4", 1))
everywhere = socket.create_server(("0.0.0.0", 0))
bound = datagram(); bound.bind(("127.0.0.1", 0)); port = bound.getsockname()[1]; bound.close()
named = datagram(); named.bind(("127.0.0.1", port))
os.mkdir("made"); os.rmdir("made")
open("a", "w").close(); os.rename("a", "b"); os.symlink("b", "l"); open("l", "w").close()
open("b").close(); os.remove("b")
try: os.remove("never")
except OSError: pass
if os.fork() == 0:
    os.chdir("/"); os.setsid()
    open(os.path.join(FOLDER, "by-daemon"), "w").close()
    os._exit(0)
os.wait()
subprocess.run(["/bin/sh", "-c", "exit 3", "a secret"])
`;

/** Asks as Go's resolver does: it connects, and writes. */
const asking = `
import os, signal, socket
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.connect(("127.0.0.53", 53))
question = b"\\x00\\x07\\x01\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x07example\\x03com\\x00\\x00\\x10\\x00\\x01"
os.write(server.fileno(), question)
os.write(1, b"a line of the log")
os.kill(os.getpid(), signal.SIGTERM)
`;

describe.skipIf(findOnPath('strace') === undefined)('one launch, watched', () => {
  test('that ends by a signal is whole, and what is written to a name server is a question', async () => {
    const trace = join(folder, 'trace');
    const { file, args } = tracedCommand({ file: findOnPath('python3') ?? '', args: ['-c', asking], variant: 'subject' }, trace, true);
    const { signal } = await execa(file, args, { cwd: folder, reject: false, stdout: 'ignore' });
    const read = readTrace(readFileSync(trace, 'latin1'));
    expect([signal, read.isWhole]).toEqual(['SIGTERM', true]);
    expect(networkOf(read, folder).asked.map(({ name }) => name)).toEqual(['example.com']);
    expect(read.calls.filter(({ name }) => name === 'write').length).toBe(1);
  });

  test('shows what it called, listened on and changed, and every program that it started', async () => {
    const trace = join(folder, 'trace');
    const python = findOnPath('python3') ?? '';
    const code = script.replace('FOLDER', () => JSON.stringify(folder));
    const { file, args } = tracedCommand({ file: python, args: ['-c', code], variant: 'subject' }, trace);
    const { exitCode } = await execa(file, args, { cwd: folder });
    const read = readTrace(readFileSync(trace, 'latin1'));
    expect([exitCode, read.isWhole]).toEqual([0, true]);
    const { contacts, listeners } = networkOf(read, folder);
    const places = contacts.flatMap(({ how, address }) => (address.family === 'inet' ? `${how} ${address.host}:${address.port}` : []));
    expect(places).toEqual(['UDP 127.0.0.1:9', 'UDP 127.0.0.5:8125', 'UDP 127.0.0.3:8125', 'TCP 127.0.0.4:1']);
    expect(listeners.map(({ how, address, anyPort }) => [how, address.family === 'inet' && address.host, anyPort])).toEqual([
      ['TCP', '0.0.0.0', true], ['UDP', '127.0.0.1', false],
    ]);
    const own = changesIn(read, folder).filter(({ path }) => path.startsWith(folder));
    expect(own.map(({ path, ways }) => `${path.slice(folder.length + 1)}: ${ways.join(', ')}`)).toEqual([
      'made: made, removed', 'a: written, renamed', 'b: renamed, written, removed', 'l: linked', 'by-daemon: written',
    ]);
    expect(commandsIn(read).at(-1)).toBe('/bin/sh -c exit 3 a secret');
  });

  test('an eye that sees is not missing', async () => {
    expect(await straceMissing()).toBeUndefined();
  });

  test('where the system refuses to watch, it says so and what to do', async () => {
    // What is watched itself cannot watch.
    const code = `console.log(await (await import(${JSON.stringify(import.meta.resolve('./strace.ts'))})).straceMissing())`;
    const node = [process.execPath, '--input-type=module', '-e', code];
    const { stdout } = await execa('strace', ['-f', '-q', '--seccomp-bpf', '-e', 'trace=chroot', '-o', '/dev/null', ...node]);
    expect(stdout).toMatch(/^strace cannot watch a process \(ptrace.*Operation not permitted\): allow ptrace/);
  });
});

test('where there is no strace, it says how to get it', async () => {
  vi.stubEnv('PATH', folder);
  expect(await straceMissing()).toBe('strace is not installed: apt-get install strace');
});
