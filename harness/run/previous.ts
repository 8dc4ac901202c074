import type { Identity } from '../runtimes/identify.ts';
import type { Previous } from '../stage/run-context.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { sha256OfFile } from '../system/tools/cache.ts';
import { copyArtifact, type Copy } from './private-copy.ts';

/** An executable as it was named and as its headers tell it. */
export type Named = { readonly named: string; readonly identity: Identity };

/**
 * Copies the last release's executable to a path as long as that of the subject's copy, with the subject's name, so that neither has an
 * advantage by it. One that does not work is copied all the same: whoever launches it says so.
 * @throws {UsageError} where what belongs beside it is not there. @throws {InfrastructureError} where it cannot be copied.
 */
export async function previousOf(
  { named, identity }: Named, subject: Copy, files: readonly string[], run: RunFolder, say: (line: string) => void,
): Promise<Previous> {
  const { binary, tree } = await copyArtifact({ named, beside: identity.beside ?? [], files, like: subject.binary }, run);
  const [sha256, subjects] = [await digestOf({ binary, tree }), await digestOf(subject)];
  const isSame = sha256 === subjects;
  if (isSame) say('warning: --previous has the same bytes as --binary, so nothing is decided between them; name the last release');
  if (binary.length !== subject.binary.length) say('warning: --previous has another form than --binary: their paths differ in length');
  return { binary, named, sha256, sizeBytes: tree?.sizeBytes ?? identity.sizeBytes, isSame };
}

async function digestOf({ binary, tree }: Copy): Promise<string> {
  return tree?.sha256 ?? await sha256OfFile(binary);
}
