import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { DuplicatePair, DuplicateReason } from '../../../shared/contracts/duplicates.ts';

/** Why two records look like one person, in words. */
export const reasonWords: Readonly<Record<DuplicateReason, MessageDescriptor>> = {
  document: msg`Mesmo documento`,
  name: msg`Mesmo nome`,
  similarName: msg`Nome parecido`,
  birthDate: msg`Mesmo nascimento`,
  phone: msg`Mesmo telefone`,
  email: msg`Mesmo e-mail`,
};

export const certaintyWords: Readonly<Record<DuplicatePair['certainty'], MessageDescriptor>> = {
  high: msg`Muito provável`,
  medium: msg`Provável`,
  low: msg`Talvez`,
};
