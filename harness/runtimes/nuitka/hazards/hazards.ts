import { readSignatures, type Signature } from '../../../model/hazard-table.ts';

/** What a Python program in an executable of Nuitka prints when something is not in it. */
export const signatures: readonly Signature[] = readSignatures(new URL('./in-logs.yaml', import.meta.url), (_, { module }) => (
  { top: module?.split('.')[0] }
));
