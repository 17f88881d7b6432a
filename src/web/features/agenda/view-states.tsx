import styles from './view-states.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatTime } from '../../lib/format.ts';
import { Delayed, SkeletonShape } from '../../ui/skeleton.tsx';
import { EmptyState, FailureState } from '../../ui/states.tsx';
import { IconCalendarOff, IconCloudOff } from '@tabler/icons-react';

interface LoadedProps {
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly hasData: boolean;
  /** When the copy that is shown was stored, in milliseconds of the epoch; undefined for an answer of the server. */
  readonly storedAt?: number | undefined;
  readonly timeZone: string;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** The content, or why it is not there; above what comes from the offline cache its age. */
export function Loaded({ isLoading, error, hasData, storedAt, timeZone, onRetry, children }: LoadedProps) {
  const { t } = useLingui();
  if (error !== null && !hasData)
    return <FailureState error={error} onRetry={onRetry} title={t`Não foi possível abrir a agenda`} />;
  if (isLoading || !hasData) return <GridSkeleton />;
  const time = storedAt === undefined ? '' : formatTime(new Date(storedAt).toISOString(), timeZone);
  return (
    <>
      {storedAt !== undefined && (
        <p className={styles['stored']} role="status">
          <IconCloudOff size="1.25rem" aria-hidden="true" />
          <Trans>Sem conexão: a agenda está como era às {time}.</Trans>
        </p>
      )}
      {children}
    </>
  );
}

const GridSkeleton = () => (
  <Delayed>
    <div className={styles['skeleton']} role="status">
      <span className="visually-hidden">
        <Trans>Carregando…</Trans>
      </span>
      {Array.from({ length: 7 }, (_, index) => (
        <SkeletonShape key={index} width={`${String(96 - ((index * 17) % 40))}%`} height="3.25rem" />
      ))}
    </div>
  </Delayed>
);

/** Shown where nobody of the clinic has an agenda. */
export function NobodyTreats() {
  const { t } = useLingui();
  return (
    <EmptyState icon={<IconCalendarOff />} title={t`Ninguém atende ainda`}>
      <Trans>A agenda mostra uma coluna para cada profissional da clínica. Convide quem atende em Profissionais.</Trans>
    </EmptyState>
  );
}
