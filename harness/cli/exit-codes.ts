/** What the process ends with; a signal n ends it with 128 + n instead. */
export const exitCode = { pass: 0, fail: 1, usage: 2, inconclusive: 3 } as const;
