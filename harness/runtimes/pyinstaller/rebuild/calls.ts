import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A call of PyInstaller in a text: a word of a shell line, a word of its own in a list, or its own function. What stands after it is the
 * place for options.
 */
const forms = [
  { pattern: /(?<![\w.])(?:[\w.$(){}~-]*[/\\])*pyinstaller(?:\.exe)?(?=\s|$)/g, quoted: false },
  { pattern: /-m[ \t]+PyInstaller(?=\s|$)/g, quoted: false },
  { pattern: /(?:(["'])(?:[^"'\n]*[/\\])?pyinstaller(?:\.exe)?\1|(["'])-m\2\s*,\s*(["'])PyInstaller\3)(?=\s*[,\]])/g, quoted: true },
  { pattern: /PyInstaller\.__main__\.run\(\s*\[/g, quoted: true },
] as const;

/** What only speaks of it: `pip install pyinstaller`, `command -v pyinstaller`, a comment. */
const mention =
  /(?:\b(?:install|add|which|echo|printf|import|sync|show|say)\b|-v\s|^\s*@?#|#\s)[^;&|]*$|--(?:with|workpath|distpath|specpath)[= ]+$/;

/** Whether a text calls PyInstaller. */
export function callsFreezer(text: string): boolean {
  return withOptions(text, ['x']) !== text;
}

/** The text with more options at every call of PyInstaller in it. */
export function withOptions(text: string, options: readonly string[]): string {
  const lines = text.split('\n');
  return lines.map((line) => forms.reduce((changed, { pattern, quoted }) => changed.replaceAll(pattern, (...match) => {
    const [call] = match;
    const at = Number(match.find((part) => typeof part === 'number'));
    if (mention.test(changed.slice(0, at))) return call;
    if (!quoted) return `${call} ${options.join(' ')}`;
    const list = options.map((option) => JSON.stringify(option.replace(/^"(.*)"$/, '$1'))).join(', ');
    return call.endsWith('[') ? `${call}${list}, ` : `${call}, ${list}`;
  }), line)).join('\n');
}

/** The spec files that a text names, as it names them. */
export function specsIn(text: string): string[] {
  return Array.from(text.matchAll(/[^\s"'=(),;:]+\.spec(?![\w.])/g), ([name]) => name);
}

const scriptBytes = 200_000;

/** The scripts of the project that a command runs, relative to it; what calls PyInstaller itself names sources, not scripts. */
export function scriptsOf(text: string, project: string): string[] {
  const lines = text.split('\n').filter((line) => !callsFreezer(line));
  const words = lines.join('\n').match(/[^\s"'`=(),;:&|<>]+/g) ?? [];
  return [...new Set(words.map((word) => word.replace(/^@?-?(?:\.\/)?/, '')))].filter((word) => isScript(join(project, word)));
}

function isScript(file: string): boolean {
  try {
    const { size } = statSync(file);
    return !/\.(?:spec|toml|txt|md|lock|ya?ml|json)$/.test(file) && size <= scriptBytes && !readFileSync(file, 'latin1').includes('\0');
  } catch {
    return false;
  }
}
