import styles from './incidents.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DataKind, Incident, MassEvent } from '../../../shared/contracts/incidents.ts';
import { formatMoment } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Button } from '../../ui/button.tsx';
import { kindWords, massWords, scopeWords } from './incident-words.ts';

/** How many clients are shown before somebody asks for all. */
const shownAtFirst = 50;

/** Whom the incident touched, as the trail knows it, and what the trail cannot know. */
export function Touched({ incident }: { readonly incident: Incident }) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const { clients, clientCount, massEvents, lists } = incident;
  const [isWhole, setWhole] = useState(false);
  const describeKinds = useKinds();
  const shown = isWhole ? clients : clients.slice(0, shownAtFirst);
  return (
    <section className={styles['section']} aria-label={t`Clientes alcançados`}>
      <h2>
        <Trans>Clientes alcançados</Trans>
      </h2>
      <p>
        <Plural
          value={clientCount}
          _0="Nenhuma ficha foi aberta ou alterada, uma a uma, neste período."
          one="# ficha foi aberta ou alterada neste período."
          other="# fichas foram abertas ou alteradas neste período."
        />
      </p>
      {shown.length > 0 && (
        <ul className={styles['list']} aria-label={t`Clientes alcançados`}>
          {shown.map(({ id, name, kinds, firstAt, lastAt }) => (
            <li key={id} className={styles['item']}>
              <span className={styles['words']}>
                <Link to="/clientes/$id" params={{ id }} className={styles['name']} translate="no">
                  {name}
                </Link>
                <span className={styles['note']}>{describeKinds(kinds)}</span>
              </span>
              <span className={styles['note']}>
                {formatMoment(firstAt, timeZone)}
                {lastAt !== firstAt && <> – {formatMoment(lastAt, timeZone)}</>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {clients.length > shown.length && (
        <div className={styles['on-screen']}>
          <Button
            onClick={() => {
              setWhole(true);
            }}
          >
            <Trans>Mostrar todos</Trans>
          </Button>
        </div>
      )}
      {clientCount > clients.length && (
        <p className={styles['note']}>
          <Trans>A lista para em {clients.length}. O resto está na auditoria.</Trans>
        </p>
      )}
      {massEvents.length > 0 && (
        <>
          <p>
            <Trans>Além disso, muitos de uma vez:</Trans>
          </p>
          <ul className={styles['list']} aria-label={t`Muitos clientes de uma vez`}>
            {massEvents.map((event) => (
              <MassRow key={event.id} event={event} />
            ))}
          </ul>
        </>
      )}
      {lists !== null && (
        <p className={styles['note']}>
          <Plural
            value={lists.clients}
            one="Listas e buscas não ficam na auditoria, uma a uma: quem entrou podia ver nelas nome, telefone e cidade de até # cliente."
            other="Listas e buscas não ficam na auditoria, uma a uma: quem entrou podia ver nelas nome, telefone e cidade de até # clientes."
          />
        </p>
      )}
    </section>
  );
}

function useKinds(): (kinds: readonly DataKind[]) => string {
  const { i18n } = useLingui();
  return (kinds) => kinds.map((kind) => i18n._(kindWords[kind])).join(', ');
}

function MassRow({ event: { at, action, kinds, clients, scope } }: { readonly event: MassEvent }) {
  const timeZone = useClinicTimeZone();
  const { i18n } = useLingui();
  const describeKinds = useKinds();
  const words = massWords[action];
  return (
    <li className={styles['item']}>
      <span className={styles['words']}>
        <span className={styles['name']}>
          {words === undefined ? action : i18n._(words)}
          {clients !== null && (
            <>
              {': '}
              <Plural value={clients} one="# cliente" other="# clientes" />
            </>
          )}
        </span>
        <span className={styles['note']}>
          {[scope === null ? undefined : i18n._(scopeWords[scope]), describeKinds(kinds)]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </span>
      </span>
      <span className={styles['note']}>{formatMoment(at, timeZone)}</span>
    </li>
  );
}
