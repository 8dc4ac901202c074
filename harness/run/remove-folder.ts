import { removeTree } from '../system/tree.ts';
import { notedRooms, type RunFolder } from '../system/launch/run-folder.ts';

/** Removes a run's folder and its rooms when it is disposed, or says where they stay. */
export function removeFolder(run: RunFolder, keep: boolean, say: (line: string) => void): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      if (keep) return say(`the rooms are kept: ${run.folder}/rooms has a link to each`);
      const all = [...notedRooms(run), run.folder];
      await Promise.all(all.map(removeTree));
    },
  };
}
