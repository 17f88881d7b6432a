/** The language of what a start says: the reader's, as the server greets (src/server/terminal-language.ts). */
const named = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
const isPortuguese = /^(pt|C|POSIX|$)/.test(named);

/** @returns the text of the two that the reader understands; Portuguese where the system names no language */
export const say = (portuguese, english) => (isPortuguese ? portuguese : english);
