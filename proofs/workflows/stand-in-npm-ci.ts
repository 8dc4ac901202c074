import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';

// `npm ci --omit=dev` without a network: links the packages that the lock file names and that are installed beside this script.
// A development package is not linked, so that a module that imports one fails here as it would on a runner.

const installed = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const lock = z.object({ packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional(), optional: z.boolean().optional() })) });

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { prefix: { type: 'string' }, omit: { type: 'string' }, audit: { type: 'boolean' }, fund: { type: 'boolean' } },
  allowPositionals: true,
  allowNegative: true,
});
const target = resolve(values.prefix ?? '.');
const { packages } = lock.parse(JSON.parse(readFileSync(join(target, 'package-lock.json'), 'utf8')));
for (const [path, { dev, optional }] of Object.entries(packages)) {
  const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
  if (name === undefined || (values.omit === 'dev' && dev === true)) continue;
  if (!existsSync(join(installed, name))) {
    if (optional === true) continue;
    throw new Error(`the lock file names ${name}, which is not installed here: run npm ci`);
  }
  mkdirSync(dirname(join(target, path)), { recursive: true });
  symlinkSync(join(installed, name), join(target, path));
}
