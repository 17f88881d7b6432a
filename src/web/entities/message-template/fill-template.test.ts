import { expect, it } from 'vitest';
import { fillTemplate } from './fill-template.ts';

const values = { nome: 'Bia', clinica: 'Pés & Cia', profissional: 'Bruno Lima' };

it('a message says to each client what differs, however its place is spelt', () => {
  expect(fillTemplate('Olá, {nome}. {Clínica}, { profissional }.', values)).toBe('Olá, Bia. Pés & Cia, Bruno Lima.');
  expect(fillTemplate('{nome} {nome}', values)).toBe('Bia Bia');
});

it('other braces stay, and a name is no pattern', () => {
  expect(fillTemplate('{data} {} {nome', values)).toBe('{data} {} {nome');
  expect(fillTemplate('Olá, {nome}', { ...values, nome: '$& {clinica}' })).toBe('Olá, $& {clinica}');
});
