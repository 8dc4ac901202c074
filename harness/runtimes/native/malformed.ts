/** Bytes that are not what their format says. Stays inside this folder: callers see a damage, an oddity or a BundleError. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** What `read` gives, or the sentence of the Malformed that it throws. */
export async function orDamage<Result>(read: () => Promise<Result>): Promise<{ readonly value: Result } | { readonly damage: string }> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof Malformed) return { damage: error.message };
    throw error;
  }
}
