/** Days within which an import or a merge can be taken back. */
const undoDays = 30;

/** The moment from which an import or a merge done at `doneAt` cannot be taken back any more. */
export const undoEndsAt = (doneAt: Date): Date => new Date(doneAt.getTime() + undoDays * 86_400_000);
