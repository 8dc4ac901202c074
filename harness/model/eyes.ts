/** With what checks look that a platform or a machine may lack; system/eyes.ts says what each is, and tries it. */
export const eyes = ['syscalls', 'heartbeats', 'escapees'] as const;

export type Eye = (typeof eyes)[number];

/** The eyes that are not here, each with why, and how to get it: "strace is not installed: apt-get install strace". */
export type MissingEyes = Readonly<Partial<Record<Eye, string>>>;
