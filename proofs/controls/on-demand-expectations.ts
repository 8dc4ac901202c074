import type { Expectation } from './expectation.ts';

// What takes too long to build for a table that all of `npm run trust` and a CI run: labels is a Python worker compiled into one file by
// Nuitka. Without a defect, and with mistakes that people make with Nuitka. `npm run trust -- no-sizes` verifies one.

const labels = (variant: string, told: Pick<Expectation, 'red'> & Partial<Expectation>): Expectation => (
  { variant, project: 'labels', onDemand: true, ...told }
);

const noSizes = /FileNotFoundError: .*labels\/sizes\.csv/;
const noPrinters = /No module named 'label_printers'/;
const neverReady = (because: RegExp, hazard: string) => ({ red: { 'startup.ready': because }, only: ['startup'], findings: [hazard] });

export const onDemandExpectations: readonly Expectation[] = [
  labels('labels', { red: {} }),
  labels('no-sizes', { red: {
    'execution.prints-a-label': noSizes, 'execution.does-not-know-every-size': /type "FileNotFoundError"/,
    'execution.failure': /type "FileNotFoundError"/, 'execution.every-activity': /measure never completed/,
  }, findings: ['NU-02'] }),
  labels('no-printers', { red: {
    'execution.prints-a-label': noPrinters, 'execution.prints-eighty-labels': noPrinters,
    'execution.every-activity': /print_labels never completed/,
  }, findings: ['NU-01'] }),
  labels('looks-beside-code', neverReady(/No such file or directory: .*onefile_.*sender\.txt/, 'NU-03')),
  labels('no-build-id', neverReady(/Cannot get default unique worker binary ID/, 'NU-04')),
  labels('no-child-grace', { red: {
    'shutdown.sigterm.parent.in-flight': /was not handled as promised/, 'shutdown.every-launch': /exit code 137/,
  } }),
];
