import { existsSync } from 'node:fs';
import type { Bundle, Oddity } from '../harness/runtimes/bundle.ts';
import { damagedMembers } from '../harness/runtimes/damaged.ts';
import { runtimeOf } from '../harness/runtimes/registry.ts';
import { CheckFailed } from '../harness/model/errors.ts';
import { shortLine } from '../harness/model/text.ts';
import { machinePlatform, platformId } from '../harness/system/platform.ts';
import { beginRecording } from '../harness/stage/compared.ts';
import { mustBeNone } from '../harness/stage/must-be-none.ts';
import { contentsOf, subject } from '../harness/stage/frozen.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { mustHold } from '../harness/stage/regression/judge-regression.ts';
import { sizeBesidePrevious } from '../harness/stage/regression/size.ts';
import { failingInTurn } from '../harness/stage/together.ts';
import { ask, type Answer } from '../harness/stage/ask.ts';

/** What is unusual and breaks nothing: whoever ships it should know. */
const toldOnly: ReadonlySet<Oddity['kind']> = new Set(['unsafe-mode', 'extended-attribute', 'foreign-section', 'appended-bytes']);

check('artifact.format', async ({ run, note, compares, use }) => {
  compares(1, 'file');
  const { format, damage, freezer } = run.identity;
  if (damage !== undefined) {
    throw new CheckFailed(damage, {
      expected: 'a whole executable',
      got: damage,
      remedy: 'build or download the file again; do not strip, patch or compress it after the build',
    });
  }
  const made = freezer === undefined ? `${format}, made by no freezer that frostgate knows` : `${format}, ${freezer}`;
  const unusual = (await use(subject)).bundle?.oddities.filter(({ kind }) => toldOnly.has(kind)) ?? [];
  note([made, ...unusual.map(({ sentence }) => sentence)].join('; '));
});

check('artifact.architecture', async ({ run, use, note, compares }) => {
  const { platforms, format } = run.identity;
  compares(1, 'file');
  if (format === 'zip') return note('a Python program in a zip file, for every platform that has its interpreter');
  if (!platforms.includes(platformId())) {
    throw new CheckFailed(
      `it is made for ${platforms.join(', ') || 'no known platform'}`, { expected: platformId(), got: platforms.join(', ') },
    );
  }
  const absent = machinePlatform() === platformId() ? absentInterpreter((await use(subject)).bundle) : undefined;
  if (absent !== undefined) {
    const library = absent.includes('musl') ? 'musl, another C library than this system has' : 'the C library of another system';
    throw new CheckFailed(`its program interpreter ${absent} is not on this machine, so that nothing can start it: it is linked with ` +
      library, {
      expected: 'a program interpreter of this system, or none', got: absent,
      remedy: "link it with the C library of the systems that it is for (musl is Alpine's), or statically; Go does with CGO_ENABLED=0",
    });
  }
  compares(platforms.length, 'platforms');
  note(platforms.join(', '));
});

/** The program that the kernel starts in place of an ELF file, where the file names one that is not there. */
function absentInterpreter(bundle: Bundle | undefined): string | undefined {
  const interpreter = bundle?.images.find(({ platform }) => platform === platformId())?.interpreter;
  return interpreter === undefined || existsSync(interpreter) ? undefined : shortLine(interpreter, 200);
}

check('artifact.size', (context) => failingInTurn(
  async () => judgeSize(context), async () => await mustHold(await sizeBesidePrevious(context), context),
));

function judgeSize({ run, value, compares }: CheckContext): void {
  compares(1, 'file');
  const limitBytes = (run.contract?.budgets.sizeMb ?? 100) * 1_000_000;
  const { sizeBytes } = run.identity;
  value(sizeBytes, 'bytes', limitBytes);
  if (sizeBytes > limitBytes) {
    throw new CheckFailed(`it has ${(sizeBytes / 1e6).toFixed(1)} MB, the limit is ${(limitBytes / 1e6).toFixed(1)} MB`, {
      expected: `at most ${(limitBytes / 1e6).toFixed(1)} MB`,
      got: `${(sizeBytes / 1e6).toFixed(1)} MB (${((sizeBytes - limitBytes) / 1e6).toFixed(1)} MB too much)`,
      remedy: [runtimeOf(run.identity.runtime).words.smaller, 'or raise budgets.sizeMb in the contract'].filter(Boolean).join(', '),
    });
  }
}

check('artifact.intact', async (context) => {
  beginRecording(context);
  const { named, identity } = context.run;
  const what = { one: 'it is damaged', many: 'members are damaged', expected: 'every member inflates to its length, with the right ' +
    'checksum, and what Python starts with is there' };
  mustBeNone(context, damagedMembers(named, (await context.use(subject)).problems), what);
  const [bundle, { compare }] = [await contentsOf(context), runtimeOf(identity.runtime)];
  context.compares(bundle.kind === 'opaque' ? 1 : bundle.entries.length + bundle.modules.length, 'members');
  if (bundle.kind !== 'opaque' && compare !== undefined) mustBeNone(context, (await compare()).lostMembers(bundle), what);
}, { concurrent: true });

check('artifact.version', async ({ run, use, evidence, note, signal, value, compares }) => {
  const answer = await ask({ run, use }, 'version', signal);
  compares(1, 'answer');
  evidence('what it printed', 'version.txt', answer.text);
  value(Math.round(answer.exit.atMs), 'ms');
  const expected = run.contract?.version;
  const printed = versionIn(answer.stdout);
  if (printed === undefined && versionIn(answer.text) !== undefined) {
    throw new CheckFailed('it prints its version on stderr, not on stdout', {
      expected: `${expected ?? 'a version number'} on stdout`,
      got: answer.text.trim(),
      remedy: 'print the version to stdout: what asks for it, $(… --version), reads nothing else',
    });
  }
  if (printed === undefined || (expected !== undefined && printed !== expected)) {
    throw new CheckFailed(`it prints "${firstLine(answer)}"`, {
      expected: expected ?? 'a version number',
      got: answer.text.trim(),
      remedy: ['bump the version before the build', runtimeOf(run.identity.runtime).words.version].filter(Boolean).join('; '),
    });
  }
  const { builtAs = printed } = run.identity;
  // What stands behind a + says which build of a version it is (semver.org, "Build metadata").
  if (builtAs !== printed && builtAs !== printed.split('+')[0]) {
    throw new CheckFailed(`it prints ${printed}, but was built from the tag v${builtAs}, as its build info says`, {
      expected: `one version, ${printed}`,
      got: `v${builtAs} in its build info`,
      remedy: 'build it from the commit that is released, and stamp the version that its tag has',
    });
  }
  note(firstLine(answer));
}, { concurrent: true });

const firstLine = ({ stdout }: Answer): string => stdout.trim().split('\n')[0] ?? '';

check('artifact.help', async ({ run, use, evidence, signal, compares }) => {
  const answer = await ask({ run, use }, 'help', signal);
  compares(1, 'answer');
  evidence('what it printed', 'help.txt', answer.text);
  if (answer.text.trim() === '' || /^Traceback \(most recent call last\)/m.test(answer.text)) {
    throw new CheckFailed('it prints no help', { expected: 'a usage text', got: answer.text.trim() || 'nothing' });
  }
}, { concurrent: true });

/**
 * The first thing in a text that looks like a version: a digit with a dot behind it, whatever stands before ("x/1.0", "v1.0",
 * "version=1.0").
 */
function versionIn(text: string): string | undefined {
  return /(?<![\w.])v?(\d+\.[\w.+-]*\w)/.exec(text)?.[1];
}
