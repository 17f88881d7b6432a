import styles from './shell-skeleton.module.css';
import { Trans } from '@lingui/react/macro';
import { Button } from '../ui/button.tsx';
import { Delayed, SkeletonShape } from '../ui/skeleton.tsx';

/** Milliseconds after which somebody is told that it takes long, and what they can do. */
const longWait = 8_000;

const rows = Array.from({ length: 6 }, (_, index) => `${10 + ((index * 5) % 8)}rem`);

/** In place of the navigation and the page, as long as the server has not said who is signed in. */
export function ShellSkeleton() {
  return (
    <div className={styles['shell']}>
      <div className={styles['nav']} aria-hidden="true">
        {['6rem', '9rem', '5.5rem', '7rem', '6.5rem'].map((width) => (
          <SkeletonShape key={width} width={width} height="1.25rem" />
        ))}
      </div>
      <main className={styles['main']}>
        <p className="visually-hidden" role="status">
          <Trans>Carregando…</Trans>
        </p>
        <Delayed after={longWait}>
          <div className={styles['slow']} role="alert">
            <p>
              <Trans>O servidor está demorando a responder. Confira a internet, ou tente de novo.</Trans>
            </p>
            <Button
              onClick={() => {
                location.reload();
              }}
            >
              <Trans>Tentar de novo</Trans>
            </Button>
          </div>
        </Delayed>
        <div className={styles['page']} aria-hidden="true">
          <SkeletonShape width="9rem" height="2rem" />
          <SkeletonShape width="min(28rem, 100%)" height="2.75rem" />
          {rows.map((width) => (
            <div key={width} className={styles['row']}>
              <SkeletonShape width="2.75rem" height="2.75rem" round />
              <SkeletonShape width={width} height="1rem" />
            </div>
          ))}
        </div>
      </main>
    </div>
  );
}
