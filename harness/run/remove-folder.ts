import { rm } from 'node:fs/promises';

/** Removes a folder when it is disposed, or says where it stays. */
export function removeFolder(folder: string, keep: boolean, say: (line: string) => void): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      if (keep) say(`the rooms are kept in ${folder}`);
      else await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}
