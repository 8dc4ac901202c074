import { cacheEntries } from './run/cache-entries.ts';
import { commands } from './cli/command.ts';
import { exitCode } from './cli/exit-codes.ts';
import { parseCacheOptions } from './cli/cache-options.ts';
import { helpOf } from './cli/help.ts';
import type { Invocation } from './cli/invocation.ts';
import { runCommand } from './cli/run-command.ts';
import { formatBytes } from './model/format.ts';
import { cacheFolder } from './system/tools/cache.ts';
import { removeTree } from './system/tree.ts';

/** Shows what lies in the cache, or frees what this version does not use. */
async function cache(started: Invocation): Promise<number> {
  const options = parseCacheOptions(started);
  if (options.help) {
    process.stdout.write(helpOf(commands.cache, started.words));
    return exitCode.pass;
  }
  const entries = await cacheEntries();
  const shown = options.prunes ? entries.filter(({ isUsed }) => options.all || !isUsed) : entries;
  for (const { name, path, sizeBytes, changed, isUsed } of shown) {
    if (options.prunes) await removeTree(path);
    const day = changed.toISOString().slice(0, 10);
    process.stdout.write(`${formatBytes(sizeBytes).padStart(10)}  ${day}  ${isUsed ? 'used  ' : 'unused'}  ${name}\n`);
  }
  const sum = formatBytes(shown.reduce((all, { sizeBytes }) => all + sizeBytes, 0));
  const what = options.prunes ? `freed ${sum} in` : `${sum} in`;
  process.stderr.write(`${what} ${cacheFolder()}\n`);
  return exitCode.pass;
}

await runCommand(cache);
