/** Whether a path or a name is one that a pattern names: `*` stands for anything up to the next `/`, `**` for anything. */
export function matchesGlob(text: string, pattern: string): boolean {
  const parts = pattern.split(/(\*\*\/?|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 's').test(text);
}

/** Whether a pattern names a path, or a folder in which it lies; `x/` and `x/**` name the folder x too. */
export function coversPath(pattern: string, path: string): boolean {
  const whole = pattern.replace(/\/(?:\*\*)?$/, '');
  return matchesGlob(path, whole) || matchesGlob(path, `${whole}/**`);
}

/** Whether a folder must be there before anything can be that a pattern names. */
export function leadsTo(pattern: string, folder: string): boolean {
  const [fixed = ''] = pattern.split('*');
  return fixed.startsWith(`${folder}/`);
}
