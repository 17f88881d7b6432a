import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { DataRequestKind } from '../../../shared/contracts/data-requests.ts';

/** What each kind of request is called (LGPD art. 18). */
export const kindNames: Readonly<Record<DataRequestKind, MessageDescriptor>> = {
  access: msg`Acesso aos dados`,
  correction: msg`Correção`,
  deletion: msg`Eliminação`,
  portability: msg`Portabilidade`,
  information: msg`Informação sobre o uso`,
  withdrawal: msg`Revogação do consentimento`,
};
