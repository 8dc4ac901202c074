import { UsageError } from '../../model/errors.ts';

/** An executable that cannot be read: one sentence with the file, what is wrong in it and what to do. */
export class BundleError extends UsageError {}

/** What to do about a file that was whole when it was built. */
export const restore = 'copy, download or build it again, and do not strip, pack or patch it afterwards';

/** Bytes that are not what their format says. Stays among the runtimes: others see a damage, an oddity or a BundleError. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** The error for a part of a file that should be there and is not; `part` ends with its verb: "the PE header reaches". */
export function truncated(part: string, sizeBytes: number, neededBytes: number): Malformed {
  return new Malformed(`${part} beyond the end of the file: it is truncated (${sizeBytes} of at least ${neededBytes} bytes)`);
}

/** What was read, or the sentence of the Malformed that was thrown instead. */
export type OrDamage<Value> =
  | { readonly value: Value; readonly damage?: undefined }
  | { readonly value?: undefined; readonly damage: string };

/** What `read` gives, or the sentence of the Malformed that it throws. */
export async function orDamage<Value>(read: () => Promise<Value>): Promise<OrDamage<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof Malformed) return { damage: error.message };
    throw error;
  }
}
