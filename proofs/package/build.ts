import { cpSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

// npm run build: the compiled program in dist, with its data and the Python scripts that it hands to a baseline's interpreter.
const root = fileURLToPath(new URL('../../', import.meta.url));
const target = join(root, 'dist');
rmSync(target, { recursive: true, force: true });
await execa('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, preferLocal: true, stdio: 'inherit' });
for (const file of globSync('harness/{baselines/*/*.py,**/*.yaml}', { cwd: root })) cpSync(join(root, file), join(target, file));
