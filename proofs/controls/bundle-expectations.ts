import type { Expectation } from './expectation.ts';

const of = (variant: string, red: Expectation['red'], ...findings: string[]): Expectation => ({
  variant, project: 'small-worker', only: ['artifact', 'bundle'], red, findings,
});
const dies = { 'artifact.version': /ended with exit code (1|255)/, 'artifact.help': /ended with exit code (1|255)/ };
const noShout = /small_worker\.shout/;

/** One row for each defect that can be read from an executable, or from comparing it with its baseline; the first one has none. */
export const bundleExpectations: readonly Expectation[] = [
  { variant: 'small-worker', project: 'small-worker', red: {} },
  { variant: 'small-worker', project: 'small-worker', only: ['bundle'], contract: { 'bundle.python': '>=3.14' }, red: {
    'bundle.python': /Python 3\.1[1-3].*>=3\.14/,
  }, findings: ['BC-10'] },
  of('no-lazy-module', { 'bundle.modules': /small_worker\.languages\.french/ }, 'BC-02'),
  // What no execution of the contract asks for may be meant to be left out; it is told all the same.
  {
    variant: 'no-lazy-module', title: 'a value that nobody runs', project: 'small-worker', only: ['bundle'],
    contract: { executions: [{ name: 'translates into Norwegian', activity: 'translate', input: ['hello', 'norwegian'], expect: {
      result: 'Hei',
    } }] }, red: {}, findings: ['BC-02'],
  },
  of('no-provider', { 'bundle.modules': /tabulate: loaded by the baseline/ }, 'BC-02'),
  of('excludes-needed', { 'bundle.modules': /unittest/ }, 'BC-07'),
  of('no-sandbox-module', { 'bundle.modules': /_in_sandbox is not in the executable/ }, 'TW-17'),
  of('collision', {
    'bundle.modules': /wsgiref/, 'bundle.kinds': /multipart 1\.3\.0 and python-multipart 0\.0\.21 provide multipart/,
  }, 'BC-01'),
  of('no-data', { 'bundle.data': /small_worker\/texts\/greeting\.txt/ }, 'BC-04'),
  of('no-metadata', { 'bundle.metadata': /the metadata of small-worker/, 'bundle.plugins': /is not announced/ }, 'BC-05'),
  of('no-plugin-namespace', { 'bundle.plugins': /small_plugins is empty/ }, 'BC-03'),
  of('no-entry-point', { 'bundle.modules': noShout, 'bundle.plugins': noShout }, 'BC-06'),
  of('with-pytest', { 'bundle.excluded': /pytest/ }, 'BC-08'),
  of('with-secret', { 'bundle.secrets': /\.env/ }, 'SE-01'),
  of('stale-source', { 'bundle.sources': /small_worker/ }, 'BC-10'),
  of('other-version', { 'bundle.versions': /poetry\.lock/ }, 'BC-10'),
  // Nothing of the SDK's has metadata inside; what only the newer one has is no defect of its own.
  { ...of('other-sdk', { 'bundle.versions': /temporalio 1\.18\.0, poetry\.lock has 1\.35\.0/ }, 'BC-10'), only: ['bundle'], unjudged: {
    'bundle.modules': /built from another environment.*temporalio 1\.18\.0 instead of 1\.35\.0/,
    'bundle.kinds': /built from another environment.*temporalio 1\.18\.0 instead of 1\.35\.0/,
  } },
  // Of two distributions with one name, the healthy worker holds the one that Python does not find first.
  {
    variant: 'small-worker', title: 'all that is installed', project: 'small-worker', only: ['bundle'], profile: 'full', red: {},
  },
  // Data beside the code of a package in which the entry script lies, too, where they are and where they are not.
  {
    variant: 'small-worker', title: 'an entry script in its package', project: 'small-worker', only: ['bundle'],
    contract: { 'source.entry': 'small_worker/__main__.py' }, red: {},
  },
  {
    variant: 'no-data', title: 'an entry script in its package, without data', project: 'small-worker', only: ['bundle'],
    contract: { 'source.entry': 'small_worker/__main__.py' }, red: { 'bundle.data': /small_worker\/texts\/greeting\.txt/ },
    findings: ['BC-04'],
  },
  // No executable of any system's own, and started as one; what was frozen by nobody is not compared.
  {
    variant: 'in-a-zipapp', project: 'small-worker', only: ['artifact', 'bundle', 'startup', 'registration', 'shutdown'], red: {},
  },
  of('too-new-glibc', { ...dies, 'bundle.native-floor': /2\.99/ }, 'NA-01'),
  of('wrong-architecture', { ...dies, 'bundle.native-architecture': /linux-arm64/ }, 'NA-02'),
  of('misaligned-library', { ...dies, 'bundle.native-architecture': /the loader refuses libraries.*_socket/ }, 'NA-12'),
  of('truncated', { ...dies, 'artifact.format': /truncated/, 'artifact.intact': /truncated/ }, 'BC-16'),
  of('flipped-byte', { ...dies, 'artifact.intact': /is damaged/ }, 'BC-16'),
  of('stripped-base-library', { ...dies, 'artifact.intact': /base_library\.zip/ }, 'BC-16'),
];
