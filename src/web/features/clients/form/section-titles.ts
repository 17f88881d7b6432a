import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { formSections } from '../field-places.ts';

/** What the sections of the form are called, on the page and on paper. */
export const sectionTitles: Readonly<Record<(typeof formSections)[number]['key'], MessageDescriptor>> = {
  identity: msg`Identificação`,
  contact: msg`Documento e contato`,
  guardian: msg`Responsável`,
  address: msg`Endereço`,
  more: msg`Mais dados`,
};
