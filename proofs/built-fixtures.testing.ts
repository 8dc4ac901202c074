import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

async function build(name: string): Promise<void> {
  await execa('bash', ['build.sh'], {
    cwd: fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url)), stdin: 'ignore', stdout: 'ignore', stderr: 'inherit',
  });
}

/**
 * Before the unit tests: the executables that many of them read. Does nothing when they are up to date; about two minutes on a new
 * machine.
 */
export default async function buildFixtures(): Promise<void> {
  await build('agent-runner');
  await Promise.all([build('bundles'), build('sabotaged'), build('go-program')]);
}
