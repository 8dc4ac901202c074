import { parentPort, workerData } from 'node:worker_threads';
import { sha256OfFile } from '../system/tools/cache.ts';
import { readContents, type ReadOptions } from './subject.ts';

// The one thread that read-subject.ts starts.
const { file, options }: { readonly file: string; readonly options: ReadOptions } = workerData;
const [sha256, contents] = await Promise.all([sha256OfFile(file), readContents(file, options)]);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage({ sha256, ...contents });
