import parts from './person-parts.module.css';
import styles from './person-devices.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { DeviceSession } from '../../../shared/contracts/auth.ts';
import type { Professional } from '../../../shared/contracts/professionals.ts';
import { formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { classNames } from '../../ui/class-names.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/failure.tsx';
import { endPersonDevice, personDevicesQuery } from './professionals-api.ts';

/** The devices on which a person is signed in, each with a button that ends the session. */
export function PersonDevices({ person }: { readonly person: Professional }) {
  const { t } = useLingui();
  const { data, error, isPending } = useQuery(personDevicesQuery(person.id));
  return (
    <section className={parts['person-section']}>
      <h3>
        <Trans>Dispositivos</Trans>
      </h3>
      {isPending && <SkeletonRows rows={1} />}
      {data?.length === 0 && (
        <p className={parts['person-note']}>
          <Trans>Sem acesso aberto em nenhum aparelho.</Trans>
        </p>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={styles['person-devices']} aria-label={t`Dispositivos`}>
          {data.map((device) => (
            <Device key={device.id} person={person} device={device} />
          ))}
        </ul>
      )}
      <Failure error={error} />
    </section>
  );
}

function Device({ person, device }: { readonly person: Professional; readonly device: DeviceSession }) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const end = useMutation({ mutationFn: () => endPersonDevice(person.id, device.id) });
  const name = device.deviceName ?? t`Aparelho sem nome`;
  return (
    <li className={parts['person-device']} aria-label={name}>
      <span className={parts['person-words']}>
        <span className={parts['person-name']} translate="no">
          {name}
        </span>
        <span className={classNames(parts['person-line'], 'tabular')}>
          <Trans>Última atividade: {formatMoment(device.lastSeenAt, timeZone)}</Trans>
        </span>
        <Failure error={end.error} />
      </span>
      {device.current ? (
        <Badge tone="accent" size="small">
          <Trans>este aparelho</Trans>
        </Badge>
      ) : (
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
    </li>
  );
}
