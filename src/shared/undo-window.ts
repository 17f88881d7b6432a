/** Days within which an import or a merge can be taken back. */
const undoDays = 30;

/** When it can be taken back no more. */
export const undoEndsAt = (doneAt: Date): Date => new Date(doneAt.getTime() + undoDays * 86_400_000);
