import { readFileSync } from 'node:fs';
import type { LockedEntry } from './lock.ts';

const name = /^[A-Za-z0-9][\w.-]*/;

/** Whether pip would demand a hash for every package of this file. */
export function isHashed(file: string): boolean {
  return file.endsWith('.txt') && readFileSync(file, 'utf8').includes('--hash=');
}

/**
 * The requirements of a file that fixes each by `==` or by its address, with hashes or without; undefined where one of them leaves a
 * choice, so that nothing is locked.
 */
export function readRequirements(text: string): LockedEntry[] | undefined {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/).map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
  const entries = lines.filter((line) => line !== '' && !line.startsWith('-')).map(entryOf);
  return entries.length === 0 || entries.includes(undefined) ? undefined : entries.filter((entry) => entry !== undefined);
}

function entryOf(line: string): LockedEntry | undefined {
  const rest = line.replace(name, '').replace(/^\s*\[[^\]]*\]/, '').trim();
  const version = /^={2,3}\s*(?<version>[^\s;,*]+)\s*(?:;|\s--|$)/.exec(rest)?.groups?.['version'];
  if (version === undefined && !rest.startsWith('@')) return undefined;
  return { name: name.exec(line)?.[0] ?? line, version, groups: ['main'] };
}
