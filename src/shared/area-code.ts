/** Brazil's area codes (Anatel, Plano Geral de Códigos Nacionais), as part of a regular expression. */
export const areaCodePattern = '(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])';

const wholeCode = new RegExp(`^${areaCodePattern}$`);
/** Whether a text is a Brazilian area code (DDD), two digits. */
export const isAreaCode = (text: string): boolean => wholeCode.test(text);
