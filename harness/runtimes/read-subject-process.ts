import { once } from 'node:events';
import { messageOf } from '../model/errors.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import { readContents, type ReadOptions } from './subject.ts';

// The one process that read-subject.ts starts, and ends. An exit in order would wait for whatever zlib still has to do.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const [asked] = await once(process, 'message');
const { file, options }: { readonly file: string; readonly options: ReadOptions } = asked;
const read = Promise.all([sha256OfFile(file), readContents(file, options)]).then(([sha256, contents]) => ({ sha256, ...contents }));
process.send?.(await read.then((value) => ({ value }), (error: unknown) => ({ error: messageOf(error) })));
