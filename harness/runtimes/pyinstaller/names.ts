import type { Oddity } from '../bundle.ts';

/** A name as it can be shown: quoted, control characters escaped, cut after 200 characters. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}

/** What is wrong with the name of a file that is extracted; it is only ever shown, never used as a path. */
export function nameOddity(name: string): Oddity | undefined {
  const odd = (kind: Oddity['kind'], what: string): Oddity => ({ kind, subject: name, sentence: `the name ${shown(name)} ${what}` });
  if (name === '') return odd('unclear-name', 'is empty');
  if (isAbsolute(name)) return odd('escaping-name', 'is absolute: extracting it would write outside the bundle');
  if (name.split('/').includes('..')) return odd('escaping-name', 'has ".." in it: extracting it would write outside the bundle');
  if (name.includes('\\')) return odd('unclear-name', 'has a backslash in it, which only Windows bundles have');
  return hasControl(name) ? odd('unclear-name', 'has control characters in it') : undefined;
}

/** What is wrong with where a link points, seen from its own folder. */
export function linkOddity(name: string, target: string): Oddity | undefined {
  let level = name.split('/').length - 1;
  const steps = target.split('/').map((part) => (part === '..' ? -1 : part === '.' || part === '' ? 0 : 1));
  const escapes = isAbsolute(target) || steps.some((step) => (level += step) < 0);
  return escapes ? { kind: 'escaping-link', subject: name, sentence: `the link ${shown(name)} leads out of the bundle, to ` +
    shown(target) } : undefined;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:/.test(path);
}

function hasControl(name: string): boolean {
  return Array.from(name).some((character) => character < ' ' || character === '\x7F' || character === '\uFFFD');
}
