/**
 * Repeats a short transaction that does at most `limit` of something until it does less, or the process stops.
 * @returns the sum
 */
export async function repeatInSteps(
  step: () => Promise<number>,
  limit: number,
  stopping?: AbortSignal,
): Promise<number> {
  for (let total = 0; ;) {
    const done = await step();
    total += done;
    if (done < limit || stopping?.aborted === true) return total;
  }
}
