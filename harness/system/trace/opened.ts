import { unescaped } from './call.ts';
import { wholeLines } from './trace.ts';

const opening = /^open(?:at2?)?\(.* = \d+<(\/.*)>$/;
const isForWriting = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC)\b/;
const isNoFile = /\bO_(?:DIRECTORY|PATH|TMPFILE)\b/;

/** Files that were opened, each once and without links: to be read only, and to be written. */
export type Opened = { readonly read: readonly string[]; readonly written: readonly string[] };

/** Every file that was opened, whoever of a launch did it and by whatever means; `trace` is what strace wrote. */
export function openedIn(trace: string): Opened {
  const [read, written] = [new Set<string>(), new Set<string>()];
  for (const [, line] of wholeLines(trace)) {
    const [, path] = opening.exec(line) ?? [];
    if (path !== undefined && !isNoFile.test(line)) (isForWriting.test(line) ? written : read).add(unescaped(path).toString());
  }
  return { read: [...read], written: [...written] };
}
