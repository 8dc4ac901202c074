import { parse } from 'node:path';
import type { InitOptions } from '../cli/init-options.ts';
import { UsageError } from '../model/errors.ts';
import { causeOf } from './black-box/cause.ts';
import { observeExecutable } from './black-box/observe.ts';
import { releaseAt } from './black-box/release.ts';
import type { Draft } from './draft.ts';
import { makeOf } from './makes.ts';
import { observeSource } from './observe.ts';
import { factsIn } from './source-facts.ts';

type Wanted = Pick<InitOptions, 'directory' | 'entry' | 'temporalCli' | 'binary'>;

/**
 * Observes a worker as its make allows: Python from its source, which tells most; of others the executable, with the names in the source.
 * @throws {UsageError} where it does not come to work, or an executable is needed and none is there.
 */
export async function observeAny(
  { directory, entry, temporalCli, binary }: Wanted, signal: AbortSignal, say: (line: string) => void,
): Promise<Draft> {
  const make = directory === undefined ? undefined : await makeOf(directory);
  if (directory !== undefined && make === 'python') {
    // One that is none is told when the contract is tried on it.
    const release = binary === undefined ? undefined : await releaseAt(binary).catch(() => undefined);
    return observeSource({ directory, entry, temporalCli, called: binary && parse(binary).name, release }, signal, say);
  }
  if (binary === undefined) throw new UsageError(`${directory}: is a ${make === 'go' ? 'Go module' : 'Node project'}, which is not run ` +
    'from source: build it, and name the executable with --binary FILE');
  const source = directory === undefined || make === undefined || make === 'python' ? {} : { source: factsIn(directory, make) };
  try {
    return await observeExecutable({ release: await releaseAt(binary), temporalCli, ...source }, signal, say);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say('it does not come to work: looking for the cause');
    throw new UsageError(`${error.message}${await causeOf(binary, signal)}`, { cause: error });
  }
}
