import { readSignatures, type Signature } from '../../../model/hazard-table.ts';

/** What a Node application prints when something is not beside it. */
export const signatures: readonly Signature[] = readSignatures(new URL('./in-logs.yaml', import.meta.url));
