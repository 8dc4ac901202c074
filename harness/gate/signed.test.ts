import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { freshReport, withCheck } from './sample.testing.ts';
import { argumentsOf, decided, goodRelease, runGate, told } from './situation.testing.ts';
import { keyPair, signAll, signed } from './signed.testing.ts';

const platforms = ['linux-amd64', 'linux-arm64', 'darwin-arm64'];

/** A good release, signed with a key that is made for it. */
async function signedRelease() {
  const release = goodRelease();
  onTestFinished(() => release[Symbol.dispose]());
  const { pem, privateKey } = keyPair();
  await signAll(release, platforms, privateKey);
  const trust = ['--require-signed', '--trusted-key', release.file('release.pub', pem)];
  const decide = async () => {
    const gate = await decided(argumentsOf(release, { more: trust }));
    return { gate, ...told(gate, release) };
  };
  return { release, privateKey, decide, bundle: release.path('reports/linux-arm64/test-result.sigstore.json') };
}

const start = 'unsigned: linux-arm64: its report has no signature that counts: ';
const end = '. Sign the test result that the verification wrote, where it was written.';

test('signed with the key that is trusted: it passes, and says whose key', async () => {
  const { decide } = await signedRelease();
  const { gate, blocks, exit } = await decide();
  expect({ blocks, exit }).toEqual({ blocks: [], exit: 0 });
  expect(gate.platforms.map(({ report }) => report?.signedBy)).toEqual(Array.from({ length: 3 }, () => (
    expect.stringMatching(/^the key sha256:[0-9a-f]{64}$/)
  )));
  expect(gate.notChecked.filter((sentence) => sentence.includes('believed'))).toEqual([]);
});

test('signed with another key', async () => {
  const { release, bundle, decide } = await signedRelease();
  const statement = readFileSync(release.path('reports/linux-arm64/test-result.json'));
  writeFileSync(bundle, await signed(statement, keyPair().privateKey));
  expect(await decide()).toMatchObject({ blocks: [`${start}the signature does not hold: signature verification failed${end}`], exit: 1 });
});

test('a report that was written anew after it was signed, with all that stands beside it', async () => {
  const { release, decide, bundle } = await signedRelease();
  const before = readFileSync(bundle);
  release.report('linux-arm64', withCheck(freshReport('linux-arm64'), 'startup.ready', { note: 'nothing was wrong' }));
  writeFileSync(bundle, before);
  expect(await decide()).toMatchObject({ blocks: [`${start}what is signed is about another report.json${end}`], exit: 1 });
});

test('a signed report of an executable that was changed afterwards', async () => {
  const { release, decide } = await signedRelease();
  release.file('dist/agent-runner-linux-arm64', Buffer.concat([readFileSync(release.path('dist/agent-runner-linux-arm64')), Buffer.of(0)]));
  const { blocks, exit } = await decide();
  expect({ kinds: blocks.map((block) => block.slice(0, block.indexOf(':'))), exit }).toEqual({ kinds: ['stale'], exit: 1 });
});

test('an older report that was signed is handed over again, with its own signature', async () => {
  const { release, privateKey, decide } = await signedRelease();
  const old = freshReport('linux-arm64', '0.9.0');
  release.report('linux-arm64', { ...old, platform: { ...old.platform, commit: 'f'.repeat(40) } });
  await signAll(release, ['linux-arm64'], privateKey);
  const { blocks, exit } = await decide();
  expect(blocks.some((block) => block.startsWith('stale: linux-arm64: its report is about commit'))).toBe(true);
  expect(exit).toBe(1);
});

test("the signature of another platform's report", async () => {
  const { release, decide, bundle } = await signedRelease();
  copyFileSync(release.path('reports/linux-amd64/test-result.sigstore.json'), bundle);
  expect(await decide()).toMatchObject({ blocks: [`${start}what is signed is about another report.json${end}`], exit: 1 });
});

test.each([
  ['nothing is signed', '', 'test-result.sigstore.json: it is empty'],
  ['something else lies there', '{}', 'the signature does not hold: '],
])('%s', async (_, text, why) => {
  const { decide, bundle } = await signedRelease();
  writeFileSync(bundle, text);
  const { blocks, exit } = await decide();
  expect(blocks).toHaveLength(1);
  expect(blocks[0]?.slice(0, `${start}${why}`.length)).toBe(`${start}${why}`);
  expect(exit).toBe(1);
});

test('a signed text that is no test result, and one of another kind', async () => {
  const { privateKey, decide, bundle } = await signedRelease();
  writeFileSync(bundle, await signed(Buffer.from('{"_type":"x"}'), privateKey));
  expect(await decide()).toMatchObject({ blocks: [`${start}what is signed is no in-toto test result${end}`] });
  writeFileSync(bundle, await signed(Buffer.from('hello'), privateKey, 'text/plain'));
  expect(await decide()).toMatchObject({ blocks: [`${start}what is signed is of another type${end}`] });
});

test.each([
  [['--require-signed'], /--require-signed needs to know whose signatures count: give the public key/],
  [['--trusted-key', 'release.pub'], /--trusted-key says whose signatures count, and none is required; add --require-signed/],
  [['--require-signed', '--trusted-root', 'release.pub'], /--trusted-root believes whoever has a certificate of it; say who signs/],
  [['--require-signed', '--trusted-key', 'release.pub', '--signer', 'me'], /--signer is the identity in a certificate/],
  [['--require-signed', '--trusted-key', 'worker-contract.yaml'], /worker-contract\.yaml: it is no public key in PEM/],
  [['--require-signed', '--trusted-key', 'absent.pub'], /absent\.pub cannot be read: /],
  [['--require-signed', '--trusted-root', 'worker-contract.yaml', '--signer', 'me'], /it is no trusted root of Sigstore .*cosign/],
])('%j is refused in one sentence', async (more, message) => {
  const { release } = await signedRelease();
  const { code, stderr } = await runGate(argumentsOf(release, { more }), { cwd: release.folder });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
