import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { AuditFilters } from '../../../shared/contracts/audit.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const day = /^\d{4}-\d\d-\d\d$/;
const code = /^[a-z][a-z_]{0,59}$/;

/** What each filter may be in the address. */
const patterns: Readonly<Record<keyof AuditFilters, RegExp>> = {
  from: day,
  to: day,
  actorId: uuid,
  action: code,
  recordType: code,
  recordId: uuid,
};

/** Reads the filters from the search part of an address. What the contract would refuse is left out. */
const readTrailFilters = (search: Readonly<Record<string, unknown>>): AuditFilters =>
  Object.fromEntries(
    Object.entries(patterns).flatMap(([name, pattern]) => {
      const value = search[name];
      return typeof value === 'string' && pattern.test(value) ? [[name, value]] : [];
    }),
  );

/** The filters of the trail. They are stored in the address, so that a reload and a link keep them. */
export function useTrailFilters(): {
  readonly filters: AuditFilters;
  readonly change: (filters: AuditFilters) => void;
} {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const filters = useMemo(() => readTrailFilters(search), [search]);
  return {
    filters,
    change: (next) => {
      const set = readTrailFilters(next);
      void navigate({ to: '/auditoria', search: set, replace: true, resetScroll: false });
    },
  };
}
