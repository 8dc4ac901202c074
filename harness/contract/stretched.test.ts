import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { exampleText } from './example.testing.ts';
import { contractSchema } from './schema.ts';
import { stretched } from './stretched.ts';

test('every time that is waited for takes so many times as long, nothing else changes', () => {
  const contract = contractSchema.parse(parse(exampleText));
  const slow = stretched(contract, 7);
  expect([slow.budgets.readySeconds, slow.shutdown.withinSeconds]).toEqual([
    7 * contract.budgets.readySeconds, 7 * contract.shutdown.withinSeconds,
  ]);
  expect(slow.executions.map(({ timeoutSeconds }) => timeoutSeconds)).toEqual(
    contract.executions.map(({ timeoutSeconds = 30 }) => 7 * timeoutSeconds),
  );
  expect(slow.budgets.sizeMb).toBe(contract.budgets.sizeMb);
});
