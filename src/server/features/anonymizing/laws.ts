import type { RetentionPart } from '../../../shared/contracts/anonymizing.ts';

/** The laws that a preview names. They are cited as people in Brazil cite them, in both languages. */
export const laws = {
  /** The right to have what is not needed made anonymous or deleted. */
  erasure: 'LGPD, art. 18, IV e VI',
  /** Anonymous data may be kept by whoever holds it. */
  anonymous: 'LGPD, art. 16, IV',
  /** What a law asks to be kept. */
  duty: 'LGPD, art. 16, I',
} as const;

/** Years that clinical records are kept after their last entry. */
export const clinicalYears = 20;

/** The law by which each part is kept. */
export const retentionLaws: Readonly<Record<RetentionPart, string>> = {
  clinical: 'Lei 13.787/2018, art. 6º',
  money: 'Código Civil, art. 206, § 5º, I',
  registration: 'LGPD, art. 15, I, e art. 16',
};
