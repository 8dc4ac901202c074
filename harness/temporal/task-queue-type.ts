/** temporal.api.enums.v1.TaskQueueType. */
export const TaskQueueType = { workflow: 1, activity: 2 } as const;
