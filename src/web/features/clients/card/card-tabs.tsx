import styles from './card-tabs.module.css';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, lazy, Suspense, useDeferredValue, useId, useRef } from 'react';
import { CardOrigin, CardSections } from './card-data.tsx';
import { CardHistory } from './card-history.tsx';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';

const load = () => import('./second-load.ts');
const CardAppointments = lazy(async () => ({ default: (await load()).CardAppointments }));
const Consents = lazy(async () => ({ default: (await load()).Consents }));
const NextVisit = lazy(async () => ({ default: (await load()).NextVisit }));
const Relatives = lazy(async () => ({ default: (await load()).Relatives }));

export type CardTab = 'summary' | 'visits' | 'data' | 'history';

const tabs: Readonly<Record<CardTab, MessageDescriptor>> = {
  summary: msg`Resumo`,
  visits: msg`Atendimentos`,
  data: msg`Dados`,
  history: msg`Histórico`,
};
const keys = Object.keys(tabs) as CardTab[];

interface CardTabsProps {
  readonly versioned: VersionedClient;
  readonly open: CardTab;
  readonly onOpen: (tab: CardTab) => void;
}

/** The tabs of the card. */
export function CardTabs({ versioned, open, onOpen }: CardTabsProps) {
  const { i18n } = useLingui();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const clientId = versioned.client.id;
  // First what is seen.
  const isHiddenDue = useDeferredValue(true, false);
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const index = (keys.indexOf(open) + step + keys.length) % keys.length;
    event.preventDefault();
    onOpen(keys[index] ?? open);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  return (
    <>
      <div className={styles['card-tabs']} role="tablist" ref={list} onKeyDown={onKey}>
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            aria-controls={`${id}-panel`}
            aria-selected={open === key}
            tabIndex={open === key ? 0 : -1}
            className={styles['card-tab']}
            onClick={() => {
              onOpen(key);
            }}
          >
            {i18n._(tabs[key])}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open}`}>
        {/* These stay on the page, so that a value that is being typed is still there afterwards. */}
        <div hidden={open !== 'summary'} data-card-tab="">
          {!versioned.client.anonymous && (
            <Suspense fallback={<div className={styles['card-pending']} />}>
              <NextVisit id={clientId} />
            </Suspense>
          )}
          <CardSections tab="summary" versioned={versioned} />
          <Suspense>
            <Relatives client={versioned.client} />
            <Consents client={versioned.client} />
          </Suspense>
        </div>
        <div hidden={open !== 'data'} data-card-tab="">
          {(open === 'data' || isHiddenDue) && (
            <>
              <CardSections tab="data" versioned={versioned} />
              <CardOrigin client={versioned.client} />
            </>
          )}
        </div>
        {open === 'visits' && (
          <Suspense>
            <CardAppointments id={clientId} isArchived={versioned.client.archivedAt !== null} />
          </Suspense>
        )}
        {open === 'history' && <CardHistory id={clientId} />}
      </div>
    </>
  );
}
