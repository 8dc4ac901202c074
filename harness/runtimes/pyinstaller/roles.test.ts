import { describe, expect, test } from 'vitest';
import { extensionModule, looseModule, metadataFolder, roleOf } from './roles.ts';

test.each([
  ['b', 'libpython3.13.so.1.0', 'library'],
  ['b', 'numpy.libs/libopenblas64_p-r0.so', 'library'],
  ['b', 'lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so', 'extension module'],
  ['b', 'VCRUNTIME140.dll', 'library'],
  ['x', 'pkg/native.dylib', 'library'],
  ['x', 'base_library.zip', 'base library'],
  ['x', 'pkg/base_library.zip', 'data'],
  ['x', 'redis-8.1.0.dist-info/METADATA', 'metadata'],
  ['x', 'old-1.0-py3.11.egg-info/PKG-INFO', 'metadata'],
  ['x', 'old-1.0.egg-info', 'metadata'],
  ['x', 'pkg/module.py', 'module'],
  ['x', 'pkg/__pycache__/module.cpython-311.pyc', 'data'],
  ['x', 'my-assets/script.py', 'data'],
  ['x', 'pkg/prompt.md', 'data'],
  ['n', 'pkg/link', 'link'],
  ['q', 'anything', 'unknown'],
])('%s %s is for: %s', (typeCode, path, role) => {
  expect(roleOf(typeCode, path)).toBe(role);
});

describe('the name of an extension module', () => {
  test.each([
    ['python3.13/lib-dynload/math.cpython-313-x86_64-linux-gnu.so', 'math'],
    ['python3.13t/lib-dynload/math.cpython-313t-x86_64-linux-gnu.so', 'math'],
    ['lib-dynload/_ssl.cpython-39-darwin.so', '_ssl'],
    ['grpc/_cython/cygrpc.cpython-311-x86_64-linux-gnu.so', 'grpc._cython.cygrpc'],
    ['temporalio/bridge/temporal_sdk_bridge.abi3.so', 'temporalio.bridge.temporal_sdk_bridge'],
    ['_ssl.pyd', '_ssl'],
    ['yaml/_yaml.cp311-win_amd64.pyd', 'yaml._yaml'],
    ['pkg/plain.so', 'pkg.plain'],
    ['pkg/libthing.so', undefined],
    ['pkg/libthing.cpython-311-darwin.so', 'pkg.libthing'],
    ['pillow.libs/libtiff.so.6', undefined],
    ['some-folder/thing.so', undefined],
    ['5bae8a57b5ef85818b48__mypyc.cpython-311-x86_64-linux-gnu.so', '5bae8a57b5ef85818b48__mypyc'],
    ['5bae8a57b5ef85818b48__mypyc.so', undefined],
    ['thing.dll', undefined],
  ])('%s', (path, name) => {
    expect(extensionModule(path)).toBe(name);
  });
});

test('a loose file of code is a module or a package', () => {
  expect(looseModule('pkg/sub/__init__.pyc')).toStrictEqual({ name: 'pkg.sub', isPackage: true });
  expect(looseModule('pkg/sub.py')).toStrictEqual({ name: 'pkg.sub', isPackage: false });
  expect(looseModule('__init__.py')).toStrictEqual({ name: '__init__', isPackage: false });
  expect(looseModule('pkg/2to3.py')).toBeUndefined();
});

test('the folder of a distribution, also a vendored one', () => {
  expect(metadataFolder('setuptools/_vendor/wheel-0.45.1.dist-info/METADATA')).toBe('setuptools/_vendor/wheel-0.45.1.dist-info');
  expect(metadataFolder('pkg/notes.dist-info.txt')).toBeUndefined();
});
