import { i18n } from '@lingui/core';
import { beforeAll, expect, it } from 'vitest';
import { describeWholeState } from './state-words.ts';

beforeAll(() => {
  i18n.loadAndActivate({ locale: 'pt-BR', messages: {} });
});

it('what is past and unresolved is “a concluir” wherever a state is named', () => {
  expect(describeWholeState({ status: 'scheduled', pending: true })).toBe('Agendado, a concluir');
  expect(describeWholeState({ status: 'done', pending: false })).toBe('Concluído');
});
