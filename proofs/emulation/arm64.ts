import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { Signals } from '../../harness/cli/signals.ts';
import { messageOf } from '../../harness/model/errors.ts';
import { root } from '../support/command.ts';
import { armRoot } from './debian.ts';
import { frozenOnArm } from './frozen.ts';
import { lacking, wordsOnArm } from './verify-on-arm.ts';

// npm run arm64 -- [small-worker|agent-runner] [frostgate's options]
//   npm run arm64 -- small-worker --profile quick
// Freezes a worker of fixtures for linux-arm64 and verifies it under QEMU, on linux-amd64. Needs apt (Debian 12), unshare, python3 with
// pip, and Linux 6.7; fetches the rest once. What it makes lies in frostgate's cache folder; nothing is installed.

const lastLines = 20;
const say = (text: string): void => void process.stderr.write(`arm64: ${text}\n`);

async function main([first, ...rest]: readonly string[], signal: AbortSignal): Promise<number> {
  const isNamed = first !== undefined && !first.startsWith('-');
  const worker = isNamed ? first : 'small-worker';
  const options = isNamed || first === undefined ? rest : [first, ...rest];
  const source = join(root, 'fixtures', worker);
  if (!existsSync(join(source, `${worker}.spec`))) throw new Error(`${worker} is no worker of fixtures: small-worker or agent-runner`);
  const why = await lacking(signal);
  if (why !== undefined) throw new Error(`it cannot run here: ${why}`);
  say('the arm64 packages and QEMU');
  const arm = await armRoot(signal);
  say(`${worker}, frozen for linux-arm64`);
  const folder = await frozenOnArm(worker, arm, signal);
  const contract = join(source, 'worker-contract.yaml');
  const [command, ...words] = wordsOnArm(arm, { folder, executable: worker, contract, options });
  const { exitCode } = await execa(command, words, { stdio: 'inherit', reject: false, cancelSignal: signal, forceKillAfterDelay: 20_000 });
  return exitCode ?? 3;
}

using signals = new Signals();
try {
  process.exitCode = await main(process.argv.slice(2), signals.aborted);
} catch (error) {
  // Of a tool that failed the last lines tell why.
  if (signals.received === undefined) say(`error: ${messageOf(error).split('\n').slice(-lastLines).join('\n')}`);
  process.exitCode = 2;
}
if (signals.exitCode !== undefined) process.exitCode = signals.exitCode;
