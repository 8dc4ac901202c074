import { UsageError } from '../../model/errors.ts';

/** A PyInstaller bundle that cannot be read: one sentence with the file, what is wrong in it and what to do. */
export class BundleError extends UsageError {}

/** What to do about a file that was whole when it was built. */
export const restore = 'copy, download or build it again, and do not strip, pack or patch it afterwards';
