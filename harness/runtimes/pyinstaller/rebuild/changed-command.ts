import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotHelp, NotTried } from '../../../model/not-tried.ts';
import type { SpecChange } from '../hazards/edits.ts';
import { copiesFolder, hookFile, optionsOf } from '../hazards/in-form.ts';
import type { BuildCommand } from './build-commands.ts';
import { withOptions } from './calls.ts';

/**
 * Adds a change to a build without a spec file, as its user would: as options of every call of pyinstaller in the command, and in the
 * scripts of the copy that it runs.
 * @returns what is to be run.
 * @throws {CannotHelp} where pyinstaller has no option for the change.
 * @throws {NotTried} where there is no call to add options to.
 */
export function changeCommand(
  { words, run, scripts }: BuildCommand, change: SpecChange, copy: string, environment: string,
): BuildCommand['run'] {
  const options = optionsOf(change);
  if (options === undefined) throw new CannotHelp('pyinstaller has no option for it; build with a spec file');
  makeFiles(change, copy, environment);
  const written = options.map(({ option, value }) => `${option} ${value}`);
  const gone = change.flatMap(({ kind, name }) => (kind === 'include' ? [name.split('.', 1).join(), name] : []));
  const changed = (text: string) => withOptions(gone.reduce(withoutExclude, text), written.flatMap((option) => splitOption(option)));
  const texts = scripts.map((script) => join(copy, script)).map((file) => [file, readFileSync(file, 'utf8')] as const);
  const command = typeof run === 'string' ? changed(run) : unlisted(changed(JSON.stringify(run)));
  const isChanged = texts.map(([file, text]) => {
    const next = changed(text);
    writeFileSync(file, next);
    return next !== text;
  });
  if (JSON.stringify(command) === JSON.stringify(run) && !isChanged.includes(true) && change.length > 0) {
    throw new NotTried(`${words} has no call of pyinstaller to which options can be added; name its spec file as ` +
      'source.spec in the contract');
  }
  return command;
}

/** An option and its value as two words of a command line. */
function splitOption(option: string): string[] {
  const space = option.indexOf(' ');
  return [option.slice(0, space), option.slice(space + 1)];
}

function withoutExclude(text: string, name: string): string {
  return text.replaceAll(new RegExp(`--exclude-module[= ]${name.replaceAll('.', '\\.')}(?=[\\s"',]|$)`, 'g'), '');
}

function unlisted(json: string): string[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.map(String) : [];
}

/** What the options name. */
function makeFiles(change: SpecChange, copy: string, environment: string): void {
  for (const { kind, name } of change) {
    if (kind === 'runtime-hook') writeFileSync(join(copy, hookFile), `${name}\n`);
    if (kind !== 'module-copy') continue;
    const [file] = globSync([`lib/python*/site-packages/${name}.py`, `Lib/site-packages/${name}.py`], { cwd: environment });
    if (file === undefined || !existsSync(join(environment, file))) throw new CannotHelp(`the build environment has no file ${name}.py`);
    mkdirSync(join(copy, copiesFolder), { recursive: true });
    copyFileSync(join(environment, file), join(copy, copiesFolder, `${name}.py`));
  }
}
