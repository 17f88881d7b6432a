import parts from './device-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { failureText } from '../../lib/failure-text.ts';
import { formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { classNames } from '../../ui/class-names.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { DeviceIcon } from './device-icon.tsx';
import { devicesQuery, endDevice, renameDevice } from './devices-calls.ts';
import { NameForm } from './name-form.tsx';
import type { DeviceSession } from '../../../shared/contracts/auth.ts';

/** One device: its name, which can be changed in place, and when it was last used. */
export function DeviceRow({ device }: { readonly device: DeviceSession }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const pencil = useRef<HTMLButtonElement>(null);
  const [isRenaming, setRenaming] = useState(false);
  const end = useMutation({
    mutationFn: () => endDevice(device.id),
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery.queryKey }),
  });
  const name = device.deviceName ?? t`Aparelho sem nome`;
  const stopRenaming = (): void => {
    flushSync(() => {
      setRenaming(false);
    });
    pencil.current?.focus();
  };
  if (isRenaming)
    return (
      <li className={parts['device']} aria-label={name}>
        <DeviceIcon kind={device.deviceKind} />
        <NameForm
          label={t`Nome do aparelho`}
          name={device.deviceName ?? ''}
          onSave={async (next) => {
            showRenamed(client, await renameDevice(device.id, next));
          }}
          onDone={stopRenaming}
        />
      </li>
    );
  return (
    <li className={parts['device']} aria-label={name}>
      <DeviceIcon kind={device.deviceKind} />
      <DeviceWords device={device} name={name} error={end.error} />
      <div className={parts['device-actions']}>
        {!device.current && (
          <Button
            aria-label={t`Desconectar ${name}`}
            busy={end.isPending}
            onClick={() => {
              end.mutate();
            }}
          >
            <Trans>Desconectar</Trans>
          </Button>
        )}
        <IconButton
          ref={pencil}
          label={t`Mudar o nome de ${name}`}
          icon={<IconPencil size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            setRenaming(true);
          }}
        />
      </div>
    </li>
  );
}

function showRenamed(client: QueryClient, { id, deviceName }: DeviceSession): void {
  client.setQueryData(devicesQuery.queryKey, (all) =>
    all?.map((each) => (each.id === id ? { ...each, deviceName } : each)),
  );
}

interface DeviceWordsProps {
  readonly device: DeviceSession;
  readonly name: string;
  readonly error: Error | null;
}

function DeviceWords({ device, name, error }: DeviceWordsProps) {
  const timeZone = useClinicTimeZone();
  return (
    <div className={parts['device-words']}>
      <span className={parts['device-name']}>
        {name}
        {device.current && (
          <Badge tone="accent" size="small">
            <Trans>este aparelho</Trans>
          </Badge>
        )}
      </span>
      <span className={classNames(parts['device-line'], 'tabular')}>
        <Trans>Última atividade: {formatMoment(device.lastSeenAt, timeZone)}</Trans>
      </span>
      {error !== null && (
        <span className={parts['device-error']} role="alert">
          {failureText(error)}
        </span>
      )}
    </div>
  );
}
