import parts from './card-parts.module.css';
import styles from './card-history.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  IconArchive,
  IconArrowRight,
  IconArrowBackUp,
  IconArrowMerge,
  IconEyeOff,
  IconFileImport,
  IconPencil,
  IconUserPlus,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ClientChange } from '../../../../shared/contracts/clients.ts';
import { clientHistoryQuery } from '../../../entities/client/client-queries.ts';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { formatField } from '../../../entities/client/format-field.ts';
import { useProfessionalNames } from '../../../entities/professional/professional-queries.ts';
import { formatMoment } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { classNames } from '../../../ui/class-names.ts';
import { ShowMore } from '../../../ui/show-more.tsx';
import { Delayed, SkeletonShape } from '../../../ui/skeleton.tsx';
import { FailureState } from '../../../ui/states.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';
import { RestoreValue } from './restore-value.tsx';
import { UndoMerge } from './undo-merge.tsx';

/** What changed, who changed it and when, the latest first. */
export function CardHistory({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const list = useInfiniteQuery(clientHistoryQuery(id));
  if (list.data === undefined)
    return list.isError ? (
      <FailureState
        error={list.error}
        onRetry={() => void list.refetch()}
        title={t`Não foi possível abrir o histórico`}
      />
    ) : (
      <Delayed>
        <div className={parts['card-skeleton']}>
          <SkeletonShape width="70%" height="1rem" />
          <SkeletonShape width="45%" height="0.8rem" />
          <SkeletonShape width="60%" height="1rem" />
        </div>
      </Delayed>
    );
  return (
    <>
      <ol className={styles['card-history']}>
        {list.data.pages
          .flatMap(({ items }) => items)
          .map((change) => (
            <Change
              key={`${change.clientId} ${String(change.version)}`}
              change={change}
              isOfMerged={change.clientId !== id}
            />
          ))}
      </ol>
      <ShowMore list={list} variant="quiet">
        <Trans>Mostrar mudanças anteriores</Trans>
      </ShowMore>
    </>
  );
}

interface ChangeProps {
  readonly change: ClientChange;
  /** The change belongs to a record that was merged into this one. */
  readonly isOfMerged: boolean;
}

function Change({ change, isOfMerged }: ChangeProps) {
  const timeZone = useClinicTimeZone();
  const { icon, words } = useActionWords(change);
  return (
    <li className={styles['card-change']}>
      <span className={styles['card-change-icon']} aria-hidden="true">
        {icon}
      </span>
      <div className={styles['card-change-words']}>
        <p>{words}</p>
        {isOfMerged && (
          <p className={styles['card-change-when']}>
            <Trans>No cadastro que foi unido a este</Trans>
          </p>
        )}
        <p className={classNames(styles['card-change-when'], 'tabular')}>
          <time dateTime={change.at}>{formatMoment(change.at, timeZone)}</time>
        </p>
        {['update', 'import', 'import_undone', 'merge', 'unmerge'].includes(change.action) && (
          <ChangedFields changes={change.changes} clientId={isOfMerged ? undefined : change.clientId} />
        )}
        {change.merge !== undefined && !isOfMerged && <UndoMerge merge={change.merge} />}
      </div>
    </li>
  );
}

function useActionWords({ action, clientId, merge, by: { name } }: ClientChange): {
  icon: ReactNode;
  words: ReactNode;
} {
  const who = <Verbatim>{name}</Verbatim>;
  switch (action) {
    case 'create':
      return { icon: <IconUserPlus size="1.125rem" />, words: <Trans>{who} cadastrou</Trans> };
    case 'update':
      return { icon: <IconPencil size="1.125rem" />, words: <Trans>{who} alterou</Trans> };
    case 'archive':
      return { icon: <IconArchive size="1.125rem" />, words: <Trans>{who} arquivou</Trans> };
    case 'restore':
      return { icon: <IconArrowBackUp size="1.125rem" />, words: <Trans>{who} restaurou</Trans> };
    case 'import':
      return { icon: <IconFileImport size="1.125rem" />, words: <Trans>{who} importou de um arquivo</Trans> };
    case 'import_undone':
      return { icon: <IconArrowBackUp size="1.125rem" />, words: <Trans>{who} desfez uma importação</Trans> };
    case 'merge':
      return {
        icon: <IconArrowMerge size="1.125rem" />,
        words:
          merge?.loserId === clientId ? (
            <Trans>{who} uniu este cadastro a outro</Trans>
          ) : (
            <Trans>{who} uniu um cadastro repetido a este</Trans>
          ),
      };
    case 'unmerge':
      return { icon: <IconArrowBackUp size="1.125rem" />, words: <Trans>{who} desfez a união de cadastros</Trans> };
    case 'anonymize':
      return { icon: <IconEyeOff size="1.125rem" />, words: <Trans>{who} tornou anônimo</Trans> };
  }
}

interface ChangedFieldsProps {
  readonly changes: ClientChange['changes'];
  /** Whose they are; undefined for a record that was merged into the one shown. */
  readonly clientId: string | undefined;
}

function ChangedFields({ changes, clientId }: ChangedFieldsProps) {
  const { findLabel } = useFieldLabels();
  return (
    <ul className={styles['card-change-fields']}>
      {changes.map(({ field, from, to }) => {
        return (
          <li key={field}>
            <span className={styles['card-change-label']}>{findLabel(field) ?? field.replace(/^extra\./, '')}</span>
            <span className={styles['card-change-values']}>
              <ChangedValue field={field} value={from} isOld />
              <IconArrowRight size="0.875rem" aria-hidden="true" />
              <ChangedValue field={field} value={to} />
            </span>
            {clientId !== undefined && <RestoreValue clientId={clientId} field={field} value={from} />}
          </li>
        );
      })}
    </ul>
  );
}

interface ChangedValueProps {
  readonly field: string;
  readonly value: unknown;
  readonly isOld?: boolean;
}

function ChangedValue({ field, value, isOld = false }: ChangedValueProps) {
  const findName = useProfessionalNames({ enabled: field === 'professionalId' });
  const isEmpty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty)
    return (
      <em>
        <Trans>vazio</Trans>
      </em>
    );
  const write = (): string => {
    if (Array.isArray(value)) return value.join(', ');
    if (typeof value !== 'string') return JSON.stringify(value);
    return field === 'professionalId' ? (findName(value) ?? '…') : formatField(field, value);
  };
  return isOld ? <del translate="no">{write()}</del> : <ins translate="no">{write()}</ins>;
}
