import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../../model/errors.ts';
import { sampleReport } from '../../report/sample-report.testing.ts';
import { readBundle } from '../../runtimes/subject.ts';
import { readHints } from './hints.ts';
import { writeBundleEvidence } from './evidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'frostgate-evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));
const executable = fileURLToPath(new URL('../../../fixtures/sabotaged/dist/honest', import.meta.url));

test('evidence has names and sizes, and neither secrets nor folders of this machine', async () => {
  const bundle = await readBundle(executable);
  if (bundle.kind === 'opaque') throw new Error('the executable can be listed');
  writeFileSync(join(folder, '.env'), 'OPENAI_API_KEY=sk-1234-abcdefgh-5678\n');
  const [check] = sampleReport().checks;
  const reason = `${folder}/main.py said sk-1234-abcdefgh-5678`;
  const comparison = sampleReport({ checks: check ? [{ ...check, outcome: 'fail', reason }] : [] });
  const file = join(folder, 'evidence.json');
  await writeBundleEvidence(file, { bundle, hints: await readHints(bundle), comparison, project: folder });
  const text = readFileSync(file, 'utf8');
  expect(text).not.toMatch(/sk-1234|"offset"/);
  for (const place of [folder, fileURLToPath(new URL('../../../', import.meta.url))]) expect(text).not.toContain(place);
  const written = JSON.parse(text);
  expect(written.checks[0].reason).toBe('<project>/main.py said <secret OPENAI_API_KEY>');
  expect(written.bundle.modules).toHaveLength(bundle.modules.length);
  expect(written).toMatchObject({ file: 'honest', bundle: { kind: 'one-file', pythonVersion: bundle.pythonVersion } });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a file that cannot be written is the user\'s to correct', async () => {
  const writing = writeBundleEvidence(join(folder, 'no', 'such', 'x.json'), {
    bundle: await readBundle(process.execPath), hints: [], comparison: undefined, project: undefined,
  });
  await expect(writing).rejects.toThrow(UsageError);
});
