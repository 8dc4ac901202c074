import { cpSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

// npm run build: the compiled program in dist, with what it reads: tables, the pages' style, the Python scripts for an interpreter.
const root = fileURLToPath(new URL('../../', import.meta.url));
const target = join(root, 'dist');
const read = [
  'harness/{baselines,init}/*/*.py', 'harness/runtimes/*/*/*.py', 'harness/**/*.{yaml,css}', 'harness/explained/pages.json',
];
rmSync(target, { recursive: true, force: true });
await execa('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, preferLocal: true, stdio: 'inherit' });
for (const file of globSync(read, { cwd: root, exclude: ['harness/explained/**/*.yaml'] })) cpSync(join(root, file), join(target, file));
