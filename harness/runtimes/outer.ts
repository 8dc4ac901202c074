import { stat } from 'node:fs/promises';
import { libc } from '../system/processes/libc-linux.ts';
import type { Oddity } from './bundle.ts';

/** Of inode(7): set user ID, set group ID, writable by others. */
const unsafeModes = [
  [0o4000, 'runs as its owner (setuid)'], [0o2000, 'runs as its group (setgid)'], [0o002, 'may be written by everyone'],
] as const;

/** What a system labels files with by itself. */
const ownAttributes = /^security\.(?:selinux|ima|evm|SMACK64)/;

/** What is unusual about a file beside its contents: its permissions and its extended attributes, where the system tells them. */
export async function outerOddities(file: string): Promise<Oddity[]> {
  const { mode } = await stat(file);
  const octal = (mode & 0o7777).toString(8);
  const unsafe = unsafeModes.filter(([bit]) => process.platform !== 'win32' && (mode & bit) !== 0);
  const attributes = (libc?.attributes(file) ?? []).filter((name) => !ownAttributes.test(name));
  return [
    ...unsafe.map(([, what]): Oddity => ({ kind: 'unsafe-mode', sentence: `its mode ${octal} says that it ${what}` })),
    ...attributes.map((name): Oddity => ({
      kind: 'extended-attribute', subject: name, sentence: `it has the extended attribute ${JSON.stringify(name)}, which no archive keeps`,
    })),
  ];
}
