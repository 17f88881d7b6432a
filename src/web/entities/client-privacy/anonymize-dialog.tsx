import styles from './client-privacy.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ResponseOf } from '../../../shared/api-client.ts';
import { fieldColumns, fieldNames } from '../../../shared/client-fields.ts';
import type { Anonymization } from '../../../shared/contracts/anonymizing.ts';
import { api } from '../../lib/api.ts';
import { formatMoment, formatPlainDate } from '../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../lib/me.ts';
import { useSave } from '../../lib/use-save.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/check.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FailureState } from '../../ui/states.tsx';
import { toast, toastFailure } from '../../ui/toast.tsx';
import { useFieldLabels } from '../client/field-labels.ts';
import { partNames, tableNames } from './privacy-words.ts';

type Answer = ResponseOf<'POST /clients/{id}/anonymize'>;

interface AnonymizeDialogProps {
  readonly clientId: string;
  readonly name: string;
  readonly dataRequestId?: string;
  /** Called with the client as they are now, once something was asked or done. */
  readonly onDone: (client: Answer, etag: string) => void;
  readonly onClose: () => void;
}

/** Shows what goes, what stays, under which law and until when; then does it, or asks a second administrator. */
export function AnonymizeDialog({ clientId, name, dataRequestId, onDone, onClose }: AnonymizeDialogProps) {
  const { t } = useLingui();
  const me = useMe();
  const { isBusy, errors, save } = useSave();
  const [isSure, setSure] = useState(false);
  const params = { id: clientId };
  const preview = useQuery({
    queryKey: ['anonymization', clientId],
    queryFn: async ({ signal }) =>
      (await api('POST /clients/{id}/anonymize', { params, body: { dryRun: true }, signal })).body.anonymization,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const told = preview.data;
  const isAsked = told?.askedBy?.id === me.id;
  const waits = told?.needsApproval === true && (told.askedBy === null || isAsked);
  const act = async (): Promise<void> => {
    await save(async () => {
      const body = dataRequestId === undefined ? {} : { dataRequestId };
      const { body: client, etag } = await api('POST /clients/{id}/anonymize', { params, body });
      onClose();
      onDone(client, etag ?? '');
      const message =
        client.anonymization.state === 'done'
          ? t`O cadastro não diz mais de quem é.`
          : t`Pedido feito. Outra pessoa da administração precisa aprovar.`;
      toast({ message });
    });
  };
  const withdraw = (): void => {
    api('DELETE /clients/{id}/anonymize', { params }).then(() => preview.refetch(), toastFailure);
  };
  return (
    <Dialog
      label={t`Tornar anônimo o cadastro de ${name}?`}
      onClose={onClose}
      footer={
        <>
          <Button data-autofocus="" onClick={onClose}>
            <Trans>Voltar</Trans>
          </Button>
          {isAsked ? (
            <Button onClick={withdraw}>
              <Trans>Retirar o pedido</Trans>
            </Button>
          ) : (
            <Button
              variant="danger"
              busy={isBusy}
              disabled={told?.allowed !== true || !isSure}
              onClick={() => void act()}
            >
              {waits ? <Trans>Pedir aprovação</Trans> : <Trans>Tornar anônimo</Trans>}
            </Button>
          )}
        </>
      }
    >
      {told === undefined ? (
        preview.isError ? (
          <FailureState error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <SkeletonRows rows={5} />
        )
      ) : (
        // Longer than the dialog: by keyboard it scrolls once it has the focus.
        <div className={styles['words']} role="group" aria-label={name} tabIndex={0}>
          <Approval told={told} isAsked={isAsked} />
          <Clocks told={told} />
          <Goes told={told} />
          <Stays told={told} />
          {told.allowed && !isAsked && (
            <Check label={t`Entendi que não dá para desfazer`} checked={isSure} onChange={setSure} />
          )}
          {errors[''] !== undefined && <p role="alert">{errors['']}</p>}
        </div>
      )}
    </Dialog>
  );
}

interface ToldProps {
  readonly told: Anonymization;
}

function Approval({ told, isAsked }: ToldProps & { readonly isAsked: boolean }) {
  const timeZone = useClinicTimeZone();
  if (!told.needsApproval) return null;
  const at = told.askedAt === null ? '' : formatMoment(told.askedAt, timeZone);
  const who = told.askedBy?.name ?? '';
  return (
    <p className={styles['notice']}>
      {told.askedBy === null ? (
        <Trans>A clínica tem outra pessoa na administração: você pede, e ela aprova.</Trans>
      ) : isAsked ? (
        <Trans>Você pediu em {at}. Outra pessoa da administração precisa aprovar.</Trans>
      ) : (
        <Trans>
          <span translate="no">{who}</span> pediu em {at}. Se você confirmar, o cadastro se torna anônimo.
        </Trans>
      )}
    </p>
  );
}

/** Each clock with its law: until when what has to be kept. */
function Clocks({ told: { retention, allowed } }: ToldProps) {
  const { i18n } = useLingui();
  const isExpected = !allowed && retention.every(({ over }) => over);
  return (
    <section className={styles['part']}>
      <h3>
        <Trans>O que precisa ser guardado</Trans>
      </h3>
      <ul role="list">
        {retention.map(({ part, keepUntil, forGood, over, lastEntryAt, law }) => (
          <li key={part} className={styles['line']}>
            <span className={styles['what']}>{i18n._(partNames[part])}</span>
            <span>
              {forGood ? (
                <Trans>Sem prazo, por escolha da clínica</Trans>
              ) : over ? (
                lastEntryAt === null ? (
                  <Trans>Nada a guardar</Trans>
                ) : (
                  <Trans>O prazo já passou</Trans>
                )
              ) : (
                <Trans>Até {formatPlainDate(keepUntil ?? '')}</Trans>
              )}
            </span>
            <span className={styles['law']} translate="no">
              {law}
            </span>
          </li>
        ))}
      </ul>
      {isExpected && (
        <p role="alert">
          <Trans>Há horários marcados para os próximos dias. Cancele-os antes.</Trans>
        </p>
      )}
    </section>
  );
}

function useTableName(): (name: string) => string {
  const { i18n } = useLingui();
  return (name) => {
    const known = tableNames[name];
    return known === undefined ? name : i18n._(known);
  };
}

const hasSomething = ({ deleted, columns }: Anonymization['goes'][number]): boolean => deleted + columns.length > 0;

function Goes({ told: { goes } }: ToldProps) {
  const nameOf = useTableName();
  const { labelOf } = useFieldLabels();
  /** Those that people know: the database keeps others beside them, such as what a search looks through. */
  const nameFields = (columns: Anonymization['goes'][number]['columns']): string =>
    columns
      .map(({ column }) => fieldNames.find((name) => fieldColumns[name] === column))
      .filter((name) => name !== undefined && name !== 'extra')
      .map(labelOf)
      .join(', ');
  return (
    <section className={styles['part']}>
      <h3>
        <Trans>O que some</Trans>
      </h3>
      <ul role="list">
        {goes.filter(hasSomething).map(({ table, deleted, columns, law }) => (
          <li key={table} className={styles['line']}>
            <span className={styles['what']}>{nameOf(table)}</span>
            <span>
              {deleted > 0 ? (
                <Plural value={deleted} one="# registro apagado" other="# registros apagados" />
              ) : (
                <Plural value={columns.length} one="# campo mudado" other="# campos mudados" />
              )}
              {table === 'clients' && <span className={styles['columns']}>{nameFields(columns)}</span>}
            </span>
            <span className={styles['law']} translate="no">
              {law}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stays({ told: { stays } }: ToldProps) {
  const nameOf = useTableName();
  return (
    <section className={styles['part']}>
      <h3>
        <Trans>O que fica, sem dizer de quem é</Trans>
      </h3>
      <ul role="list">
        {stays.map(({ what, rows, until, law }) => (
          <li key={what} className={styles['line']}>
            <span className={styles['what']}>{nameOf(what)}</span>
            <span>
              {until !== null ? (
                <Trans>Até {formatPlainDate(until)}</Trans>
              ) : (
                rows > 0 && <Plural value={rows} one="# registro" other="# registros" />
              )}
            </span>
            <span className={styles['law']} translate="no">
              {law}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
