import { statfs } from 'node:fs/promises';

/** How often it is looked. */
const everyMs = 200;

/** Watches how much room a folder's file system has; `leastBytes` is the least that was seen, Infinity where the system tells nothing. */
export function watchFreeSpace(folder: string) {
  let leastBytes = Infinity;
  const look = (): void => {
    statfs(folder).then(({ bavail, bsize }) => void (leastBytes = Math.min(leastBytes, bavail * bsize)), () => {});
  };
  look();
  const timer = setInterval(look, everyMs).unref();
  return {
    get leastBytes(): number {
      return leastBytes;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
