import { expect, it } from 'vitest';
import { clientRoutes } from '../../../../shared/contracts/client-routes.ts';
import { type ExportFormat, exportPath } from './export-path.ts';
import type { ListFilters } from './list-filters.ts';

const everything: ListFilters = {
  q: 'joão & maria',
  professionalId: '01900000-0000-7000-8000-000000000105',
  city: 'São Paulo',
  state: 'SP',
  tag: 'pé diabético',
  birthMonth: 3,
  status: 'archived',
  sort: '-createdAt',
};

it.each<[ExportFormat, ListFilters]>([
  ['csv', {}],
  ['csv', everything],
  ['xlsx', {}],
  ['xlsx', everything],
])('a %s of the list filtered by %j is one that the API knows, with the same filters', (format, filters) => {
  const url = new URL(exportPath(format, filters), 'http://localhost');
  expect(url.pathname).toBe(`/clients/export.${format}`);
  const query = Object.fromEntries(url.searchParams);
  const { sort, ...narrowed } = filters;
  expect(sort === undefined ? query : { ...query, sort }).toMatchObject({
    ...filters,
    ...(filters.birthMonth === undefined ? {} : { birthMonth: '3' }),
  });
  const schema = clientRoutes[format === 'csv' ? 'GET /clients/export.csv' : 'GET /clients/export.xlsx'].query;
  expect(schema.parse(query)).toMatchObject(narrowed);
});

it('archived clients come along where they are wanted', () => {
  expect(exportPath('csv', { tag: 'vip' }, true)).toBe('/clients/export.csv?dialect=excel&tag=vip&status=all');
});
