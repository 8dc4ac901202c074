import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/**
 * The variables of a project's `.env`; none where there is no such file or it cannot be read. Their values are secrets: they are compared,
 * never shown.
 */
export async function readDotenv(directory: string): Promise<Record<string, string | undefined>> {
  const text = await readFile(join(directory, '.env'), 'utf8').catch(() => '');
  return { ...parseEnv(text) };
}
