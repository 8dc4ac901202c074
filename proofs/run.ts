import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { createVitest, parseCLI } from 'vitest/node';
import { Signals } from '../harness/cli/signals.ts';
import type { Asked } from './support/asked.ts';
import { root } from './support/command.ts';

// npm run proofs -- [PROOF…] [ROW…] [--whole] [--sample] [--update] [--shots DIR] [vitest's own options]
//   npm run proofs -- controls                     one proof; without a name all of them
//   npm run proofs -- controls no-prompt --whole   one row of it, with all areas
//   npm run proofs -- package -t inspect           vitest's own selection
// vitest itself would leave at a signal without waiting for its tests: here they are cancelled, and clean up.

/** Splits the words of a command line into what the proofs are asked and what vitest is asked. */
function readWords(words: readonly string[]): { readonly asked: Asked; readonly rest: readonly string[]; readonly chosen: string[] } {
  const proofs = globSync('proofs/**/*.proof.ts', { cwd: root }).map((file) => basename(dirname(file)));
  const options = {
    whole: { type: 'boolean', default: false }, sample: { type: 'boolean', default: false }, update: { type: 'boolean', default: false },
    shots: { type: 'string' },
  } as const;
  const isOwn = (index: number) => Object.keys(options).some((name) => words[index]?.split('=')[0] === `--${name}`);
  const own = words.filter((_, index) => isOwn(index) || words[index - 1] === '--shots');
  const foreign = words.filter((_, index) => !isOwn(index) && words[index - 1] !== '--shots');
  const { filter } = parseCLI(['vitest', 'run', ...foreign]);
  const { shots, ...flags } = parseArgs({ args: own, options }).values;
  const rows = filter.filter((word) => !proofs.includes(word));
  return {
    asked: { ...flags, rows, ...(shots !== undefined && { shots }) },
    rest: foreign.filter((word) => !filter.includes(word)),
    chosen: filter.filter((word) => proofs.includes(word)),
  };
}

async function main(words: readonly string[], signals: Signals): Promise<number> {
  const { asked, rest, chosen } = readWords(words);
  const { options } = parseCLI(['vitest', 'run', '--reporter=verbose', ...rest]);
  // Vite would complain about the source maps of packages.
  const vitest = await createVitest({ ...options, root, project: ['proofs'], watch: false, provide: { asked } }, { logLevel: 'error' });
  try {
    signals.takeOver();
    signals.aborted.addEventListener('abort', () => void vitest.cancelCurrentRun('keyboard-input'));
    const { testModules, unhandledErrors } = await vitest.start(chosen.map((name) => `proofs/${name}/`));
    const ran = testModules.flatMap((file) => [...file.children.allTests()]).filter((test) => test.result().state !== 'skipped');
    if (ran.length === 0 && signals.received === undefined) process.stderr.write('No proof was made: nothing has that name.\n');
    return ran.length > 0 && unhandledErrors.length === 0 && testModules.every((file) => file.ok()) ? 0 : 1;
  } finally {
    await vitest.close();
  }
}

using signals = new Signals();
const exitCode = await main(process.argv.slice(2), signals);
process.exitCode = signals.exitCode ?? exitCode;
