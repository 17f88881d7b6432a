import styles from './coverings.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Covering } from '../../../shared/contracts/coverings.ts';
import { mayFor } from '../../../shared/permissions.ts';
import { api } from '../../lib/api.ts';
import { formatDay, formatMoment, formatTime } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { refreshCoverings } from '../../entities/covering/covering-queries.ts';

/** One covering: who, whose clients, until when and why; both sides and administrators can end it. */
export function CoveringRow({ covering }: { readonly covering: Covering }) {
  const { t } = useLingui();
  const me = useMe();
  const timeZone = useClinicTimeZone();
  const { id, absent, covering: other, clientCount, clients, from, to, reason, state, endedAt, endedBy } = covering;
  const mayEnd =
    state !== 'over' && (other.id === me.id || mayFor({ ...me, professionalId: me.id }, 'coverings.manage', absent.id));
  const end = async (): Promise<void> => {
    try {
      await api('DELETE /coverings/{id}', { params: { id } });
      toast({ message: t`Cobertura encerrada.` });
    } catch (error) {
      toastFailure(error);
    } finally {
      void refreshCoverings();
    }
  };
  const at = (moment: string): string => formatMoment(moment, timeZone);
  const isWholeDays = [from, to].every((moment) => formatTime(moment, timeZone) === '00:00');
  const lastMoment = new Date(Date.parse(to) - 1).toISOString();
  const [starts, ends] = isWholeDays
    ? [formatDay(from, timeZone), formatDay(lastMoment, timeZone)]
    : [at(from), at(to)];
  const ended = endedAt === null ? '' : at(endedAt);
  const [absentName, coveringName, byName] = [absent.name, other.name, endedBy?.name ?? ''];
  const names = clients?.map(({ name }) => name).join(', ') ?? '';
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']}>
          <Trans>
            {coveringName} cobre {absentName}
          </Trans>
        </span>
        <span className={styles['note']}>
          {starts === ends ? starts : `${starts} – ${ends}`}
          {endedAt !== null && (
            <>
              {' · '}
              {byName === '' ? (
                <Trans>encerrada em {ended}</Trans>
              ) : (
                <Trans>
                  encerrada em {ended} por {byName}
                </Trans>
              )}
            </>
          )}
        </span>
        <span className={styles['note']}>
          {clientCount === null ? (
            <Trans>Todos os clientes e a agenda</Trans>
          ) : (
            <>
              <Plural value={clientCount} one="# cliente" other="# clientes" />
              {names !== '' && <span translate="no">: {names}</span>}
            </>
          )}
        </span>
        {reason !== '' && (
          <span className={styles['note']} translate="no">
            {reason}
          </span>
        )}
      </span>
      <Badge tone={state === 'running' ? 'success' : 'neutral'} size="small">
        {{ planned: t`Planejada`, running: t`Em curso`, over: t`Encerrada` }[state]}
      </Badge>
      {mayEnd && (
        <Button onClick={() => void end()} aria-label={t`Encerrar a cobertura de ${absentName} por ${coveringName}`}>
          <Trans>Encerrar</Trans>
        </Button>
      )}
    </li>
  );
}
