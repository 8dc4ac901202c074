import { oneLine, shorten } from '../../../model/text.ts';

/** A name from the executable as a sentence can hold it: on one line, without control characters, 200 characters at most. */
export function plainName(name: string): string {
  return shorten(oneLine(name), 200);
}
