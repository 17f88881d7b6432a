import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { RelativeKind } from '../../../../shared/contracts/relatives.ts';

/** What the other one is to the client. */
export const relativeWords: Readonly<Record<RelativeKind, MessageDescriptor>> = {
  guardian: msg`Responsável`,
  parent: msg`Mãe ou pai`,
  child: msg`Filha ou filho`,
  sibling: msg`Irmã ou irmão`,
  partner: msg`Companheira ou companheiro`,
  dependent: msg`Sob sua responsabilidade`,
};
