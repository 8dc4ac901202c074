import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { GoBuild } from './build-info.ts';
import type { GoModule } from './build-info.ts';

const folder = fileURLToPath(new URL('../../../fixtures/go-program/', import.meta.url));

/** What fixtures/go-program/build.sh makes. */
export const programs = [
  'linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64', 'windows-amd64.exe', 'stripped', 'greeter', 'tagged', 'modified',
] as const;

/** Whether those tests are to be skipped that need Go, and why; for vitest's `skip`. */
export const withoutGo = [
  spawnSync('go', ['version']).status !== 0, 'there is no Go on this machine to build programs and to compare with',
] as const;

export function programFile(name: (typeof programs)[number]): string {
  return join(folder, 'dist', name);
}

/** Makes the programs; does nothing when they are up to date or where there is no Go. */
export async function buildPrograms(): Promise<void> {
  await execa('bash', ['build.sh'], { cwd: folder, stdin: 'ignore' });
}

/** The lines of `go version -m`, or what it says of a file that is no Go program. */
export async function printedByGo(file: string): Promise<string[]> {
  const { stdout, stderr } = await execa('go', ['version', '-m', file], { reject: false });
  return `${stdout}${stderr}`.replace(`${file}: `, 'go\t').split('\n').map((line) => line.replace(/^\t/, '')).filter((line) => line !== '');
}

/** The same lines made of what was read, as Go's BuildInfo.String writes them. */
export function printed({ goVersion, path, main, dependencies, settings }: GoBuild): string[] {
  return [
    `go\t${goVersion}`,
    ...(path === undefined ? [] : [`path\t${path}`]),
    ...(main === undefined ? [] : moduleLines('mod', main)),
    ...dependencies.flatMap((module) => moduleLines('dep', module)),
    ...settings.map(([name, value]) => `build\t${quoted(name)}=${quoted(value)}`),
  ];
}

function moduleLines(word: string, { path, version, sum = '', replacedBy }: GoModule): string[] {
  if (replacedBy === undefined) return [`${word}\t${path}\t${version}\t${sum}`];
  return [`${word}\t${path}\t${version}`, ...moduleLines('=>', replacedBy)];
}

/** Alike for what the programs hold. */
function quoted(text: string): string {
  return /[ \t\r\n"`]/.test(text) ? JSON.stringify(text) : text;
}
