import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Room, VisitType } from '../../../shared/contracts/agenda/availability.ts';
import { may, mayFor, mayForAll } from '../../../shared/permissions.ts';
import { clinicQuery, roomsQuery, visitTypesQuery } from '../../entities/clinic/clinic-queries.ts';
import { professionalsQuery } from '../../entities/professional/professional-queries.ts';
import { fullName } from '../../lib/format.ts';
import { formatSignature } from '../../../shared/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import type { GridActions } from './day/grid-column.tsx';

export interface AgendaPerson {
  readonly id: string;
  readonly name: string;
  /** Council and specialty, for paper. */
  readonly signature: string;
}

/** What every view of the agenda needs besides the appointments. */
export interface AgendaFrame {
  readonly timeZone: string;
  /** Minutes of the clinic's grid. */
  readonly slot: number;
  /** Those whose agenda the person may see, the person first. */
  readonly people: readonly AgendaPerson[];
  readonly types: readonly VisitType[];
  readonly rooms: readonly Room[];
  readonly mayOverlap: boolean;
  readonly describeType: GridActions['describeType'];
  readonly mayWrite: boolean;
  /** Whether the person sees other people's agendas. */
  readonly seesAll: boolean;
}

const none: readonly never[] = [];
const usualSlot = 15;

export function useAgendaFrame(): AgendaFrame {
  const me = useMe();
  const { data } = useQuery(clinicQuery);
  const { data: types = none } = useQuery(visitTypesQuery);
  const { data: rooms = none } = useQuery(roomsQuery);
  const { data: professionals = none } = useQuery(professionalsQuery);
  const person = useMemo(() => ({ ...me, professionalId: me.id }), [me]);
  const people = useMemo(
    () =>
      professionals
        .filter(({ id, active, role }) => active && may(role, 'clients.treat') && mayFor(person, 'agenda.read', id))
        .map((each) => ({ id: each.id, name: fullName(each), signature: formatSignature(each) }))
        .sort((one, other) => Number(other.id === me.id) - Number(one.id === me.id)),
    [professionals, person, me.id],
  );
  const describeType = useCallback(
    (key: string) => types.find((type) => type.key === key) ?? { name: key, color: 'slate' },
    [types],
  );
  return {
    timeZone: useClinicTimeZone(),
    slot: data?.clinic.slotMinutes ?? usualSlot,
    people,
    types,
    rooms,
    mayOverlap: data?.clinic.overlap !== 'forbid',
    describeType,
    mayWrite: may(me.role, 'agenda.write'),
    seesAll: mayForAll(me, 'agenda.read') || me.covered.length > 0,
  };
}
