import { once } from 'node:events';
import { messageOf } from '../model/errors.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import { readContents, type ReadOptions } from './subject.ts';

// The one process that read-subject.ts starts, and ends. An exit in order would wait for whatever zlib still has to do.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const [asked] = await once(process, 'message');
const { file, named, options }: { readonly file: string; readonly named: string; readonly options: ReadOptions } = asked;
const asNamed = (text: string): string => text.replaceAll(file, named);
const reading = [sha256OfFile(file), readContents(file, { ...options, original: named })] as const;
const read = Promise.all(reading).then(([sha256, { problems, ...contents }]) => ({
  sha256, ...contents, problems: problems.map(({ subject, sentence }) => ({ subject: asNamed(subject), sentence: asNamed(sentence) })),
}));
process.send?.(await read.then((value) => ({ value }), (error: unknown) => ({ error: asNamed(messageOf(error)) })));
