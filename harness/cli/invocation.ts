import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/** How the user started a command, so that its messages, its help and its report name a line that works. */
export type Invocation = {
  /** The words before the options, for example `npm test --` or `npx frostgate verify`. */
  readonly words: readonly string[];
  /** The arguments that are the command's own. */
  readonly args: readonly string[];
  /**
   * The environment as far as npm may have put something of the user's into it: `npm test` changes the folder and keeps
   * options without `--` for itself. The installed command is handed its arguments untouched, where the user stands: empty.
   */
  readonly environment: NodeJS.ProcessEnv;
};

/** Commands that are npm scripts of their own name; the other one is npm's test. */
const ownScripts = ['gate', 'inspect', 'init', 'explain', 'fetch', 'cache'];

/** Reads how the process was started; `argv` begins with node and the script, links followed. */
export function invocationOf([, script = '', ...args]: readonly string[], environment: NodeJS.ProcessEnv): Invocation {
  if (!/^frostgate\.[jt]s$/.test(basename(script))) {
    const name = basename(script, '.ts');
    const words = ['npm', ...(ownScripts.includes(name) ? ['run', name] : ['test']), '--'];
    return { words, args, environment };
  }
  const [command, ...own] = args;
  // Below npx and npm run the command is not on the user's own PATH.
  const program = environment['npm_command'] === undefined ? ['frostgate'] : ['npx', 'frostgate'];
  return { words: [...program, ...(command === undefined ? [] : [command])], args: own, environment: {} };
}

const [node = '', script = '', ...rest] = process.argv;

/** How this process was started. */
export const invocation: Invocation = invocationOf([node, existsSync(script) ? realpathSync(script) : script, ...rest], process.env);
