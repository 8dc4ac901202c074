/** One running process as the operating system lists it. */
export type ProcessEntry = {
  readonly pid: number;
  readonly parentPid: number;
  /** The process group; 0 where the system has none. */
  readonly groupId: number;
  /** The session; 0 where the system has none or does not tell it. */
  readonly sessionId: number;
  /** Distinguishes two processes that had the same pid one after the other. */
  readonly startedAt: string;
  readonly zombie: boolean;
  readonly command: string;
  /** Memory in RAM; left out on Linux, where /proc knows better (see memory.ts). */
  readonly residentBytes?: number;
};

/** Tells a process from another one that has its pid later. */
export function keyOf({ pid, startedAt }: ProcessEntry): string {
  return `${pid} ${startedAt}`;
}
