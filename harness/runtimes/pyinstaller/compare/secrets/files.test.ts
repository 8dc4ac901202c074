import { expect, test } from 'vitest';
import { secretFile } from './files.ts';

test.each([
  ['.env', 'A=1'], [
    'app/.env.production', 'export A="x"\n',
  ], ['.netrc', 'machine h'], ['home/.pypirc', '[pypi]'], ['keys/id_ed25519', 'x'], ['cert.p12', 'x'], ['a.PFX', 'x'],
  ['.aws/credentials', 'aws_secret_access_key = abc'], ['gcp/service-account-prod.json', '{"private_key": "-----BEGIN"}'], [
    'application_default_credentials.json', '{"refresh_token":"1//0123456"}',
  ],
  ['.docker/config.json', '{"auths": {"h": {"auth": "dXNlcjpwYXNz"}}}'], ['.npmrc', '//h/:_authToken=npm_abcdefgh'],
])('%s is a place for secrets and has some', (path, text) => {
  expect(secretFile(path, text)).toMatch(/^an? /);
});

test.each([
  ['.env.example', 'A=1'], ['.env.template', 'A=1'], ['.env', ''], [
    '.env', '# A=1\nA=\nB=""\n',
  ], ['environment.env', 'A=1'], ['.envrc.py', 'A=1'], ['.netrc', ' \n'], ['id_rsa.pub', 'ssh-rsa'],
  [
    'certifi/cacert.pem', '-----BEGIN CERTIFICATE-----',
  ], ['.aws/credentials', '[default]'], ['google/credentials.json', '{"type": "schema"}'], ['config.json', '{"auth": "dXNlcjpwYXNz"}'],
  ['.npmrc', '//h/:_authToken=${NPM_TOKEN}'],
])('%s with %j is none', (path, text) => {
  expect(secretFile(path, text)).toBeUndefined();
});

test('a name of a megabyte takes no time', () => {
  const started = performance.now();
  expect(secretFile(`${'account'.repeat(150_000)}.json`, 'x')).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(500);
});
