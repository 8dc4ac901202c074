import { expect, test } from 'vitest';
import { smallText } from '../../contract/example.testing.ts';
import { parseContract } from '../../contract/load.ts';
import { otherSurroundings } from './other-surroundings.ts';

test('the next launch has what machines set and no contract promises, and other whole numbers; nothing else is varied', () => {
  const contract = parseContract(`${smallText}services: [llm]
environment:
  SHELL: { default: /bin/bash }
  LIMIT: { type: integer, default: 10, example: 3 }
  UNTOLD: { type: integer, default: 10 }
  NEEDED: { type: integer, required: true, example: 4 }
  MODE: { default: all, allowed: [all, some], example: some }
  MODEL_URL: { from: llm.url }`, 'c');
  expect(otherSurroundings(contract)).toEqual({ USER: 'operator', LOGNAME: 'operator', INVOCATION_ID: expect.any(String), LIMIT: '3' });
});
