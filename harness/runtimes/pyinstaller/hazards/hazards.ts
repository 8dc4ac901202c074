import { readObservationRows, readSignatures, type Args } from '../../../model/hazard-table.ts';
import type { Hazards } from '../../../model/hazards.ts';
import { remedyFor } from './spec-change.ts';

const table = (name: string) => new URL(`./${name}.yaml`, import.meta.url);

/** How a PyInstaller executable goes wrong. */
export const hazards: Hazards = {
  signatures: ['in-logs-itself', 'in-logs-lacking', 'in-logs-loader'].flatMap((name) => readSignatures(table(name), words)),
  observations: readObservationRows(table('in-bundles'), words),
  failedScript: /^\[PYI-\d{1,10}:ERROR\] Failed to execute script/,
  first: ['other-version', 'other-python'],
  reasons: [
    'other-kind', 'missing-plugins', 'missing-listing', 'missing-metadata', 'missing-entry-point', 'missing-data', 'missing-module',
  ],
  doubts: ['coped-metadata', 'coped-source', 'missed-file', 'written-beside'],
  // What is found by looking may be what the worker registers.
  wordless: {
    'missing-listing': ['registration', 'execution'],
    'missing-plugins': ['registration', 'execution'],
    'missing-library': ['execution'],
    'missing-data': ['execution'],
  },
  consequences: {
    'missing-module': ['BC-01', 'BC-02', 'BC-07', 'BC-12', 'TW-17'],
    'other-kind': ['BC-01', 'BC-02', 'BC-07', 'BC-12'],
    'missing-data': ['BC-04', 'EN-04'],
    'missing-metadata': ['BC-05', 'BC-06'],
    'missing-library': ['BC-04'],
    'missed-file': ['BC-04'],
    'written-beside': ['BC-04'],
    'missing-plugins': ['BC-02', 'BC-03'],
    'missing-listing': ['BC-02', 'BC-03', 'BC-12'],
    'coped-source': ['BC-13'],
    'missing-entry-point': ['BC-02', 'BC-05', 'BC-06'],
    'glibc-floor': ['NA-01'],
    'macos-floor': ['NA-09'],
    'foreign-member': ['NA-02'],
    'damaged-member': ['BC-16'],
    'misaligned-library': ['NA-12'],
  },
  // A loader that drops a signal, or never comes so far, has no log.
  silent: {
    'ignored-signals': ['stop'],
    'missing-runtime-library': ['print', 'start'],
    'no-console': ['print'],
    'no-asserts': ['execute'],
    'spoken-file': ['start', 'execute'],
  },
};

/** What the texts of a row name that nothing has captured. */
function words(hazard: string, args: Args) {
  const { module, package: owner, modules = owner === undefined ? module : `modules of ${owner}`, allowed, code, script, files } = args;
  return {
    asked: code === undefined ? script ?? (module && `-m ${module}`) : `-c ${code}`,
    change: remedyFor(hazard, args),
    top: module?.split('.')[0],
    importable: owner?.replaceAll('-', '_'),
    missing: modules,
    them: modules?.includes(', ') ? 'them' : 'it',
    areFiles: files?.includes(', ') ? 'are' : 'is',
    are: owner !== undefined || modules?.includes(', ') ? 'are' : 'is',
    allowed_: allowed?.replace('.', '_'),
  };
}
