import { expect, test } from 'vitest';
import { signatures as own } from '../runtimes/nuitka/hazards/hazards.ts';
import { hazards as known } from '../runtimes/pyinstaller/hazards/hazards.ts';
import { diagnose } from './diagnose.ts';
import { signaturesOf } from './signatures.ts';

const hazards = { ...known, signatures: own };
const unpacked = '/tmp/onefile_4711_720701_SVh2e-h9_lc';

// What a worker prints whose build by Nuitka 4.3.3 lacks an option.
const rows = [
  ['NU-01', "ModuleNotFoundError: No module named 'label_printers'", '--include-module=label_printers'],
  ['NU-02', `FileNotFoundError: [Errno 2] No such file or directory: '${unpacked}/labels/sizes.csv'`, '--include-package-data=labels'],
  ['NU-03', `configuration error: [Errno 2] No such file or directory: '${unpacked}/sender.txt'`, '__compiled__.containing_dir'],
  ['NU-04', 'worker failed: Cannot get default unique worker binary ID, the value should be explicitly set', 'deployment_config'],
] as const;

test.for(rows)('%s: %s', ([hazard, text, remedy]) => {
  const found = diagnose([{ name: 'output.log', text, checkId: 'startup.ready' }], ['startup.ready'], hazards);
  expect(found).toMatchObject([{ hazard, explains: ['startup.ready'] }]);
  expect(found[0]?.remedy).toContain(remedy);
});

test('a file that is missing elsewhere is no fault of the build', () => {
  const text = "FileNotFoundError: [Errno 2] No such file or directory: '/etc/labels/sender.txt'";
  expect(diagnose([{ name: 'output.log', text, checkId: 'startup.ready' }], ['startup.ready'], hazards)).toEqual([]);
});

test('every row has an example, and those of the Temporal client hold for Nuitka too', () => {
  const ids = signaturesOf(hazards).map(({ id }) => id);
  expect(ids.filter((id) => id.startsWith('NU-')).toSorted()).toEqual(rows.map(([id]) => id));
  expect(ids).toContain('TW-06');
});
