/** The administrative gender that a free text means; `other` for words that are neither, undefined for none. */
export function codeGender(sex: string | null): 'female' | 'male' | 'other' | 'unknown' | undefined {
  const word = fold(sex);
  if (word === '') return undefined;
  if (/^(f|fem|feminino|female|mulher)$/.test(word)) return 'female';
  if (/^(m|masc|masculino|male|homem)$/.test(word)) return 'male';
  return /^(nao (informado|declarado)|ignorado|desconhecido|unknown|-+|\?+)$/.test(word) ? 'unknown' : 'other';
}

const maritalStatuses: readonly (readonly [RegExp, string])[] = [
  [/^solteir[oa]$|^single$/, 'S'],
  [/^casad[oa]$|^married$/, 'M'],
  [/^divorciad[oa]$|^divorced$/, 'D'],
  [/^viuv[oa]$|^widow(ed|er)?$/, 'W'],
  [/^separad[oa]( judicialmente)?$|^separated$/, 'L'],
  [/^uniao estavel$|^amasiad[oa]$/, 'T'],
];

/** The code of http://terminology.hl7.org/CodeSystem/v3-MaritalStatus that a free text means, if it means one. */
export const codeMaritalStatus = (text: string): string | undefined =>
  maritalStatuses.find(([words]) => words.test(fold(text)))?.[1];

const fold = (text: string | null): string =>
  (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[().]/g, '').trim().toLowerCase();
