import { expect } from 'vitest';
import { record, test } from './record.testing.ts';

test('a name that the source makes up is told as a pattern, one that it spells out is not', async ({ folder }) => {
  const { closure } = await record(folder, {
    'main.py': 'import importlib\nfrom importlib import import_module\nname = "b"\nimportlib.import_module(f"pack.fmt_{name}")\n' +
      'import_module("pack." + name + "_x")\nimport_module("." + name, "pack")\nimport_module(name)\n__import__("c%s" % 1)\n' +
      'import_module("pack.plain")\nimport pack.static\nimport_module("sub.deep.%s" % name)\n',
    'pack/__init__.py': '', 'pack/fmt_b.py': 'import pack.inner', 'pack/inner.py': '', 'pack/b_x.py': '', 'pack/b.py': '', 'b.py': '',
    'c1.py': '', 'pack/plain.py': '', 'pack/static.py': '', 'sub/deep/b.py': '',
  });
  const told = [...closure.modules.values()].flatMap(({ name, computed }) => (computed === undefined ? [] : [[name, computed]]));
  expect(told).toEqual(expect.arrayContaining([
    ['pack.fmt_b', 'pack.fmt_*'], ['pack.b_x', 'pack.*_x'], ['pack.b', '.*'], ['b', '*'], ['c1', '*'], ['sub.deep.b', '*'],
  ]));
  expect(told.filter(([name = '']) => /plain|static|inner/.test(name))).toEqual([]);
});
