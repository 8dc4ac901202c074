#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// The installed command: chooses what is run. Nothing is imported before that, so that an older Node can still be told.

/** What each command is for, and the script that it runs; a script reads its arguments and sets the exit code itself. */
const commands = {
  verify: { purpose: 'verify one executable and write its report', run: verify },
  inspect: { purpose: 'say what an executable is and holds, without running it', run: () => import('./inspect.ts') },
  gate: { purpose: "make one verdict of all platforms' reports", run: () => import('./gate.ts') },
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

/** One sentence for a command line that names no command, exit code 2. */
function refuse(sentence: string): void {
  process.stderr.write(`error: ${sentence}\n`);
  process.exitCode = 2;
}

const [name = ''] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const names = Object.keys(commands).join(', ');
const command = new Map(Object.entries(commands)).get(name);

if (major < 22 || (major === 22 && minor < 19)) refuse(`frostgate needs Node 22.19 or later, this is ${process.versions.node}`);
else if (command) await command.run();
else if (name === '--help' || name === '-h') process.stdout.write(usage);
else if (name === '--version') process.stdout.write(`${(await import('./system/own-package.ts')).ownVersion}\n`);
else if (name === '') refuse(`name a command: one of ${names}; see frostgate --help`);
else refuse(`unknown command ${name}; expected one of ${names}; see frostgate --help`);
