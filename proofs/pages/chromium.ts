import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { InfrastructureError } from '../../harness/model/errors.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The browser to use: FROSTGATE_CHROMIUM, else the first of the usual names on the PATH; undefined when there is none.
 * Throws `InfrastructureError` when the variable names something that cannot be run.
 */
export async function findChromium(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = environment['FROSTGATE_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    throw new InfrastructureError(`FROSTGATE_CHROMIUM names ${named}, which is not an executable file; name a Chromium, or leave the ` +
      'variable out.');
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const file of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** What to do when there is none. */
export function noChromium(): InfrastructureError {
  return new InfrastructureError('No Chromium was found: install one (Debian: apt-get install chromium; macOS: brew install --cask ' +
    'chromium), or name one in FROSTGATE_CHROMIUM.');
}

/**
 * Starts the browser with a profile of its own that is removed at the end, and without anything that calls home.
 * Throws what Playwright throws when it does not start.
 */
export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // Whoever starts it ends it: a signal must not leave the files behind.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // --no-sandbox: in a container as root Chromium does not start with it; the pages are our own and come from a file.
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
