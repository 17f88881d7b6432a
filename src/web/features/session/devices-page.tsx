import './devices.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatMoment } from '../../lib/format.ts';
import { failureText } from '../../lib/failure-text.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { FailureState } from '../../ui/states.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { DeviceIcon } from './device-icon.tsx';
import { devicesQuery, endDevice } from './devices-calls.ts';
import type { DeviceSession } from '../../../shared/contracts/auth.ts';

/** Where this professional is signed in, and the way to end it. */
export function DevicesPage() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useQuery(devicesQuery);
  return (
    <Page title={t`Meus dispositivos`} width="text">
      <p className="devices-intro">
        <Trans>Os aparelhos em que você está conectado agora. Se não reconhecer algum, encerre o acesso dele.</Trans>
      </p>
      {data !== undefined && (
        <ul className="devices">
          {data.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </ul>
      )}
      {isPending && <SkeletonRows rows={2} />}
      {error !== null && data === undefined && <FailureState error={error} onRetry={() => void refetch()} />}
    </Page>
  );
}

function Device({ device }: { readonly device: DeviceSession }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => endDevice(device.id),
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery.queryKey }),
  });
  const name = device.deviceName ?? t`Aparelho sem nome`;
  return (
    <li className="device" aria-label={name}>
      <DeviceIcon kind={device.deviceKind} />
      <div className="device-words">
        <span className="device-name">
          {name}
          {device.current && (
            <span className="device-current">
              <Trans>este aparelho</Trans>
            </span>
          )}
        </span>
        <span className="device-line tabular">
          <Trans>Última atividade: {formatMoment(device.lastSeenAt)}</Trans>
        </span>
        {end.isError && (
          <span className="device-error" role="alert">
            {failureText(end.error)}
          </span>
        )}
      </div>
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
    </li>
  );
}
