import { parentPort, workerData } from 'node:worker_threads';
import { sha256OfFile } from '../system/tools/cache.ts';
import type { Order } from './read-subject.ts';
import { readContents } from './subject.ts';

// The one thread that read-subject.ts starts.
const { file, options } = workerData as Order;
const [sha256, contents] = await Promise.all([sha256OfFile(file), readContents(file, options)]);
parentPort?.postMessage({ sha256, ...contents });
