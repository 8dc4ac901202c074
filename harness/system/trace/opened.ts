import { unescaped } from './call.ts';

/** `openat(…) = 7</path>`, also of a call that others interrupted, whose end stands in a line of its own. */
const opening = /^\d+ +(?:open(?:at2?)?\(|<\.\.\. open(?:at2?)? resumed>).* = \d+<(\/.*)>$/gm;
const isForWriting = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC|DIRECTORY|PATH)\b/;

/** Every file that was opened to be read, whoever of a launch did it and by whatever means, without links; `trace` is what strace wrote. */
export function openedIn(trace: string): string[] {
  const opened = new Set<string>();
  for (const [line, path = ''] of trace.matchAll(opening)) if (!isForWriting.test(line)) opened.add(unescaped(path).toString());
  return [...opened];
}
