import styles from './card-tabs.module.css';
import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, lazy, Suspense, useId, useRef, useState } from 'react';
import { CardData } from './card-data.tsx';
import { CardHistory } from './card-history.tsx';
import { Relatives } from './relatives.tsx';
import type { VersionedClient } from '../../../entities/client/client-queries.ts';

const CardAppointments = lazy(async () => ({
  default: (await import('./card-appointments.tsx')).CardAppointments,
}));

/** The tabs of the card: data, appointments and history. */
export function CardTabs({ versioned }: { readonly versioned: VersionedClient }) {
  const { t } = useLingui();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(0);
  const tabs = [t`Dados`, t`Agenda`, t`Histórico`];
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = (open + step + tabs.length) % tabs.length;
    event.preventDefault();
    setOpen(next);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <>
      <div className={styles['card-tabs']} role="tablist" ref={list} onKeyDown={onKey}>
        {tabs.map((tab, index) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-controls={`${id}-panel`}
            aria-selected={open === index}
            tabIndex={open === index ? 0 : -1}
            className={styles['card-tab']}
            onClick={() => {
              setOpen(index);
            }}
          >
            {tab}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${open}`}>
        {/* Stays on the page, so that a value that is being typed is still there afterwards. */}
        <div hidden={open !== 0}>
          <CardData versioned={versioned} />
          <Relatives client={versioned.client} />
        </div>
        {open === 1 && (
          <Suspense>
            <CardAppointments id={versioned.client.id} />
          </Suspense>
        )}
        {open === 2 && <CardHistory id={versioned.client.id} />}
      </div>
    </>
  );
}
