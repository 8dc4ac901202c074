import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { NotTried } from '../../../model/not-tried.ts';
import { findSpec } from './spec-file.ts';

const test = base.extend<{ project: string }>({
  // oxlint-disable-next-line no-empty-pattern
  project: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'frostgate-spec-'));
    await use(folder);
    rmSync(folder, { recursive: true });
  },
});

test.for<[string, string[], string | undefined, RegExp]>([
  ['the only one', ['build.spec'], undefined, /^build\.spec$/],
  ['the one of its name', ['agent.spec', 'other.spec'], 'other.spec', /^agent\.spec$/],
  ['the one that the contract names', ['a.spec', 'b.spec'], 'b.spec', /^b\.spec$/],
  ['one in a folder', ['a.spec', 'packaging/b.spec'], './packaging/b.spec', /^packaging[\\/]b\.spec$/],
  ['none', [], undefined, /^not tried: there is no spec file in .*; name it as source\.spec in the contract$/],
  [
    'several', ['a.spec', 'b.spec'], undefined,
    /^not tried: 2 spec files lie in .* and none is called agent\.spec; name the right one as source\.spec in the contract$/,
  ],
  ['a named one that is not there', ['a.spec'], 'b.spec', /^not tried: there is no b\.spec in .*; correct source\.spec in the contract$/],
  ['a named one outside', ['a.spec'], '../b.spec', /^not tried: .* does not lie in the project$/],
  ['a named one outside, by a detour', ['a.spec'], 'x/../../b.spec', /^not tried: .* does not lie in the project$/],
  ['an absolute one', ['a.spec'], '/etc/b.spec', /^not tried: .* does not lie in the project$/],
])('%s', ([, files, named, expected], { project }) => {
  mkdirSync(join(project, 'packaging'));
  for (const file of files) writeFileSync(join(project, file), '');
  expect(found({ project, binary: '/somewhere/agent.exe', named })).toMatch(expected);
});

/** The spec, or why there is none. */
function found(places: Parameters<typeof findSpec>[0]): string {
  try {
    return findSpec(places);
  } catch (error) {
    return error instanceof NotTried ? `not tried: ${error.message}` : String(error);
  }
}
