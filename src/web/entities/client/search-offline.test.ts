import { describe, expect, it } from 'vitest';
import type { ClientSummary } from '../../../shared/contracts/clients.ts';
import { searchStoredClients } from './search-offline.ts';

const client = (id: string, firstName: string, more: Partial<ClientSummary> = {}): ClientSummary => ({
  id,
  firstName,
  lastName: null,
  socialName: null,
  email: null,
  phone: null,
  secondaryPhone: null,
  guardianName: null,
  guardianPhone: null,
  document: null,
  dateOfBirth: null,
  tags: [],
  professionalId: 'p',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  archivedAt: null,
  city: null,
  state: null,
  ...more,
});
const page = (...items: ClientSummary[]) => ({
  items,
  nextCursor: null,
  total: { value: items.length, relation: 'eq' as const },
});

describe('a search among what was seen', () => {
  const pages = [
    page(client('1', 'Ágata', { lastName: 'Nóbrega', phone: '+5521998765432' })),
    page(client('1', 'Ágata', { lastName: 'Antiga' }), client('2', 'Zeca'), client('3', 'Ana', { archivedAt: 'x' })),
  ];

  it.each([
    ['agata', ['1']],
    ['NOB ága', ['1']],
    ['99876', ['1']],
    ['(21) 99876', ['1']],
    ['antiga', []],
    ['', ['1', '2']],
    ['ana', []],
  ])('“%s” finds %j', (query, ids) => {
    const found = searchStoredClients(pages, query);
    expect(found.items.map(({ id }) => id)).toEqual(ids);
    expect(found.total).toEqual({ value: ids.length, relation: 'eq' });
  });
});
