import { expect, it } from 'vitest';
import { textFields } from '../../../shared/client-fields.ts';
import { cardSections } from './field-places.ts';
import { formFields } from './form/form-fields.ts';

it('every field that is a text has one place in the form, and one on the card below the names', () => {
  const inForm = formFields.filter((field) => field !== 'tags' && field !== 'professionalId');
  expect(inForm.toSorted()).toEqual(textFields.toSorted());
  const onCard = cardSections.flatMap(({ fields }) => fields);
  expect([...onCard, 'firstName', 'lastName', 'socialName'].toSorted()).toEqual(textFields.toSorted());
});
