import { nearest } from './nearest.ts';

/** A placeholder in a text, closed or not: only dotted names are, so that JSON and format strings stay as they are. */
const placeholder = /\{([A-Za-z][\w-]*(?:\.[\w-]+)+)(\}?)/g;

/** What the names of placeholders begin with. */
export const placeholderRoots = ['temporal', 'queue', 'service', 'port', 'room', 'file'] as const;

/** The names of the placeholders of a text, each as often as it stands there. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}

/** The text with every placeholder replaced that stands for something. */
export function fillIn(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replaceAll(placeholder, (all, name: string) => valueOf(name) ?? all);
}

/** The same over every text of a value. */
export function fillAll(value: unknown, valueOf: (name: string) => string | undefined): unknown {
  if (typeof value === 'string') return fillIn(value, valueOf);
  if (Array.isArray(value)) return value.map((item) => fillAll(item, valueOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillAll(item, valueOf)]));
}

/**
 * One sentence for each placeholder of a text that stands for nothing. In the text of a file, which may have braces of its own, it must
 * begin like one (`own`).
 */
export function placeholderProblems(text: string, known: readonly string[], own: 'every' | 'ours' = 'every'): string[] {
  return [...text.matchAll(placeholder)].flatMap(([all, name = '', end]) => {
    const [root = ''] = name.split('.');
    if (own === 'ours' && nearest(root, placeholderRoots) === undefined) return [];
    if (end === '') return [`"${all}" is not closed: write ${all}}`];
    // A port has whatever name the contract gives it.
    if (known.includes(name) || /^port\.[\w-]+$/.test(name)) return [];
    const meant = nearest(name, known);
    if (meant !== undefined) return [`unknown placeholder ${all}; did you mean {${meant}}?`];
    const alike = known.filter((each) => each.startsWith(`${root}.`));
    return [`unknown placeholder ${all}; known are ${(alike.length > 0 ? alike : known).map((each) => `{${each}}`).join(', ')}`];
  });
}
