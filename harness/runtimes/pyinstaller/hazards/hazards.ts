import type { Hazards } from '../../../model/hazards.ts';
import { importSignatures } from './import-signatures.ts';
import { loaderSignatures } from './loader-signatures.ts';
import { observationRows } from './observation-rows.ts';
import { loaderMessages, processSignatures } from './process-signatures.ts';

/** How a PyInstaller executable goes wrong. */
export const hazards: Hazards = {
  signatures: [...importSignatures, ...loaderSignatures, ...processSignatures],
  unexplained: loaderMessages,
  observations: observationRows,
  reasons: ['other-kind', 'missing-plugins', 'missing-metadata', 'missing-entry-point', 'missing-module'],
  consequences: {
    'missing-module': ['BC-02', 'BC-07', 'BC-12', 'TW-17'],
    'other-kind': ['BC-01', 'BC-02', 'BC-07', 'BC-12'],
    'missing-data': ['BC-04', 'EN-04'],
    'missing-metadata': ['BC-05', 'BC-06'],
    'missing-plugins': ['BC-02', 'BC-03'],
    'missing-entry-point': ['BC-02', 'BC-05', 'BC-06'],
    'glibc-floor': ['NA-01'],
    'macos-floor': ['NA-09'],
    'foreign-member': ['NA-02'],
    'damaged-member': ['BC-16'],
  },
  // A loader that drops a signal, or never comes so far, has no log.
  silent: {
    'ignored-signals': ['stop'],
    'missing-runtime-library': ['print', 'start'],
    'no-console': ['print'],
  },
};
