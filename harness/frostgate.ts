#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { unfit } from './fit.js';
import { nodeTooOld } from './node-version.js';

// The installed command: chooses what is run. Little is imported before that, so that an older Node or a low limit can still be told.

/** What each command is for, and the script that it runs; a script reads its arguments and sets the exit code itself. */
const commands = {
  verify: { purpose: 'verify one executable and write its report', run: verify },
  inspect: { purpose: 'say what an executable is and holds, without running it', run: () => import('./inspect.ts') },
  init: { purpose: "write a worker's first contract by running it", run: () => import('./init.ts') },
  fetch: { purpose: 'bring what a verification needs, for a machine without a network', run: () => import('./fetch.ts') },
  cache: { purpose: 'show what was fetched, free what is not used', run: () => import('./cache.ts') },
  gate: { purpose: "make one verdict of all platforms' reports", run: () => import('./gate.ts') },
  explain: { purpose: 'say what a check or a hazard means, and what repairs it', run: () => import('./explain.ts') },
};

const usage = `frostgate proves that a frozen Temporal worker works before its release is tagged, and blocks the release when it does not.

Usage: frostgate COMMAND [options]

Commands
${Object.entries(commands).map(([name, { purpose }]) => `  ${name.padEnd(10)} ${purpose}\n`).join('')}
  frostgate COMMAND --help tells the options of a command; frostgate --version the version.

Exit codes: 0 pass, 1 fail, 2 usage, 3 could not judge, 128+n ended by signal n
`;

/** With the flag of `npm test`, which keeps the harness small beside what it measures; it also holds for its threads. */
function verify(): Promise<unknown> {
  setFlagsFromString('--max-semi-space-size=4');
  return import('./main.ts');
}

/** One sentence; exit code 2 for a command line that names no command. */
function refuse(sentence: string, code: 2 | 3 = 2): void {
  process.stderr.write(`error: ${sentence}\n`);
  process.exitCode = code;
}

const [name = ''] = process.argv.slice(2);
const names = Object.keys(commands).join(', ');
const command = new Map(Object.entries(commands)).get(name);

const why = command && unfit(name === 'verify' ? 'verify' : 'read');

if (nodeTooOld !== undefined) refuse(nodeTooOld);
else if (why !== undefined) refuse(why, 3);
else if (command) await command.run();
else if (name === '--help' || name === '-h') process.stdout.write(usage);
else if (name === '--version') process.stdout.write(`${(await import('./system/own-package.ts')).ownVersion}\n`);
else if (name === '') refuse(`name a command: one of ${names}; see frostgate --help`);
else refuse(`unknown command ${name}; expected one of ${names}; see frostgate --help`);
