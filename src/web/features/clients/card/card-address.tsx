import parts from './card-parts.module.css';
import styles from './card-address.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconMapPin, IconPencil, IconPlus } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import type { TextField } from '../../../../shared/client-fields.ts';
import type { Client } from '../../../../shared/contracts/clients.ts';
import { findMapLink } from '../../../entities/client/client-links.ts';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';
import { formatField } from '../../../entities/client/format-field.ts';
import { IconAnchor, IconButton } from '../../../ui/button.tsx';
import { CopyValue } from './copy-value.tsx';
import { QuickEdit } from './lazy-quick-edit.ts';

interface CardAddressProps {
  /** Those of the address, edited together; the first gets the focus. */
  readonly fields: readonly TextField[];
  readonly versioned: VersionedClient;
}

/** The address as on an envelope, with the ways to use it. */
export function CardAddress({ fields, versioned }: CardAddressProps) {
  const { client } = versioned;
  const [isEdited, setEdited] = useState(false);
  const lines = writeAddress(client.address);
  const isArchived = client.archivedAt !== null;
  if (lines.length === 0 && isArchived) return null;
  return (
    <section className={parts['card-section']}>
      <h3 className={parts['card-section-title']}>
        <Trans>Endereço</Trans>
      </h3>
      {isEdited ? (
        <Suspense>
          <QuickEdit
            fields={fields}
            versioned={versioned}
            onDone={() => {
              setEdited(false);
            }}
          />
        </Suspense>
      ) : (
        <Written
          lines={lines}
          map={findMapLink(client.address)}
          first={fields[0]}
          onEdit={
            isArchived
              ? undefined
              : () => {
                  setEdited(true);
                }
          }
        />
      )}
    </section>
  );
}

/** “Rua Direita, 10, ap. 2”, “Centro”, “Santos, SP, 11010-000”; lines without any part are left out. */
function writeAddress(address: Client['address']): string[] {
  const { street, number, complement, neighborhood, city, state, postalCode } = address;
  const code = postalCode === null ? null : formatField('address.postalCode', postalCode);
  return [[street, number, complement], [neighborhood], [city, state, code]]
    .map((line) => line.filter((part) => part !== null && part !== '').join(', '))
    .filter((line) => line !== '');
}

interface WrittenProps {
  readonly lines: readonly string[];
  readonly map: string | undefined;
  readonly first: TextField | undefined;
  readonly onEdit: (() => void) | undefined;
}

function Written({ lines, map, first, onEdit }: WrittenProps) {
  const { t } = useLingui();
  if (lines.length === 0)
    return (
      <button
        type="button"
        className={parts['card-add']}
        data-field={first}
        data-screen-only=""
        aria-label={t`Incluir Endereço`}
        onClick={onEdit}
      >
        <IconPlus size="1rem" aria-hidden="true" />
        <Trans>Endereço</Trans>
      </button>
    );
  return (
    <div className={styles['card-address']}>
      <p className={styles['card-lines']} translate="no">
        {lines.join('\n')}
      </p>
      {map !== undefined && (
        <IconAnchor
          label={t`Mapa`}
          href={map}
          target="_blank"
          rel="noreferrer"
          icon={<IconMapPin size="1.25rem" aria-hidden="true" />}
        />
      )}
      <CopyValue label={t`Endereço`} value={lines.join('\n')} />
      {onEdit !== undefined && (
        <IconButton
          label={t`Alterar Endereço`}
          data-field={first}
          data-pencil=""
          icon={<IconPencil size="1.125rem" aria-hidden="true" />}
          onClick={onEdit}
        />
      )}
    </div>
  );
}
