import { basename } from 'node:path';
import type { Launch } from '../system/launch/launch.ts';
import type { CheckContext } from './check-context.ts';
import { subject } from './frozen.ts';

/** The helpers of multiprocessing, which are no fault where the entry script hands over to it. */
const helpers = /multiprocessing-fork|from multiprocessing\.\w+ import/;

/**
 * Keeps the command lines by which a launch of the subject started its own executable with other arguments than it was given itself: as
 * evidence that tells why what needed those processes failed. Nothing where there are none.
 */
export async function keepOwnStarts({ evidence, use }: Pick<CheckContext, 'evidence' | 'use'>, launch: Launch): Promise<void> {
  const { mentions } = await use(subject);
  const { file, args } = launch.command;
  const started = ownStarts(basename(file), args, launch.tree.commands).filter(
    (command) => mentions?.freezeSupport !== true || !helpers.test(command),
  );
  if (started.length > 0) evidence('how it started itself', 'command-lines.txt', `${started.join('\n')}\n`);
}

/** Of command lines those whose program has this name, but not these arguments. */
export function ownStarts(name: string, args: readonly string[], commands: Iterable<string>): string[] {
  return [...commands].filter((command) => {
    const at = command.search(/ |$/);
    const [program, rest] = [command.slice(0, at), command.slice(at + 1)];
    return basename(program) === name && rest !== '' && rest !== args.join(' ');
  });
}
