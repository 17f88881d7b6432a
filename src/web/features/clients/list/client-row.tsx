import styles from './client-row.module.css';
import { useLingui } from '@lingui/react/macro';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconBrandWhatsapp, IconCalendarPlus, IconDotsVertical, IconPencil, IconPhone } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { ClientVisits } from '../../../../shared/contracts/agenda/visits.ts';
import type { ClientSummary } from '../../../../shared/contracts/clients.ts';
import { may } from '../../../../shared/permissions.ts';
import { openBooking } from '../../../entities/appointment/open-booking.ts';
import { formatPhone, fullName, today } from '../../../lib/format.ts';
import { useClinicTimeZone, useMe } from '../../../lib/me.ts';
import { classNames } from '../../../ui/class-names.ts';
import { ButtonLink, IconAnchor, IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { Verbatim } from '../../../ui/verbatim.tsx';
import { describeAge, describeNothing, describePlace } from '../../../entities/client/client-line.ts';
import { callLink, whatsappLink } from '../../../entities/client/client-links.ts';
import { useTagLooks } from '../../../entities/tag/tag-queries.ts';
import type { ListLayout } from './columns.ts';
import { markDigits, markWords } from './highlight.ts';
import { findHiddenMatch } from './hidden-match.ts';
import { MarkedText } from './marked-text.tsx';
import { openOverList } from '../open-over-list.ts';
import { RowCells } from './row-cells.tsx';
import { RowCheck } from './selection/row-check.tsx';
import { CallAction } from './call-action.tsx';
import { RowTags, RowWarnings } from './row-tags.tsx';
import { useOtherPhoneItems } from './use-other-phone-items.tsx';

interface ClientRowProps {
  readonly client: ClientSummary;
  /** Position in the list, from 0. */
  readonly index: number;
  /** Clients of the whole list, if that is known. */
  readonly size: number | undefined;
  /** The search; its matches are marked. */
  readonly query: string;
  /** Distance from the top of the list, and height, in pixels. */
  readonly top: number;
  readonly height: number;
  readonly layout: ListLayout;
  readonly visits: ClientVisits | undefined;
  /** Whether the client's card is open beside the list. */
  readonly isOpen: boolean;
  /** Whether some card is: another one takes its place, also in the history. */
  readonly isCardOpen: boolean;
}

/** One client of the list: the whole row opens the card; its actions are separate. Not rendered again on scrolling. */
export const ClientRow = memo(function ClientRow(props: ClientRowProps) {
  const { client, index, size, query, top, height, layout, visits, isOpen, isCardOpen } = props;
  const name = fullName(client);
  return (
    <li
      className="client-row"
      style={{ height, transform: `translateY(${top}px)` }}
      aria-label={name}
      aria-posinset={index + 1}
      aria-setsize={size ?? -1}
      data-index={index}
      data-client={client.id}
      data-open={isOpen ? '' : undefined}
    >
      <RowCheck client={client} index={index} />
      <div className={styles['client-who']}>
        <div className={styles['client-words']} translate="no">
          <Link
            to="/clientes/$id"
            params={{ id: client.id }}
            search={true}
            replace={isCardOpen}
            state={isCardOpen ? true : openOverList}
            resetScroll={false}
            className="client-name"
          >
            <MarkedText runs={markWords(name, query)} />
          </Link>
          <ClientLine client={client} query={query} layout={layout} />
        </div>
        {layout.countTags > 0 && client.tags.length > 0 && <RowTags tags={client.tags} shown={layout.countTags} />}
      </div>
      <RowCells client={client} query={query} columns={layout.columns} visits={visits} />
      <RowActions client={client} isNarrow={layout.isNarrow} />
    </li>
  );
});

/** What tells people of one name apart, in one line; facts that have a column of their own are left out. */
function ClientLine({ client, query, layout }: Pick<ClientRowProps, 'client' | 'query' | 'layout'>) {
  const { t } = useLingui();
  const { phone, email, dateOfBirth } = client;
  const day = today(useClinicTimeZone());
  const { isNarrow, countTags } = layout;
  const hasTags = countTags > 0;
  const hasColumns = layout.columns.length > 0;
  // A narrow row has room for few facts: without the state, and with the age before the city.
  const place = describePlace(isNarrow && client.city !== null ? { ...client, state: null } : client);
  const parts: [key: string, part: ReactNode][] = [];
  const looks = useTagLooks(client.tags);
  const warns = looks.some((tag) => tag.warns);
  const shownTags = hasTags ? looks.slice(0, countTags) : looks.filter((tag) => tag.warns);
  const reason = findHiddenMatch(
    client,
    query,
    shownTags.map(({ name }) => name),
  );
  if (phone === null && email !== null)
    parts.push(['email', <MarkedText key="email" runs={markWords(email, query)} />]);
  // Without a phone the e-mail is there already.
  const isSeen = (reason?.field === 'email' && phone === null) || (reason?.field === 'place' && hasColumns);
  if (reason !== undefined && !isSeen) {
    const mark = ['civilName', 'email', 'guardian', 'tag', 'place'].includes(reason.field) ? markWords : markDigits;
    parts.unshift([
      'match',
      <MarkedText key="match" runs={mark(reason.field === 'place' ? place : reason.text, query)} />,
    ]);
  }
  const age: typeof parts = dateOfBirth === null ? [] : [['age', describeAge(dateOfBirth, day)]];
  const where: typeof parts = place === '' || reason?.field === 'place' ? [] : [['place', place]];
  const number: typeof parts =
    phone === null ? [] : [['phone', <MarkedText key="phone" runs={markDigits(formatPhone(phone), query)} />]];
  // Beside a warning, a narrow row has room for the age, but not for a number.
  const first = isNarrow && warns ? [...age, ...number] : [...number, ...(isNarrow ? age : [])];
  if (!hasColumns) parts.push(...first, ...where, ...(isNarrow ? [] : age));
  if (client.archivedAt !== null) parts.unshift(['archived', t`Arquivado`]);
  if (parts.length === 0 && hasColumns) return null;
  return (
    <p
      className={classNames(styles['client-line'], 'tabular')}
      data-searched={warns && isNarrow && query.trim() !== '' ? '' : undefined}
    >
      {!hasTags && warns && <RowWarnings tags={client.tags} />}
      {parts.length === 0
        ? describeNothing()
        : parts.map(([key, part]) => (
            <span key={key} className={styles['client-part']} data-part={key}>
              {part}
            </span>
          ))}
    </p>
  );
}

function RowActions({ client, isNarrow }: Pick<ClientRowProps, 'client'> & Pick<ListLayout, 'isNarrow'>) {
  const { t } = useLingui();
  const { phone } = client;
  return (
    <div className={styles['client-actions']}>
      {phone !== null && (
        <IconAnchor
          label={t`WhatsApp`}
          href={whatsappLink(phone)}
          target="_blank"
          rel="noreferrer"
          icon={<IconBrandWhatsapp aria-hidden="true" />}
        />
      )}
      {isNarrow ? <MoreActions client={client} /> : <ComputerActions client={client} />}
    </div>
  );
}

/** Books for the client; undefined for people who may not, and for archived clients. */
function useBook(client: ClientSummary): (() => void) | undefined {
  const { role } = useMe();
  if (!may(role, 'agenda.write') || client.archivedAt !== null) return undefined;
  const { id, professionalId } = client;
  return () => {
    openBooking({ client: { id, name: fullName(client), professionalId } });
  };
}

function ComputerActions({ client }: { readonly client: ClientSummary }) {
  const { t } = useLingui();
  const { id } = client;
  const book = useBook(client);
  return (
    <>
      <CallAction client={client} />
      {book !== undefined && (
        <IconButton label={t`Agendar`} icon={<IconCalendarPlus aria-hidden="true" />} onClick={book} />
      )}
      {/* An archived client is opened first: the card says what can still be done. */}
      {client.archivedAt === null && (
        <ButtonLink
          to="/clientes/$id/editar"
          params={{ id }}
          state={{ isOverList: true }}
          variant="quiet"
          data-round=""
          aria-label={t`Editar`}
          title={t`Editar`}
          icon={<IconPencil aria-hidden="true" />}
        />
      )}
    </>
  );
}

function MoreActions({ client }: { readonly client: ClientSummary }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { id, phone } = client;
  const name = fullName(client);
  const book = useBook(client);
  const others = useOtherPhoneItems(client);
  const call = { label: t`Ligar`, icon: <IconPhone aria-hidden="true" />, href: callLink(phone ?? '') };
  const edit = {
    label: t`Editar`,
    icon: <IconPencil aria-hidden="true" />,
    onSelect: () =>
      void navigate({
        to: '/clientes/$id/editar',
        params: { id },
        state: { isOverList: true },
      }),
  };
  const items = [
    ...(phone === null ? [] : [call]),
    ...(book === undefined
      ? []
      : [{ label: t`Agendar`, icon: <IconCalendarPlus aria-hidden="true" />, onSelect: book }]),
    ...others,
    ...(client.archivedAt === null ? [edit] : []),
  ];
  if (items.length === 0) return null;
  return (
    <Menu
      label={t`Ações de ${name}`}
      heading={<Verbatim>{name}</Verbatim>}
      items={items}
      trigger={(links) => (
        <IconButton label={t`Mais ações`} icon={<IconDotsVertical aria-hidden="true" />} {...links} />
      )}
    />
  );
}
