import { expect, test } from 'vitest';
import { sdkNamed, sdkOfBytes } from './worker-sdk.ts';

test.for([
  ['temporal-python', 'python'], ['temporal-go', 'go'], ['temporal-typescript', 'typescript'], ['temporal-java', 'java'],
  ['temporal-dotnet', 'dotnet'], ['temporal-ruby', undefined], ['', undefined],
] as const)('%s is the SDK %s', ([name, sdk]) => {
  expect(sdkNamed(name)).toBe(sdk);
});

test('what an executable is made with tells its SDK, whatever its own name is', () => {
  expect(sdkOfBytes({ runtime: 'pyinstaller', freezer: 'PyInstaller one-file, Python 3.11' })).toBe('python');
  expect(sdkOfBytes({ runtime: 'go', freezer: 'Go 1.26, example.com/python-worker' })).toBe('go');
  expect(sdkOfBytes({ runtime: 'node', freezer: 'Node single-executable application' })).toBe('typescript');
  expect(sdkOfBytes({ runtime: 'native' })).toBeUndefined();
  expect(sdkOfBytes({})).toBeUndefined();
});
