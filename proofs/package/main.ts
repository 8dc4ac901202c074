import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { Signals } from '../../harness/cli/signals.ts';
import { messageOf } from '../../harness/model/errors.ts';
import { casesFor, type Case } from './cases.ts';
import { preparePlace, root } from './place.ts';

// npm run package: packs the package, installs it in an empty folder, and there does with it what other projects do, with
// Node 22 and Node 24. Needs npm's registry, and builds the executables that it verifies when they are not there.

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function build(project: string, binary: string): Promise<void> {
  if (existsSync(join(root, project, 'dist', binary))) return;
  await execa(
    'bash', [join(root, project, 'build.sh')], { stdout: 'ignore', stderr: 'inherit', stdin: 'ignore', cancelSignal: signals.aborted },
  );
}

/** Returns whether it holds. */
async function holds({ name, test }: Case): Promise<boolean> {
  const startMs = performance.now();
  const failure = await test().then(
    () => undefined,
    (error: unknown) => messageOf(error),
  );
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  say(`${failure === undefined ? 'ok  ' : 'FAIL'} ${seconds.padStart(5)} s  ${name}`);
  if (failure !== undefined) say(failure.replaceAll(/^/gm, '       '));
  return failure === undefined;
}

using signals = new Signals();
const folder = await mkdtemp(join(await realpath(tmpdir()), 'frostgate-package-'));
let passed = 0;
let failed = 0;
try {
  await build('fixtures/agent-runner', 'agent-runner');
  await build('fixtures/sabotaged', 'wrong-result');
  say('packing, and installing in an empty folder');
  const place = await preparePlace(folder, signals.aborted);
  for (const step of casesFor(place, signals.aborted)) {
    if (signals.aborted.aborted) break;
    if (await holds(step)) passed += 1;
    else failed += 1;
  }
} catch (error) {
  say(`FAIL it cannot be packed or installed: ${messageOf(error)}`);
  failed += 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`package: ${passed} passed, ${failed} failed\n`);
process.exitCode = signals.exitCode ?? (failed > 0 ? 1 : 0);
