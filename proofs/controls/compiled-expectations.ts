import type { Expectation } from './expectation.ts';

// Workers that no Python is in: parcels is a static Go program, reminders a Node application in one executable with its files beside it.
// Each without a defect, and with mistakes that people make with that language.

type Told = Pick<Expectation, 'red'> & Partial<Expectation>;

const parcels = (variant: string, told: Told): Expectation => ({ variant, project: 'parcels', ...told });
const reminders = (variant: string, told: Told): Expectation => ({ variant, project: 'reminders', ...told });

/** What stands in the way of all else. */
const neverReady = (because: RegExp, hazard: string): Told => (
  { red: { 'startup.ready': because }, only: ['startup'], findings: [hazard] }
);

const notStarted = /failed to execute .*No such file or directory/;

export const compiledExpectations: readonly Expectation[] = [
  parcels('parcels', { red: {} }),
  parcels('cgo', {
    red: { 'bundle.native-floor': /the executable itself needs glibc 2\.3\d, the contract allows 2\.17/ }, findings: ['NA-01'],
  }),
  parcels('cgo-musl', { red: {
    'artifact.architecture': /its program interpreter \/lib\/ld-musl-x86_64\.so\.1 is not on this machine/,
    'artifact.version': notStarted, 'artifact.help': notStarted, 'startup.ready': notStarted,
  } }),
  parcels('no-grace', { red: { 'shutdown.sigterm.parent.in-flight': /was not handled as promised/ }, remedies: {
    'shutdown.sigterm.parent.in-flight': /WorkerStopTimeout/,
  } }),
  parcels('no-interrupt-channel', { red: {
    'shutdown.sigterm.parent.idle': /ended with SIGTERM/, 'shutdown.sigint.parent.idle': /ended with SIGINT/,
    'shutdown.sigterm.parent.in-flight': /was not handled as promised/, 'shutdown.every-launch': /stops not as promised: SIG/,
  }, remedies: { 'shutdown.sigterm.parent.idle': /w\.Run\(worker\.InterruptCh\(\)\)/ } }),
  parcels('no-version', { red: { 'artifact.version': /it prints "parcels devel"/ }, remedies: { 'artifact.version': /-X main\.version/ } }),
  parcels('other-tag', { red: { 'artifact.version': /built from the tag v0\.9\.0/ } }),

  reminders('reminders', { red: {} }),
  reminders('no-add-on', neverReady(/No prebuilt module found at .*index\.node/, 'ND-01')),
  reminders('no-worker-thread', neverReady(/Cannot find module '\.\/workflow-worker-thread'/, 'ND-03')),
  reminders('no-workflow-bundle', neverReady(/ENOENT.*workflow-bundle\.js/, 'ND-02')),
  reminders('goes-on-after-an-error', { red: { 'startup.clean-log': /no metrics: / } }),
  reminders('leaves-at-once', { red: { 'shutdown.sigterm.parent.in-flight': /was not handled as promised/ }, remedies: {
    'shutdown.sigterm.parent.in-flight': /no handler of your own/,
  } }),
  reminders('starts-itself', {
    red: { 'registration.sole': /several processes of one launch poll the queue/ }, remedies: { 'registration.sole': /process\.execPath/ },
  }),
];
