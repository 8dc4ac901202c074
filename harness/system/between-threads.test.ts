import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { give, take } from './between-threads.ts';

const url = JSON.stringify(new URL('between-threads.ts', import.meta.url).href);

/** What another thread gets under these names, each asked for twice at once. */
async function takenElsewhere(...names: string[]): Promise<unknown> {
  const code = `import { parentPort } from 'node:worker_threads'; const { take } = await import(${url});
    const names = ${JSON.stringify([...names, ...names])};
    parentPort.postMessage(await Promise.all(names.map((name) => take(name).catch((error) => error.message))));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  return await new Promise((resolve, reject) => void worker.on('message', resolve).on('error', reject));
}

test('what is given reaches another thread, whether it is there before or after it is asked for', async () => {
  const later = Promise.withResolvers<unknown>();
  give('threads-now', Promise.resolve({ list: [1, 2] }));
  give('threads-later', later.promise);
  const taken = takenElsewhere('threads-now', 'threads-later');
  setTimeout(() => later.resolve('late'), 200);
  expect(await taken).toEqual([{ list: [1, 2] }, 'late', { list: [1, 2] }, 'late']);
  expect(await take('threads-now')).toEqual({ list: [1, 2] });
});

test('what kept it from being there is told', async () => {
  give('threads-never', Promise.reject(new Error('no such file')));
  expect(await takenElsewhere('threads-never')).toEqual(['no such file', 'no such file']);
});
