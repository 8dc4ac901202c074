import { importSignatures } from './import-signatures.ts';
import { loaderSignatures } from './loader-signatures.ts';
import { runtimeSignatures } from './runtime-signatures.ts';
import type { Signature } from './signature.ts';

/** The hazard table: for each line of a log the first row that matches wins. A new hazard is one row. */
export const signatures: readonly Signature[] = [...importSignatures, ...loaderSignatures, ...runtimeSignatures];
