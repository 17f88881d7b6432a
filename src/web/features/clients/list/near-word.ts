/** Letters from which on a word may have two slips, as on the server (app.find_near_patterns). */
const longWord = 7;

/** Whether a folded word was meant for another: one slip, in a long word two. Neighbours that changed places are one slip. */
export function isNearWord(typed: string, word: string): boolean {
  const most = typed.length >= longWord ? 2 : 1;
  if (Math.abs(typed.length - word.length) > most) return false;
  let before: number[] = [];
  let above = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let row = 1; row <= typed.length; row++) {
    const here = [row];
    for (let at = 1; at <= word.length; at++) {
      const isSame = typed[row - 1] === word[at - 1];
      const isSwapped = typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1];
      const ways = [(above[at] ?? 0) + 1, (here[at - 1] ?? 0) + 1, (above[at - 1] ?? 0) + (isSame ? 0 : 1)];
      if (isSwapped) ways.push((before[at - 2] ?? most) + 1);
      here.push(Math.min(...ways));
    }
    before = above;
    above = here;
  }
  return (above.at(-1) ?? 0) <= most;
}
