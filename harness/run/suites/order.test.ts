import { afterEach, expect, test, vi } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { NamedOrder } from './order.ts';

afterEach(() => void vi.unstubAllEnvs());

const some = ['03-startup', '01-artifact', '11-performance', '02-bundle'];

async function sorted(order: string | undefined, names: readonly string[] = some): Promise<string[]> {
  vi.stubEnv('FROSTGATE_SUITE_ORDER', order);
  const files = names.map((name) => ({ moduleId: `/suites/${name}.suite.ts` }));
  const found = await new NamedOrder({} as Vitest).sort(files as TestSpecification[]);
  return found.map(({ moduleId }) => moduleId.slice('/suites/'.length, '/suites/00'.length));
}

test('what looks at the whole run is last, whatever is named', async () => {
  expect(await sorted('99,11', ['99-closing', '01-artifact', '11-performance'])).toEqual(['11', '01', '99']);
});

test('suites run in the order of their names, or in one that is named; what that leaves out comes last', async () => {
  expect(await sorted(undefined)).toEqual(['01', '02', '03', '11']);
  expect(await sorted('11,03')).toEqual(['11', '03', '01', '02']);
});
