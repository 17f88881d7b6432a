import { useLingui } from '@lingui/react/macro';
import { IconClockPlus, IconDotsVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { dayOf } from '../../../lib/wall-time.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { ShiftDialog } from './shift-dialog.tsx';

export interface DayMenuProps {
  readonly professionalId: string;
  readonly name: string;
  readonly day: string;
  readonly now: string;
}

/** What can be done with the rest of somebody's day. Nothing once the day is over. */
export function DayMenu({ professionalId, name, day, now }: DayMenuProps) {
  const { t } = useLingui();
  const [isShifting, setShifting] = useState(false);
  if (day < dayOf(now)) return null;
  return (
    <>
      <Menu
        label={t`Dia de ${name}`}
        items={[
          {
            label: t`Atrasar o resto do dia`,
            icon: <IconClockPlus aria-hidden="true" />,
            onSelect: () => {
              setShifting(true);
            },
          },
        ]}
        trigger={(links) => (
          <IconButton
            label={t`Mais sobre o dia de ${name}`}
            icon={<IconDotsVertical size="1.125rem" aria-hidden="true" />}
            {...links}
          />
        )}
      />
      {isShifting && (
        <ShiftDialog
          professionalId={professionalId}
          name={name}
          from={day === dayOf(now) ? now : `${day}T00:00`}
          onClose={() => {
            setShifting(false);
          }}
        />
      )}
    </>
  );
}
