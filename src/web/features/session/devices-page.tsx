import parts from './device-parts.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Page } from '../../ui/page.tsx';
import { FailureState } from '../../ui/states.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { DeviceRow } from './device-row.tsx';
import { devicesQuery } from './devices-calls.ts';

/** Where this professional is signed in, and the way to end it. */
export function DevicesPage() {
  const { t } = useLingui();
  const { data, error, isPending, refetch } = useQuery(devicesQuery);
  return (
    <Page title={t`Meus dispositivos`} parent={{ to: '/configuracoes', label: t`Configurações` }} width="text">
      <p className={parts['devices-intro']}>
        <Trans>Os aparelhos em que você está conectado agora. Se não reconhecer algum, encerre o acesso dele.</Trans>
      </p>
      {data !== undefined && (
        <ul className={parts['devices']}>
          {data.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </ul>
      )}
      {isPending && <SkeletonRows rows={2} />}
      {error !== null && data === undefined && <FailureState error={error} onRetry={() => void refetch()} />}
    </Page>
  );
}
