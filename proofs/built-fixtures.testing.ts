import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/**
 * Before the unit tests: the executables that many of them read. Does nothing when they are up to date; about three minutes on a new
 * machine.
 */
export default async function buildFixtures(): Promise<void> {
  for (const name of ['agent-runner', 'bundles', 'sabotaged', 'go-program']) {
    await execa('bash', ['build.sh'], {
      cwd: fileURLToPath(new URL(`../fixtures/${name}/`, import.meta.url)), stdin: 'ignore', stdout: 'ignore', stderr: 'inherit',
    });
  }
}
