import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ImportJob } from '../../../../shared/contracts/import-job.ts';
import { formatMoment } from '../../../lib/format.ts';
import { useClinicTimeZone } from '../../../lib/me.ts';
import { useMeaningNames } from '../meanings.ts';
import { useShortened } from '../use-shortened.tsx';

type Undo = NonNullable<ImportJob['undo']>;

/** How many clients undoing removed and restored, and how many appointments left the agenda. */
export function UndoneNumbers({ undo, kind }: { readonly undo: Undo; readonly kind: ImportJob['kind'] }) {
  const { removed } = undo.appointments;
  return (
    <div className={importText['import-text']}>
      {(removed > 0 || kind === 'appointments') && (
        <p>
          <Plural
            value={removed}
            _0="Nenhuma consulta saiu da agenda."
            one="# consulta saiu da agenda."
            other="# consultas saíram da agenda."
          />
        </p>
      )}
      {kind === 'clients' && (undo.removed > 0 || undo.restored === 0) && (
        <p>
          <Plural
            value={undo.removed}
            _0="Nenhum cliente novo saiu."
            one="# cliente novo saiu."
            other="# clientes novos saíram."
          />
        </p>
      )}
      {undo.restored > 0 && (
        <p>
          <Plural value={undo.restored} one="# cliente voltou ao que era." other="# clientes voltaram ao que eram." />
        </p>
      )}
    </div>
  );
}

/** The clients that undoing left as they are, because somebody had changed them. */
export function KeptClients({ undo: { kept, keptClients } }: { readonly undo: Undo }) {
  const { t } = useLingui();
  const { fieldName } = useMeaningNames();
  const { shown, more } = useShortened(keptClients);
  if (kept === 0) return null;
  return (
    <section>
      <h2 className={importText['import-heading']}>
        <Plural
          value={kept}
          one="# cliente ficou como está, porque alguém o mudou depois"
          other="# clientes ficaram como estão, porque alguém os mudou depois"
        />
      </h2>
      <ul className={importText['import-list']} aria-label={t`Ficaram como estão`}>
        {shown.map(({ id, name, fields }) => (
          <li className={importList['import-change']} key={id}>
            <Link to="/clientes/$id" params={{ id }} className={importList['import-item-name']} translate="no">
              {name}
            </Link>
            <p className={importList['import-item-line']}>
              {fields.length === 0 ? <Trans>Todo o cadastro</Trans> : fields.map(fieldName).join(', ')}
            </p>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

/** The appointments that undoing left in the agenda. */
export function KeptAppointments({ undo: { appointments } }: { readonly undo: Undo }) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const { shown, more } = useShortened(appointments.first);
  if (appointments.kept === 0) return null;
  return (
    <section>
      <h2 className={importText['import-heading']}>
        <Plural
          value={appointments.kept}
          one="# consulta ficou na agenda, porque alguém a mudou ou o cliente já foi avisado"
          other="# consultas ficaram na agenda, porque alguém as mudou ou os clientes já foram avisados"
        />
      </h2>
      <ul className={importText['import-list']} aria-label={t`Ficaram na agenda`}>
        {shown.map(({ id, client, startAt }) => (
          <li className={importList['import-change']} key={id}>
            <Link
              to="/clientes/$id"
              params={{ id: client.id }}
              className={importList['import-item-name']}
              translate="no"
            >
              {client.name}
            </Link>
            <p className={importList['import-item-line']}>{formatMoment(startAt, timeZone)}</p>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}
