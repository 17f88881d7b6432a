/** Key of the query cache for the waiting list. */
export const waitingKey = ['waiting-list'] as const;
