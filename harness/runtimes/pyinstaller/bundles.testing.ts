import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The folder that fixtures/bundles/build.sh fills, and what it makes there; those of other systems can be read, not run. */
export const bundlesFolder: string = fileURLToPath(new URL('../../../fixtures/bundles/dist/', import.meta.url));

/** Archives around the real bootloaders of other systems and of an older PyInstaller. */
export const synthesised = [
  'windows-amd64.exe', 'windows-amd64-signed.exe', 'linux-arm64', 'linux-arm64-appended', 'darwin-amd64', 'darwin-arm64',
  'darwin-universal',
  'linux-386', 'linux-s390x', 'linux-amd64-musl', 'linux-amd64-5.13',
].map((name) => join(bundlesFolder, name));

/** One small program in the forms that this machine's PyInstaller has. */
export const built = ['one-file', 'one-dir/one-dir', 'flat/flat', 'beside/beside'].map((name) => join(bundlesFolder, name));

const reference = fileURLToPath(new URL('../../../fixtures/agent-runner/', import.meta.url));

/** The large real executable. Throws, with what to do, when it was not built. */
export function referenceExecutable(): string {
  const file = join(reference, 'dist/agent-runner');
  if (!existsSync(file)) throw new Error('fixtures/agent-runner/dist/agent-runner is missing; build it with: ' +
    'fixtures/agent-runner/build.sh');
  return file;
}

/** Makes the executables to read, which does nothing when they are up to date; about 30 s the first time. */
export async function buildBundles(): Promise<void> {
  await execa('bash', ['build.sh'], { cwd: join(bundlesFolder, '..'), stdin: 'ignore' });
}

/** Runs the Python that has PyInstaller. */
export async function runPython(args: readonly string[], input = ''): Promise<string> {
  const python = [join(reference, '.venv/bin/python'), join(reference, '.venv/Scripts/python.exe')].find(existsSync);
  if (python === undefined) throw new Error('fixtures/agent-runner/.venv is missing; make it with: fixtures/agent-runner/build.sh install');
  return (await execa(python, args, { input, maxBuffer: 100_000_000 })).stdout;
}

/** What one call took in a process of its own: CPU time of all threads, peak memory above that of a process that does nothing. */
export type Cost = { readonly result: unknown; readonly cpuMs: number; readonly peakBytes: number };

/** Calls a function of this folder with a file, in a process of its own: the test runner's own threads share one. */
export async function costOf(module: string, name: string, file: string): Promise<Cost> {
  const url = new URL(module, import.meta.url).href;
  const call = `const { ${name} } = await import(${JSON.stringify(url)});
    result = await ${name}(${JSON.stringify(file)}).then((value) => (value.problems ?? value.kind), (error) => error.message);`;
  const run = async (code: string) => {
    const script = `let result; ${code}
      const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
      console.log(JSON.stringify({ result, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: maxRSS * 1024 }));`;
    const output: Cost = JSON.parse((await execa(process.execPath, ['--input-type=module', '-e', script])).stdout);
    return output;
  };
  const [idle, busy] = [await run(''), await run(call)];
  return { result: busy.result, cpuMs: busy.cpuMs - idle.cpuMs, peakBytes: busy.peakBytes - idle.peakBytes };
}
