import { expect, test } from 'vitest';
import type { FrozenBundle } from '../../bundle.ts';
import type { Secret } from '../../../system/redact.ts';
import { examine } from '../examine.ts';
import { inFolder, readReference, readSabotaged } from './real-bundles.testing.ts';
import { compiled, writtenBundle } from './written-bundle.testing.ts';

const random = (length: number) => Array.from({ length }, (_, index) => 'k7Qz2Rm9XwB4nVt6Yp3LsD8fHgJ5cA1e'[(index * 7) % 32]).join('');
const frozenSecrets = async (bundle: FrozenBundle, values?: readonly Secret[]) => (await examine(bundle, { values })).secrets;
const anthropic = `sk-ant-api03-${random(80)}`;

test.each(['agent-runner', 'honest'])('%s holds none', async (name) => {
  expect(await frozenSecrets(name === 'honest' ? await readSabotaged(name) : await readReference())).toEqual([]);
});

test('the variant with somebody\'s .env: what it is and where, and never the key', async () => {
  const facts = await frozenSecrets(await readSabotaged('with-secret'));
  expect(facts).toEqual([
    { kind: 'secret', args: { what: 'a set of environment variables', where: '.env' }, line: '.env holds a set of environment ' +
      'variables', names: ['file:.env'] },
    { kind: 'secret', args: { what: 'an Anthropic API key', where: '.env' }, line: '.env holds an Anthropic API key (93 characters, ' +
      'begins with sk-a)', names: ['file:.env'] },
  ]);
  expect(JSON.stringify(facts)).not.toContain('0123456789');
});

test.each([
  ['short key, whose length is a letter in marshalled code', `sk-ant-${random(101)}`],
  ['long key', `sk-proj-${random(300)}`],
])('a key in the code of a module: a %s', async (_, key) => {
  await inFolder(async (folder) => {
    const facts = await frozenSecrets(await writtenBundle(folder, {}, { 'app.settings': await compiled(`KEY = ${JSON.stringify(key)}`) }));
    expect(facts).toMatchObject([{ args: { where: 'module app.settings' }, line: expect.stringContaining(`(${key.length} characters, ` +
      'begins with sk-'), names: ['module:app.settings'] }]);
    expect(JSON.stringify(facts)).not.toContain(random(20));
  });
});

test('values that are somebody\'s own are found wherever they stand, and named by their variable alone', async () => {
  await inFolder(async (folder) => {
    const bundle = await writtenBundle(
      folder, { 'config.yaml': 'password: "größe-Zwölf-77"\n' }, { 'app.db': await compiled('KEY = "postgres://u:größe-Zwölf-77@h"') },
    );
    expect((
      await frozenSecrets(bundle, [{ name: 'DB_PASSWORD', value: 'größe-Zwölf-77' }, { name: 'OTHER_KEY', value: 'not-inside-12345' }])
    ).map(({ line }) => line)).toEqual([
      'config.yaml holds the value of DB_PASSWORD (14 characters)',
      'module app.db holds the value of DB_PASSWORD (14 characters)',
    ]);
  });
});

test('one that lies across the windows of a large file is found; so is one in a name, which is not repeated', async () => {
  await inFolder(async (folder) => {
    const large = Buffer.concat([Buffer.alloc(999_950, ' '), Buffer.from(anthropic), Buffer.alloc(50_000, ' ')]);
    const bundle = await writtenBundle(folder, { 'large.bin': large, [`${anthropic}.txt`]: anthropic });
    const facts = await frozenSecrets(bundle);
    expect(facts.map(({ args }) => args)).toEqual(
      ['large.bin', 'what is called like a secret itself'].map((where) => ({ what: 'an Anthropic API key', where })),
    );
    expect(JSON.stringify(facts)).not.toContain(random(20));
  });
});

test('twenty are told and the rest counted; damage is left to what reads every byte', async () => {
  await inFolder(async (folder) => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.txt`, anthropic]));
    const bundle = await writtenBundle(folder, files);
    const facts = await frozenSecrets({
      ...bundle, entries: bundle.entries.map((entry, index) => (index === 0 ? { ...entry, sizeBytes: 3 } : entry)),
    });
    expect(facts).toHaveLength(20);
    expect(facts.at(-1)?.line).toMatch(/; and 9 more like it$/);
  });
});
