import { importSignatures } from '../runtimes/pyinstaller/hazards/import-signatures.ts';
import { loaderSignatures } from '../runtimes/pyinstaller/hazards/loader-signatures.ts';
import { runtimeSignatures } from './runtime-signatures.ts';
import type { Signature } from '../model/signature.ts';

/** The hazard table: for each line of a log the first row that matches wins. A new hazard is one row. */
export const signatures: readonly Signature[] = [...importSignatures, ...loaderSignatures, ...runtimeSignatures];
