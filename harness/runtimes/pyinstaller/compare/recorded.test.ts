import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Distribution } from '../../bundle.ts';
import type { Problem } from '../examine.ts';
import { bundleOf, closureOf } from './bundle.testing.ts';
import { lostMembers } from './python.ts';
import type { Observation } from '../../../model/observation.ts';
import { damagedMembers } from '../../damaged.ts';
import { missingData } from './data.ts';
import { otherKinds } from './kinds.ts';
import { inFolder } from './real-bundles.testing.ts';
import { copedMetadata, emptyNamespaces, missingEntryPoints, missingMetadata, missingPlugins } from './plugins.ts';

const metadataOf = (name: string, entryPoints: Distribution['entryPoints'] = [], hasMetadata = true): Distribution => ({
  name, version: '1.0', folder: `${name}-1.0.dist-info`, hasMetadata, hasRecord: false, entryPoints,
});

describe('kinds', () => {
  const providing = { providers: { multipart: ['multipart', 'python-multipart'] }, distributions: [
    { name: 'multipart', version: '1.3.0' }, { name: 'python-multipart', version: '0.0.21' },
  ] };

  test('a module that was frozen as the package of another distribution', () => {
    const [fact, ...more] = otherKinds(bundleOf(['multipart/', 'app']), closureOf(['multipart by app', 'app']), providing);
    expect(more).toEqual([]);
    expect(fact).toMatchObject(
      {
        args: {
          module: 'multipart', frozen: 'package', loaded: 'module', file: 'multipart.py',
          distributions: 'multipart 1.3.0 and python-multipart 0.0.21',
        },
      },
    );
  });

  test('a namespace package is a package; a source file beside the package may be what it loads', () => {
    expect(otherKinds(bundleOf(['google?']), closureOf(['google/']), providing)).toEqual([]);
    expect(otherKinds(bundleOf(['multipart/'], ['multipart.py']), closureOf(['multipart']), providing)).toEqual([]);
  });

  test('a package may be native code, as may a module', () => {
    const native = (entry: string) =>
      bundleOf([], [], { modules: [{ name: 'fast', kind: 'extension module', origin: 'loose', entry, offset: 0, storedBytes: 1 }] });
    expect(otherKinds(native('fast/__init__.cpython-311-x86_64-linux-gnu.so'), closureOf(['fast/']), providing)).toEqual([]);
    expect(otherKinds(native('fast.abi3.so'), closureOf(['fast']), providing)).toEqual([]);
    expect(otherKinds(native('fast.abi3.so'), closureOf(['fast/']), providing)).toHaveLength(1);
  });
});

describe('data', () => {
  const folders = { packageFolders: ['/project/.venv/site'], sourceFolders: ['/project'] };
  const missing = (held: string[], ...paths: string[]) => missingData(
    bundleOf([], held), closureOf([], { files: paths.map((path) => ({ path, importer: 'app.greet' })) }), folders,
  ).map(({ args }) => args['files']);

  test('files of the project and of packages, by what they belong to', () => {
    expect(
      missing(
        ['app/a.txt'], '/project/app/a.txt', '/project/app/b.txt', '/project/app/c.txt', '/project/.venv/site/certifi/cacert.pem',
        '/project/rules.json',
      ),
    ).toEqual(['app/b.txt, app/c.txt', 'certifi/cacert.pem', 'rules.json']);
  });

  test('a file that a link leads out of the project, by the name that the program gave it', () => {
    const files = [{ path: '/shared/a.txt', link: '/project/app/a.txt', importer: undefined }];
    expect(missingData(bundleOf([]), closureOf([], { files }), folders)).toMatchObject([{ args: { files: 'app/a.txt' } }]);
  });

  test.for([['if getattr(sys, "frozen", False): base = sys._MEIPASS', []], ['dataclass(frozen=True)', ['app/texts/a.md']]] as const)(
    'with %j in its code, a file that lies elsewhere in the bundle leaves %j missing',
    ([text, expected]) => inFolder(async (folder) => {
      await writeFile(join(folder, 'paths.py'), text);
      const closure = closureOf([], { files: [{ path: join(folder, 'app/texts/a.md'), importer: 'paths' }] });
      const facts = missingData(bundleOf([], ['texts/a.md']), closure, { packageFolders: [], sourceFolders: [folder] });
      expect(facts.map(({ args }) => args['files'])).toEqual(expected);
    }),
  );

  test('a project that asks whether it is frozen may read its settings beside the executable', () => inFolder(async (folder) => {
    const executable = join(folder, 'dist', 'app');
    const closure = closureOf(
      [], { files: ['app.toml', 'other.toml'].map((name) => ({ path: join(folder, name), importer: '__main__' })) },
    );
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'dist', 'app.toml'), '');
    await writeFile(join(folder, 'main.py'), "base = sys.executable if getattr(sys, 'frozen', False) else __file__");
    expect(
      missingData(bundleOf([], [], { file: executable }), closure, { packageFolders: [], sourceFolders: [folder] }),
    ).toMatchObject([{ args: { files: 'other.toml' } }]);
  }));

  describe('of an entry script in a package, whose folder is the first for modules', () => {
    const opened = (importer: string, path = 'orders/rules.json', entry = 'orders/main.py', text = '') => async (held: string[]) => {
      const found: Observation[] = [];
      await inFolder(async (folder) => {
        await mkdir(join(folder, dirname(entry)), { recursive: true });
        await writeFile(join(folder, entry), text);
        const module = (name: string, file: string) => [name, {
          name, kind: 'module' as const, origin: join(folder, file), importer: undefined,
        }] as const;
        const closure = closureOf([], { files: [{ path: join(folder, path), importer }], modules: new Map([
          module('orders.rules', 'orders/rules.py'), module('rules', 'orders/rules.py'), module('orders', 'orders/__init__.py'),
          module('src_orders.rules', 'src/src_orders/rules.py'), module('shop.orders.rules', 'parts/one/shop/orders/rules.py'),
        ]) });
        const sourceFolders = [dirname(join(folder, entry)), join(folder, 'src'), folder];
        found.push(...missingData(bundleOf([], held), closure, { packageFolders: [], sourceFolders }, { directory: folder, entry }));
      });
      return found;
    };
    const files = async (held: string[], find: ReturnType<typeof opened>) => (await find(held)).map(({ args }) => args['files']);

    test.each([
      ['a module of the package', 'orders.rules', undefined, 'orders/rules.json'],
      ['the package itself', 'orders', undefined, 'orders/rules.json'],
      ['a module beside the script', 'rules', undefined, 'rules.json'],
      ['a library that was given the path', 'yaml', undefined, 'orders/rules.json'],
      ['the script, by a path of another module', '__main__', undefined, 'orders/rules.json'],
      ['a module of a src layout', 'src_orders.rules', 'src/src_orders/a/rules.json', 'src_orders/a/rules.json'],
      ['a module of a namespace package', 'shop.orders.rules', 'parts/one/shop/orders/rules.json', 'shop/orders/rules.json'],
    ])('%s finds it where it is imported from', async (_, importer, path, place) => {
      expect(await files([place], opened(importer, path))).toEqual([]);
      expect(await files(['elsewhere/rules.json'], opened(importer, path))).toHaveLength(1);
    });

    test.each(['orders/main.py', 'orders/__main__.py'])('%s finds it beside __file__ at the top of the bundle alone', async (entry) => {
      const find = opened('__main__', undefined, entry, 'path = Path(__file__).with_name("rules.json")');
      expect(await files(['rules.json'], find)).toEqual([]);
      expect(await find(['orders/rules.json'])).toMatchObject([{
        args: { file: 'rules.json', source: 'orders/rules.json' },
        line: 'rules.json: opened by the baseline, first by __main__; not in the executable, which has orders/rules.json',
      }]);
    });

    test('a script that asks for a resource finds it in its package', async () => {
      const find = opened('__main__', undefined, undefined, 'from importlib import resources\nprint(__file__)');
      expect(await files(['orders/rules.json'], find)).toEqual([]);
    });
  });

  test('what lies elsewhere, metadata and hidden files are left out', () => {
    expect(missing([], '/etc/hosts', '/projects/x', '/project/.env', '/project/.venv/site/redis-8.dist-info/METADATA')).toEqual([]);
  });
});

describe('metadata', () => {
  const asked = (distribution: string, guarded: boolean) => ({ distribution, guarded, importer: 'app.version' });

  test('what is asked for and not there; whoever copes is named only', () => {
    const bundle = bundleOf([], [], { distributions: [metadataOf('Typing_Extensions'), metadataOf('half', [], false)] });
    const { facts, coped } = missingMetadata(bundle, closureOf(
      [], { metadata: [asked('typing-extensions', false), asked('langgraph', true), asked('app', false), asked('half', false)] },
    ));
    expect(facts.map(({ args }) => args)).toEqual([
      { distribution: 'app', importer: 'app.version' }, { distribution: 'half', importer: 'app.version' },
    ]);
    expect(coped.map(({ distribution }) => distribution)).toEqual(['langgraph']);
  });
});

describe('metadata that decide', () => {
  const asked = (distribution: string, at: number) => ({ distribution, guarded: true, importer: 'hub', at });
  const environment = ['hf-xet', 'httpx'].map((name) => ({ name, topLevel: [name.replace('-', '_')] }));
  const loadedAt = (places: Record<string, number>) => closureOf([], { modules: new Map(Object.entries(places).map(([name, at]) => [
    name, { name, kind: 'module' as const, origin: `/site/${name}.py`, importer: undefined, at },
  ])) });

  test('are those that are asked for before their code is loaded', () => {
    const all = [asked('hf_xet', 5), asked('httpx', 6)];
    const told = (places: Record<string, number>) => copedMetadata(all, loadedAt(places), environment).map(
      ({ args }) => args['distributions'],
    );
    expect(told({ httpx: 1, hf_xet: 9 })).toEqual(['hf_xet']);
    expect(told({ httpx: 1, hf_xet: 2 })).toEqual(['hf_xet, httpx']);
    expect(copedMetadata([], loadedAt({}), environment)).toEqual([]);
  });
});

describe('plugins', () => {
  const point = { group: 'tools', name: 'count', target: 'app.count:run [extra]' };
  const environment = [{ name: 'my-app', entryPoints: [point] }];
  const asks = (group: string, name?: string) => ({ entryPoints: [{ group, name, importer: 'app' }] });
  const announced = { distributions: [metadataOf('My.App', [point])] };

  test('a namespace package without a module in it', () => {
    expect(emptyNamespaces(bundleOf(['one?', 'two?', 'two.a', 'app/']))).toEqual(new Set(['one']));
    const children = { one: ['one.plugin'] };
    expect(
      missingPlugins(bundleOf(['one?']), closureOf(['one?']), children),
    ).toMatchObject([{ args: { namespace: 'one', modules: 'one.plugin' } }]);
    expect(missingPlugins(bundleOf(['one?']), closureOf(['app']), children)).toEqual([]);
    expect(missingPlugins(bundleOf(['one?']), closureOf(['one?']), {})).toEqual([]);
  });

  test('an entry point that is asked for and loaded', () => {
    const closure = closureOf(['app.count by app'], asks('tools'));
    expect(missingEntryPoints(bundleOf(['app.count'], [], announced), closure, environment)).toEqual([]);
    expect(
      missingEntryPoints(bundleOf([], [], announced), closure, environment),
    ).toMatchObject([{ args: { missing: 'module', target: 'app.count' } }]);
    expect(
      missingEntryPoints(bundleOf(['app.count']), closure, environment),
    ).toMatchObject([{ args: { missing: 'metadata', distribution: 'my-app' } }]);
  });

  test('one that nobody asks for, or that is not loaded, is not missed', () => {
    expect(missingEntryPoints(bundleOf([]), closureOf(['app.count'], asks('others')), environment)).toEqual([]);
    expect(missingEntryPoints(bundleOf([]), closureOf(['app.count'], asks('tools', 'other')), environment)).toEqual([]);
    expect(missingEntryPoints(bundleOf([]), closureOf(['app'], asks('tools')), environment)).toEqual([]);
  });
});

describe('damage', () => {
  test('members that do not inflate, by their names', () => {
    const problems: Problem[] = [{ subject: '/dist/app', sentence: 'too short' }, { subject: 'libx.so', sentence: 'bad data' }];
    expect(
      damagedMembers('/dist/app', problems).map(({ args, line }) => [args['member'], line]),
    ).toEqual([['the executable', 'too short'], ['libx.so', 'bad data']]);
  });

  test('what Python cannot start without', () => {
    const base = (names: string[]) => ({ modules: names.map(
      (name) => ({ name, kind: 'module', origin: 'base_library.zip', entry: 'base_library.zip', offset: 0, storedBytes: 1 }) as const,
    ) });
    expect(lostMembers(bundleOf([], [], base(['abc', 'codecs', 'encodings', 'io'])))).toEqual([]);
    expect(lostMembers(bundleOf([], [], base(['abc', 'io'])))).toMatchObject([{ line: 'base_library.zip lacks codecs, encodings, ' +
      'without which Python cannot start' }]);
    expect(
      lostMembers(bundleOf([], [], { oddities: [{ kind: 'no-base-library', sentence: 'there is no base_library.zip' }] })),
    ).toMatchObject([{ args: { member: 'the executable' } }]);
  });
});
