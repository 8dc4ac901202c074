import { describe, expect } from 'vitest';
import { callsFreezer, scriptsOf, specsIn, withOptions } from './calls.ts';
import { test } from './folder.testing.ts';

const added = ['--hidden-import', 'b'];

describe('options are added where PyInstaller is called', () => {
  test.for<[string, string]>([
    ['pyinstaller main.py', 'pyinstaller --hidden-import b main.py'],
    ['poetry run pyinstaller --onefile main.py', 'poetry run pyinstaller --hidden-import b --onefile main.py'],
    ['uv run --with pyinstaller pyinstaller main.py', 'uv run --with pyinstaller pyinstaller --hidden-import b main.py'],
    ['.venv/bin/pyinstaller \\', '.venv/bin/pyinstaller --hidden-import b \\'],
    ['\t$(VENV)/bin/pyinstaller main.py', '\t$(VENV)/bin/pyinstaller --hidden-import b main.py'],
    ['PYINSTALLER := .venv/bin/pyinstaller', 'PYINSTALLER := .venv/bin/pyinstaller --hidden-import b'],
    ['python -m PyInstaller main.py', 'python -m PyInstaller --hidden-import b main.py'],
    ['pip install pyinstaller && pyinstaller main.py', 'pip install pyinstaller && pyinstaller --hidden-import b main.py'],
    ['["uv","run","pyinstaller","main.py"]', '["uv","run","pyinstaller", "--hidden-import", "b","main.py"]'],
    ['run(["-m", "PyInstaller", "main.py"])', 'run(["-m", "PyInstaller", "--hidden-import", "b", "main.py"])'],
    ["PyInstaller.__main__.run(['main.py'])", `PyInstaller.__main__.run(["--hidden-import", "b", 'main.py'])`],
  ])('%s', ([text, changed]) => {
    expect(withOptions(text, added)).toBe(changed);
  });

  test.for([
    'pip install pyinstaller', 'poetry add --group build pyinstaller', 'command -v pyinstaller', '# pyinstaller main.py',
    'echo running pyinstaller now', 'pyinstaller-hooks-contrib = "2026.9"', 'import PyInstaller.__main__',
    'freezer --workpath build/pyinstaller x',
  ])('but not in %s', (text) => {
    expect(withOptions(text, added)).toBe(text);
    expect(callsFreezer(text)).toBe(false);
  });
});

test('spec files and scripts that a text names', ({ folder, write }) => {
  write({ 'build.sh': '', 'tools/freeze.py': '', 'main.py': '', 'app.spec': '' });
  expect(specsIn('pyinstaller --clean "app.spec" && x packaging/b.spec; y.spec.bak')).toEqual(['app.spec', 'packaging/b.spec']);
  expect(scriptsOf('@./build.sh build\npython tools/freeze.py app.spec', folder)).toEqual(['build.sh', 'tools/freeze.py']);
  expect(scriptsOf('pyinstaller --onefile main.py', folder)).toEqual([]);
});
