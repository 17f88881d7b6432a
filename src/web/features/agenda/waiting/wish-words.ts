import { useLingui } from '@lingui/react/macro';
import type { Wish, WishInput } from '../../../../shared/contracts/agenda/waiting-list.ts';
import { useAgendaFrame } from '../use-agenda-frame.ts';

type Period = NonNullable<WishInput['periods']>[number];

/** What weekdays and periods are called. */
export function useWishNames() {
  const { t } = useLingui();
  const periods: Readonly<Record<Period, string>> = { morning: t`Manhã`, afternoon: t`Tarde`, evening: t`Noite` };
  return {
    weekdays: [t`seg.`, t`ter.`, t`qua.`, t`qui.`, t`sex.`, t`sáb.`, t`dom.`],
    periods,
  };
}

/** A wish as a line: “Bruno · seg., qua. · Manhã · Consulta · depois das 9”. */
export function useWishWords(): (wish: Wish) => string {
  const { t } = useLingui();
  const { people, describeType } = useAgendaFrame();
  const names = useWishNames();
  return ({ professionalId, weekdays, periods, visitType, note }) =>
    [
      people.find(({ id }) => id === professionalId)?.name ?? '',
      weekdays.map((weekday) => names.weekdays[weekday - 1]).join(', '),
      periods.map((period) => names.periods[period]).join(', '),
      visitType === null ? '' : describeType(visitType).name,
      note ?? '',
    ]
      .filter((part) => part !== '')
      .join(' · ') || t`Qualquer horário`;
}
