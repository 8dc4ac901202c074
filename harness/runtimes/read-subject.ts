import { fork, type ChildProcess } from 'node:child_process';
import { InfrastructureError } from '../model/errors.ts';
import { siblingModule } from '../system/tools/sibling.ts';
import type { Identity } from './identify.ts';
import type { ReadOptions, Subject } from './subject.ts';

type Answer = { readonly value?: Omit<Subject, 'identity'>; readonly error?: string };

/**
 * Reads all of an executable in a process that ends afterwards: what that needed of memory is given back, and whoever needs nothing of
 * it yet does not wait. What it says of the file calls it `named`.
 * `begun` is told the process, which is in a session of its own.
 * @throws {InfrastructureError} with what the file system said, or when the process ends without a word.
 */
export async function readSubject(
  { file, named = file }: { readonly file: string; readonly named?: string }, identity: Identity, options: ReadOptions,
  begun: (reader: ChildProcess) => void = () => {},
): Promise<Subject> {
  // In a group of its own, so that Ctrl-C reaches who started it alone; stdout carries data only.
  const reader = fork(siblingModule('read-subject-process', import.meta.url), {
    serialization: 'advanced', detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  begun(reader);
  const answer = new Promise<Omit<Subject, 'identity'>>((resolve, reject) => {
    reader.on('message', ({ value, error }: Answer) => (value === undefined ? reject(new InfrastructureError(error)) : resolve(value)));
    reader.on('error', reject);
    reader.on('exit', (code, signal) => reject(new InfrastructureError(
      `${named}: the process that reads it ended with ${signal ?? `exit code ${code}`}`,
    )));
    reader.send({ file, named, options });
  });
  try {
    return { identity, ...(await answer) };
  } finally {
    reader.kill('SIGKILL');
  }
}
