import styles from './settings-layout.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { FailureState } from '../../ui/states.tsx';
import { Failure } from '../../ui/failure.tsx';

interface SettingsLayoutProps {
  readonly title: string;
  /** What the page reads first. */
  readonly query: {
    readonly data: unknown;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  readonly children: ReactNode;
}

/** A page below the settings: what it reads, or why that is not there. */
export function SettingsLayout({ title, query, children }: SettingsLayoutProps) {
  const { t } = useLingui();
  return (
    <Page title={title} width="text" parent={{ to: '/configuracoes', label: t`Configurações` }}>
      {query.data !== undefined ? (
        <div className={styles['sections']}>{children}</div>
      ) : query.error !== null ? (
        <FailureState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Page>
  );
}

export const Section = ({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) => (
  <section className={styles['section']} aria-label={title}>
    <h2 className={styles['title']}>{title}</h2>
    {note !== undefined && <p className={styles['note']}>{note}</p>}
    {children}
  </section>
);

interface SaveFormProps {
  readonly isBusy: boolean;
  readonly failure: string | undefined;
  readonly action?: ReactNode;
  readonly onSave: () => void;
  readonly children: ReactNode;
}

/** Fields with a button that saves them. */
export function SaveForm({ isBusy, failure, action, onSave, children }: SaveFormProps) {
  return (
    <form
      noValidate
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) onSave();
      }}
    >
      {children}
      <Failure error={failure} />
      <div>
        <Button type="submit" variant="primary" busy={isBusy}>
          {action ?? <Trans>Salvar</Trans>}
        </Button>
      </div>
    </form>
  );
}

/** Fields side by side where there is room. */
export const Row = ({ children }: { readonly children: ReactNode }) => <div className={styles['row']}>{children}</div>;
