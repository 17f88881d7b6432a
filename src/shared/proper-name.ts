/** Words that stand in small letters within Brazilian names, apart from a first one. */
const particles = new Set(['da', 'das', 'de', 'del', 'di', 'do', 'dos', 'du', 'e', 'van', 'von', 'y']);

const capitalize = (word: string): string => {
  const [first = '', ...rest] = word;
  return first.toLocaleUpperCase('pt-BR') + rest.join('');
};

/** Whether a name was typed without a thought to its letters: all small, or all capitals with more than initials. */
const isCareless = (name: string): boolean => {
  const letters = name.replace(/[^\p{L}]/gu, '');
  const isSmall = letters !== '' && letters === letters.toLocaleLowerCase('pt-BR');
  return isSmall || (letters.length > 3 && letters === letters.toLocaleUpperCase('pt-BR'));
};

/**
 * A name in proper case: `MARIA DA SILVA` and `maria da silva` become `Maria da Silva`. Anything else is somebody's own choice
 * (`Ana MacDonald`) and stays as it is. `isWhole`: the text begins with a first name, which is never a particle.
 */
export function makeProperName(name: string, isWhole = true): string {
  if (!isCareless(name)) return name;
  let isFirst = isWhole;
  return name.toLocaleLowerCase('pt-BR').replace(/[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)?/gu, (word) => {
    const isParticle = !isFirst && particles.has(word);
    isFirst = false;
    if (isParticle) return word;
    // `d'ávila` becomes `D'Ávila`.
    return word
      .split(/(?<=['’])/u)
      .map(capitalize)
      .join('');
  });
}
