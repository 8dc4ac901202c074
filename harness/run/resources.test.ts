import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Options } from '../cli/options.ts';
import { exampleText } from '../contract/example.testing.ts';
import { contractSchema } from '../contract/schema.ts';
import { newRun } from '../system/launch/run-folder.ts';
import type { Inputs } from './inputs.ts';
import { startResources } from './resources.ts';

const example = contractSchema.parse(parse(exampleText));
const nowhere = { temporalCli: '/nonexistent/temporal', services: 'local' } as Options;

async function startedFor(only: readonly string[], baseline?: object) {
  const inputs = { context: { contract: example, only, baseline }, loaded: { file: '', contract: { ...example, services: [] } } };
  return await startResources({
    options: nowhere, inputs: inputs as unknown as Inputs, run: newRun(), signal: AbortSignal.timeout(10_000), say: () => {},
  });
}

test('what only reads the file waits for no server and no service', async () => {
  await using resources = await startedFor(['artifact']);
  expect(resources).toMatchObject({ wanted: false, problems: [], context: { server: undefined, services: [] } });
});

test.each([[['startup']], [[]], [['artifact.help', 'execution.failure']]])('a launch needs a server: %j', async (only) => {
  await expect(startedFor(only)).rejects.toThrow('/nonexistent/temporal: expected an executable file');
});

test('comparing with the baseline launches that one', async () => {
  await expect(startedFor(['bundle'], {})).rejects.toThrow('/nonexistent/temporal: expected an executable file');
  await using resources = await startedFor(['bundle']);
  expect(resources.wanted).toBe(false);
});
