import { expect, test } from 'vitest';
import { signatures as own } from '../runtimes/node/hazards/hazards.ts';
import { hazards as known } from '../runtimes/pyinstaller/hazards/hazards.ts';
import { diagnose } from './diagnose.ts';
import { signaturesOf } from './signatures.ts';

const hazards = { ...known, signatures: own };

// What Node 24 and the TypeScript SDK 1.24 print when something is not beside the executable.
const rows = [
  ['ND-01', 'PrebuildError: No prebuilt module found at /opt/w/releases/x86_64-unknown-linux-gnu/index.node', 'core-bridge'],
  ['ND-02', "Error: ENOENT: no such file or directory, open '/opt/w/workflow-bundle.js'", 'bundleWorkflowCode'],
  ['ND-03', "Error: Cannot find module './workflow-worker-thread'", 'beside the executable'],
] as const;

test.for(rows)('%s: %s', ([hazard, text, remedy]) => {
  const found = diagnose([{ name: 'output.log', text, checkId: 'startup.ready' }], ['startup.ready'], hazards);
  expect(found).toMatchObject([{ hazard, explains: ['startup.ready'] }]);
  expect(found[0]?.remedy).toContain(remedy);
});

test('every row has an example, and those of the Temporal client hold for Node too', () => {
  const signatures = signaturesOf(hazards);
  expect(signatures.filter(({ id }) => id.startsWith('ND-')).map(({ id }) => id)).toEqual(rows.map(([id]) => id));
  expect(signatures.map(({ id }) => id)).toContain('TW-06');
});
