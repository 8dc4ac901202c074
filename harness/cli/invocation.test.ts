import { expect, test } from 'vitest';
import { invocationOf } from './invocation.ts';

const npm = { npm_lifecycle_event: 'test', npm_command: 'test', INIT_CWD: '/srv/project' };

test.each([
  ['the verification from the sources', '/opt/frostgate/harness/main.ts', 'npm test --'],
  ['the gate from the sources', '/opt/frostgate/harness/gate.ts', 'npm run gate --'],
])('%s is named by its npm script; npm has changed the folder', (_name, script, words) => {
  expect(invocationOf(['node', script, '--json', 'a b'], npm)).toEqual({
    words: words.split(' '), args: ['--json', 'a b'], environment: npm,
  });
});

test.each([
  ['as itself', {}, 'frostgate verify'],
  ['below npx or an npm script', npm, 'npx frostgate verify'],
])('the installed command %s: paths count from where it was started', (_name, environment, words) => {
  const argv = ['node', '/x/node_modules/frostgate/dist/harness/frostgate.js', 'verify', '--json', 'a b'];
  expect(invocationOf(argv, environment)).toEqual({ words: words.split(' '), args: ['--json', 'a b'], environment: {} });
});

test('the installed command alone has no words but its own', () => {
  expect(invocationOf(['node', '/x/frostgate.js'], {})).toEqual({ words: ['frostgate'], args: [], environment: {} });
});
