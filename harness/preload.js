import * as nodeModule from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { unfit } from './fit.js';
import { nodeTooOld } from './node-version.js';

// Preloaded by the npm scripts, in plain JavaScript because it comes first: it refuses what cannot carry the rest. What Node makes of the
// sources, types stripped and compiled, is kept beside vitest's own cache of them: after the first run that spares 25 MB, and the time.

/** @type {(sentence: string, exitCode: number) => never} */
function refuse(sentence, exitCode) {
  process.stderr.write(`error: ${sentence}\n`);
  process.exit(exitCode);
}

if (isMainThread) {
  if (nodeTooOld !== undefined) refuse(nodeTooOld, 2);
  const why = unfit(basename(process.argv[1] ?? '') === 'main.ts' ? 'verify' : 'read');
  if (why !== undefined) refuse(why, 3);
  nodeModule.enableCompileCache(fileURLToPath(new URL('../node_modules/.compile-cache', import.meta.url)));
}
