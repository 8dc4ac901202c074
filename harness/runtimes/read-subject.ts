import { Worker } from 'node:worker_threads';
import { InfrastructureError } from '../model/errors.ts';
import { siblingModule } from '../system/tools/sibling.ts';
import type { Identity } from './identify.ts';
import type { ReadOptions, Subject } from './subject.ts';

/**
 * Reads all of an executable in a thread that ends afterwards: its garbage is collected apart from the runner's heap, and whoever needs
 * nothing of it yet does not wait. Throws an InfrastructureError when the thread ends without a word.
 */
export async function readSubject(file: string, identity: Identity, options: ReadOptions): Promise<Subject> {
  const worker = new Worker(siblingModule('read-subject-thread', import.meta.url), { workerData: { file, options } });
  const read = await new Promise<Omit<Subject, 'identity'>>((resolve, reject) => {
    worker.on('message', resolve).on('error', reject);
    worker.on('exit', (code) => reject(new InfrastructureError(`${file}: the thread that reads it ended with exit code ${code}`)));
  });
  return { identity, ...read };
}
