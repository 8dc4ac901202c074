import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVitest, parseCLI, type TestCase } from 'vitest/node';
import { Signals } from '../harness/cli/signals.ts';
import { sumText, tableText, writeResult } from './controls/table.ts';
import type { Asked } from './support/asked.ts';
import { root } from './support/command.ts';
import { seed } from './support/seed.ts';

// npm run proofs -- [PROOF…] [ROW…] [--whole] [--sample] [--shard 1/3] [--update] [--shots DIR] [vitest's own options]
//   npm run proofs -- controls                     one proof; without a name all of them
//   npm run proofs -- controls no-prompt --whole   one row of it, with all areas
//   npm run proofs -- package -t inspect           vitest's own selection
// vitest itself would leave at a signal without waiting for its tests: here they are cancelled, and clean up.

/** Splits the words of a command line into what the proofs are asked and what vitest is asked. */
function readWords(words: readonly string[]): { readonly asked: Asked; readonly rest: readonly string[]; readonly chosen: string[] } {
  const proofs = globSync('proofs/**/*.proof.ts', { cwd: root }).map((file) => basename(dirname(file)));
  const options = {
    whole: { type: 'boolean', default: false }, sample: { type: 'boolean', default: false }, update: { type: 'boolean', default: false },
    shots: { type: 'string' }, shard: { type: 'string' },
  } as const;
  const isFlag = (index: number) => Object.keys(options).some((name) => words[index]?.split('=')[0] === `--${name}`);
  const isOwn = (index: number) => isFlag(index) || ['--shots', '--shard'].includes(words[index - 1] ?? '');
  const own = words.filter((_, index) => isOwn(index));
  const foreign = words.filter((_, index) => !isOwn(index));
  const { filter } = parseCLI(['vitest', 'run', ...foreign]);
  const { shots, shard, ...flags } = parseArgs({ args: own, options }).values;
  const rows = filter.filter((word) => !proofs.includes(word));
  return {
    asked: { ...flags, rows, ...(shots !== undefined && { shots }), ...(shard !== undefined && { shard: readShard(shard) }) },
    rest: foreign.filter((word) => !filter.includes(word)),
    chosen: filter.filter((word) => proofs.includes(word)),
  };
}

/** `2/3`. @throws {TypeError} for anything else. */
function readShard(text: string): NonNullable<Asked['shard']> {
  const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > count) throw new TypeError(`--shard ${text}: expected a part of how many, for example 1/3`);
  return { index, count };
}

/** The table of the controls, and the file that machines read. */
function tellControls(tests: readonly TestCase[], { sample, shard }: Asked): void {
  const rows = tests.flatMap((test) => test.meta().row ?? []);
  if (rows.length === 0) return;
  const file = `reports/trust/${shard === undefined ? 'trust' : `trust-${shard.index}-of-${shard.count}`}.json`;
  writeResult(join(root, file), { seed, sample, rows });
  process.stdout.write(`\n${tableText(rows)}\n\n${sumText(rows)}${sample ? ` (a sample, seed ${seed})` : ''}; ${file}\n`);
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
    tellControls(ran, asked);
    if (ran.length === 0 && signals.received === undefined) process.stderr.write('No proof was made: nothing has that name.\n');
    return ran.length > 0 && unhandledErrors.length === 0 && testModules.every((file) => file.ok()) ? 0 : 1;
  } finally {
    await vitest.close();
  }
}

using signals = new Signals();
const exitCode = await main(process.argv.slice(2), signals);
process.exitCode = signals.exitCode ?? exitCode;
