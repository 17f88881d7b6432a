import importList from '../import-list.module.css';
import importText from '../import-text.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ImportJob } from '../../../../shared/contracts/imports.ts';
import { useMeaningNames } from '../meanings.ts';
import { useShortened } from '../use-shortened.tsx';

type Undo = NonNullable<ImportJob['undo']>;

/** How many clients undoing removed and restored. */
export function UndoneNumbers({ undo }: { readonly undo: Undo }) {
  return (
    <div className={importText['import-text']}>
      {(undo.removed > 0 || undo.restored === 0) && (
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
