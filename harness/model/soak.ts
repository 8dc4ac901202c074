/** What a soak is at least; a run that was asked for less calls itself one, and the gate does not take it for one. */
export const soakOwes = { executions: 2_000, idleMinutes: 10 } as const;
