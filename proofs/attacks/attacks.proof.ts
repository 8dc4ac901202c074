import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { exitCode } from '../../harness/cli/exit-codes.ts';
import { argumentsOf, goodRelease, plainly, runGate, type Situation } from '../../harness/gate/situation.testing.ts';
import { artifactSituations } from '../../harness/gate/situations-artifact.testing.ts';
import { claimSituations } from '../../harness/gate/situations-claims.testing.ts';
import { contradictionSituations } from '../../harness/gate/situations-contradiction.testing.ts';
import { folderSituations } from '../../harness/gate/situations-folder.testing.ts';
import { promiseSituations } from '../../harness/gate/situations-promises.testing.ts';
import { regressionSituations } from '../../harness/gate/situations-regression.testing.ts';
import { releaseSituations } from '../../harness/gate/situations-release.testing.ts';
import { runSituations } from '../../harness/gate/situations-run.testing.ts';
import { trustSituations } from '../../harness/gate/situations-trust.testing.ts';
import { gateSchema } from '../../harness/model/gate.ts';
import { elfFile } from '../../harness/runtimes/native/headers.testing.ts';
import { asked } from '../support/asked.ts';
import { build, environment, root, run } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { drawn, seed } from '../support/seed.ts';
import { contractAttacks } from './contracts.ts';

// What an adversary does to an artifact, a contract or the reports of a release, by the real commands: each is refused, red or blocked with
// its own sentence, and the untouched one passes. Of a sample one attack on the gate in eight is made; its unit tests make all of them.

const { sample } = asked();
const reference = join(root, 'fixtures/agent-runner');
const good = join(reference, 'worker-contract.yaml');
const binary = join(reference, 'dist/agent-runner');
const limitMs = 120_000;

/** Another byte in the note of its compiler, which nothing reads. */
function changeNote(file: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('GCC: (');
  expect(at, 'the loader names its compiler').toBeGreaterThan(0);
  bytes.write('X', at + 'GCC: ('.length);
  writeFileSync(file, bytes);
}

async function frostgate(words: readonly string[], folder: string, signal: AbortSignal) {
  const args = ['--import', join(root, 'harness/preload.js'), join(root, 'harness/main.ts'), ...words];
  const env = environment(dirname(process.execPath));
  return await run(process.execPath, [...args, '--report-dir', join(folder, 'reports')], { env, timeoutMs: limitMs, signal });
}

describe('attacks', () => {
  beforeAll(async () => await build('agent-runner', AbortSignal.timeout(900_000)), 900_000);

  describe('on a contract', () => {
    test('the untouched one is read', async ({ folder, signal }) => {
      const { code, told } = await frostgate(['--contract', good, '--list-checks'], folder, signal);
      expect(code, told).toBe(exitCode.pass);
    });

    test.for(contractAttacks)('$name', async ({ says, ...attack }, { folder, signal }) => {
      const file = join(folder, 'worker-contract.yaml');
      const start = 'worker: agent-runner\ntemporal: { address: TEMPORAL_ADDRESS }\nregisters: { workflows: [W], activities: [a] }\n';
      writeFileSync(file, 'whole' in attack ? attack.whole : `${start}${attack.added}`);
      const { code, stderr, told } = await frostgate(['--binary', binary, '--contract', file, '--list-checks'], folder, signal);
      expect(code, told).toBe(exitCode.usage);
      expect(stderr, told).toMatch(/^error: [^\n]+$/);
      expect(stderr, told).toMatch(says);
    });
  });

  const artifacts: readonly { name: string; make: (file: string) => void; code: number; says: RegExp }[] = [
    { name: 'nothing', make: (file) => copyFileSync(binary, file), code: exitCode.pass, says: /all 1 check passed/ },
    { name: 'the last half is gone', make: (file) => {
      copyFileSync(binary, file);
      truncateSync(file, 30_000_000);
    }, code: exitCode.fail, says: /1 failed: artifact\.intact/ },
    { name: 'a folder where a file was promised', make: mkdirSync, code: exitCode.usage, says: /^error: / },
    { name: 'a named pipe', make: (file) => {
      execFileSync('mkfifo', [file]);
    }, code: exitCode.usage, says: /^error: .*file/ },
    { name: 'an empty file', make: (file) => writeFileSync(file, '', { mode: 0o755 }), code: exitCode.usage, says: /empty/ },
    { name: 'a script', make: (file) => writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 }), code: exitCode.usage, says: /script/ },
    { name: 'a file that may not be run', make: (file) => {
      copyFileSync(binary, file);
      execFileSync('chmod', ['-x', file]);
    }, code: exitCode.usage, says: /^error: .*chmod/ },
  ];
  describe('on an artifact', () => {
    test.for(artifacts)('$name', { timeout: limitMs }, async ({ make, code, says }, { folder, signal }) => {
      const file = join(folder, 'agent-runner');
      make(file);
      const ran = await frostgate(['--binary', file, '--contract', good, '--only', 'artifact.intact'], folder, signal);
      expect(ran.code, ran.told).toBe(code);
      expect(ran.stderr, ran.told).toMatch(says);
    });
  });

  const lastReleases: readonly { name: string; make: (file: string) => void; code: number; says: RegExp }[] = [
    { name: 'one that differs in a byte', make: (file) => {
      copyFileSync(binary, file);
      changeNote(file);
    }, code: exitCode.pass, says: /the file is unchanged, .*: pass/ },
    { name: 'the same file', make: (file) => copyFileSync(binary, file), code: exitCode.inconclusive,
      says: /has the same bytes as the executable itself, so nothing is decided between them: name the last release with --previous/ },
    { name: 'the last half is gone', make: (file) => {
      copyFileSync(binary, file);
      truncateSync(file, 30_000_000);
    }, code: exitCode.inconclusive, says: /the last release \(--previous\) is damaged, so nothing is decided beside it: / },
    { name: 'one of another platform', make: (file) => writeFileSync(file, elfFile({ machine: 183 }), { mode: 0o755 }),
      code: exitCode.usage, says: /^error: .* is a linux-arm64 executable, .*: name the last release for this machine with --previous/ },
    { name: 'a script', make: (file) => writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 }), code: exitCode.usage,
      says: /^error: .*script/ },
  ];
  describe.runIf(process.arch === 'x64')('on the last release', () => {
    test.for(lastReleases)('$name', { timeout: limitMs }, async ({ make, code, says }, { folder, signal }) => {
      const file = join(folder, 'last');
      make(file);
      const words = ['--binary', binary, '--previous', file, '--contract', good, '--only', 'artifact.size'];
      const ran = await frostgate(words, folder, signal);
      expect(ran.code, ran.told).toBe(code);
      expect(ran.stderr.replaceAll(/\s+/g, ' ').trim(), ran.told).toMatch(says); // lines of a terminal are broken
    });
  });

  const situations: readonly Situation[] = [
    ...artifactSituations, ...claimSituations, ...contradictionSituations, ...folderSituations, ...promiseSituations,
    ...regressionSituations, ...releaseSituations, ...runSituations, ...trustSituations,
  ];
  describe('on the gate', () => {
    test.for(situations.filter(({ name }) => !sample || drawn(seed, name) < 1 / 8))('$name', async ({ plant, blocks, exit }) => {
      using release = goodRelease();
      const args = (await plant(release)) ?? argumentsOf(release);
      const { code, stdout, stderr } = await runGate([...args, '--json'], { cwd: release.folder });
      const told = gateSchema.parse(JSON.parse(stdout)).blocks.map(({ kind, sentence }) => `${kind}: ${plainly(sentence, release)}`);
      expect({ told, code }, stderr).toEqual({ told: blocks, code: exit });
    });
  });
});
