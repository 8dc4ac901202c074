import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDotenv } from '../../../../baselines/baseline.ts';
import { parseContract } from '../../../../contract/load.ts';
import { smallText } from '../../../../contract/example.testing.ts';
import { inFolder } from '../real-bundles.testing.ts';
import { privateValues } from './private-values.ts';

test.each([
  'ANTHROPIC_API_KEY', 'GITHUB_TOKEN', 'DB_PASSWORD', 'PGPASSWORD', 'CLIENT_SECRET', 'APIKEY', 'token', 'AWS_SECRET_ACCESS_KEY',
])('%s is a name for a secret', (name) => {
  expect(privateValues({ [name]: 'abc12345XYZ' })).toEqual([{ name, value: 'abc12345XYZ' }]);
});

test.each(['TOKENIZER', 'MAX_TOKENS', 'KEYBOARD', 'SSH_KEY_FILE', 'SECRET_NAME', 'MODEL', 'AWS_ACCESS_KEY_ID'])('%s is none', (name) => {
  expect(privateValues({ [name]: 'abc12345XYZ' })).toEqual([]);
});

test.each([
  '', 'password', 'test-key', 'changeme', '12345678', 'aaaaaaaaaaaaaaaaaaaaa1', 'abc123',
])('%j may stand anywhere by chance', (value) => {
  expect(privateValues({ A_KEY: value })).toEqual([]);
});

test('what the contract calls secret is one, whatever its name; the values come from .env', async () => {
  const { environment } = parseContract(`${smallText}environment: { DSN: { secret: true }, MODE: {} }\n`, 'c');
  await inFolder(async (folder) => {
    expect(await readDotenv(folder)).toEqual({});
    await writeFile(join(folder, '.env'), '# mine\nexport ' +
      'DSN="postgres://u:p@h/db"\nMODE=something-long-1\nSPARE_KEY=\'abc12345XYZ\'\nUNSET_KEY=\n');
    expect(privateValues(await readDotenv(folder), environment)).toEqual([
      { name: 'DSN', value: 'postgres://u:p@h/db' }, { name: 'SPARE_KEY', value: 'abc12345XYZ' },
    ]);
  });
});
