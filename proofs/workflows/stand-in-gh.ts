import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

// What `gh` does in a local run of the release: `gh api …/git/refs` and `gh release create`, in the run's own repository.

const origin = process.env['FROSTGATE_ORIGIN'] ?? '';
const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: origin, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

function createReference(args: readonly string[]): void {
  const { values } = parseArgs({ args: [...args], options: {
    field: { type: 'string', multiple: true, short: 'f' }, silent: { type: 'boolean' },
  }, allowPositionals: true });
  const fields = new Map(
    values.field?.map((field): [string, string] => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]),
  );
  const [ref = '', sha = ''] = [fields.get('ref'), fields.get('sha')];
  if (!ref.startsWith('refs/tags/')) throw new Error(`not a tag: ${ref}`);
  // As the API does: a reference that exists is an error.
  git('update-ref', ref, sha, '0'.repeat(40));
}

function createRelease(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { 'verify-tag': { type: 'boolean' }, title: { type: 'string' }, 'notes-file': { type: 'string' } },
    allowPositionals: true,
  });
  const [tag = '', ...files] = positionals;
  if (values['verify-tag'] === true) git('rev-parse', '--verify', `refs/tags/${tag}`);
  const missing = [...files, values['notes-file'] ?? ''].filter((file) => !existsSync(file));
  if (files.length === 0 || missing.length > 0) throw new Error(`no such file: ${missing.join(', ')}`);
}

const [command, second = '', ...rest] = process.argv.slice(2);
if (process.env['GH_TOKEN'] === undefined) throw new Error('gh has no token: set GH_TOKEN');
if (command === 'api' && second.endsWith('/git/refs')) createReference(rest);
else if (command === 'release' && second === 'create') createRelease(rest);
else throw new Error(`nothing stands for gh ${command} ${second} here`);
