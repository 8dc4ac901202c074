import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from '../../runtimes/bundle.ts';
import { messageOf, UsageError } from '../../model/errors.ts';
import type { Hint } from './hints.ts';
import { inspectPage } from './page.ts';

/** All that was read, and what looks wrong in it, as one line of JSON. */
export function inspectionJson(bundle: Bundle, hints: readonly Hint[]): string {
  return `${JSON.stringify({ ...bundle, hints })}\n`;
}

/**
 * Writes what was read into a folder, which is made where there is none: `inspect.json` and, for people, `inspect.html`.
 * @returns the path of the page.
 * @throws {UsageError} where it cannot be written.
 */
export async function writeInspection(folder: string, bundle: Bundle, hints: readonly Hint[]): Promise<string> {
  const file = join(folder, 'inspect.html');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'inspect.json'), inspectionJson(bundle, hints));
    await writeFile(file, inspectPage(bundle, hints));
    return file;
  } catch (cause) {
    throw new UsageError(`--report-dir: ${folder} cannot be written (${messageOf(cause)}); name another folder`, { cause });
  }
}
