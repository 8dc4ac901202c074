import { commands } from './cli/command.ts';
import { exitCode } from './cli/exit-codes.ts';
import { parseFetchOptions } from './cli/fetch-options.ts';
import { helpOf } from './cli/help.ts';
import type { Invocation } from './cli/invocation.ts';
import { Progress } from './cli/progress.ts';
import { runCommand } from './cli/run-command.ts';
import type { Signals } from './cli/signals.ts';
import { loadContract } from './contract/load.ts';
import { neededFor } from './run/needed.ts';
import { cacheFolder } from './system/tools/cache.ts';

/** Brings everything into the cache that a verification would fetch, so that it needs no network. */
async function fetchAll(started: Invocation, { aborted: signal }: Signals): Promise<number> {
  const options = parseFetchOptions(started);
  if (options.help) {
    process.stdout.write(helpOf(commands.fetch, started.words));
    return exitCode.pass;
  }
  const loaded = options.contract === undefined ? undefined : await loadContract(options.contract);
  const { say } = new Progress({ quiet: false });
  for (const { title, fetch } of await neededFor(loaded?.contract.services.map(({ kind }) => kind) ?? [])) {
    const origin = await fetch({ signal, say });
    process.stdout.write(`${title}\t${origin}\n`);
  }
  process.stderr.write(`all of it is here, in ${cacheFolder()} or on the PATH; \`frostgate cache list\` shows what lies there\n`);
  return exitCode.pass;
}

await runCommand(fetchAll);
