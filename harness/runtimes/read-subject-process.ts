import { once } from 'node:events';
import { messageOf } from '../model/errors.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import { readContents, type ReadOptions } from './subject.ts';

// The one process that read-subject.ts starts. It ends when its starter is gone, too.
const [asked] = await once(process, 'message');
const { file, options }: { readonly file: string; readonly options: ReadOptions } = asked;
const read = Promise.all([sha256OfFile(file), readContents(file, options)]).then(([sha256, contents]) => ({ sha256, ...contents }));
process.once('disconnect', () => process.exit());
process.send?.(await read.then((value) => ({ value }), (error: unknown) => ({ error: messageOf(error) })), () => process.disconnect());
