import styles from './list.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Room, VisitType } from '../../../shared/contracts/agenda/availability.ts';
import { roomsQuery, visitTypesQuery } from '../../entities/clinic/clinic-queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { RoomDialog } from './room-dialog.tsx';
import { Section, SettingsLayout } from './settings-layout.tsx';
import { VisitTypeDialog } from './visit-type-dialog.tsx';

/** Kinds of visit with their durations, and rooms. */
export function VisitsPage() {
  const { t } = useLingui();
  const types = useQuery(visitTypesQuery);
  const rooms = useQuery(roomsQuery);
  const [type, setType] = useState<VisitType | 'new'>();
  const [room, setRoom] = useState<Room | 'new'>();
  return (
    <SettingsLayout title={t`Tipos de atendimento e salas`} query={types}>
      <Section
        title={t`Tipos de atendimento`}
        note={
          <Trans>
            A duração é a sugestão ao agendar. O intervalo depois fica livre quando horários são oferecidos.
          </Trans>
        }
      >
        <ul className={styles['list']}>
          {types.data?.map((each) => (
            <TypeRow
              key={each.id}
              type={each}
              onEdit={() => {
                setType(each);
              }}
            />
          ))}
        </ul>
        <div>
          <Button
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setType('new');
            }}
          >
            <Trans>Novo tipo</Trans>
          </Button>
        </div>
      </Section>
      <Section
        title={t`Salas`}
        note={<Trans>Opcional: uma sala, como um profissional, só recebe um atendimento por vez.</Trans>}
      >
        <ul className={styles['list']}>
          {rooms.data?.map((each) => {
            const { name } = each;
            return (
              <li key={each.id} className={styles['row']}>
                <span className={styles['words']}>
                  <span className={styles['name']}>{name}</span>
                </span>
                {!each.active && (
                  <Badge>
                    <Trans>Não usada</Trans>
                  </Badge>
                )}
                <IconButton
                  label={t`Alterar ${name}`}
                  icon={<IconPencil aria-hidden="true" />}
                  onClick={() => {
                    setRoom(each);
                  }}
                />
              </li>
            );
          })}
        </ul>
        <div>
          <Button
            icon={<IconPlus size="1.25rem" aria-hidden="true" />}
            onClick={() => {
              setRoom('new');
            }}
          >
            <Trans>Nova sala</Trans>
          </Button>
        </div>
      </Section>
      {type !== undefined && (
        <VisitTypeDialog
          type={type === 'new' ? undefined : type}
          onClose={() => {
            setType(undefined);
          }}
        />
      )}
      {room !== undefined && (
        <RoomDialog
          room={room === 'new' ? undefined : room}
          onClose={() => {
            setRoom(undefined);
          }}
        />
      )}
    </SettingsLayout>
  );
}

function TypeRow({ type, onEdit }: { readonly type: VisitType; readonly onEdit: () => void }) {
  const { t } = useLingui();
  const { name, minutes, bufferMinutes, color, active } = type;
  return (
    <li className={styles['row']}>
      <span className={styles['colour']} data-color={color} aria-hidden="true" />
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['note']}>
          {bufferMinutes > 0 ? (
            <Trans>
              {minutes} min, e {bufferMinutes} min de intervalo depois
            </Trans>
          ) : (
            <Trans>{minutes} min</Trans>
          )}
        </span>
      </span>
      {!active && (
        <Badge>
          <Trans>Não oferecido</Trans>
        </Badge>
      )}
      <IconButton label={t`Alterar ${name}`} icon={<IconPencil aria-hidden="true" />} onClick={onEdit} />
    </li>
  );
}
