/** What the trail calls each change of a client. */
export const auditActions = {
  create: 'client_created',
  update: 'client_updated',
  archive: 'client_archived',
  restore: 'client_restored',
} as const;
