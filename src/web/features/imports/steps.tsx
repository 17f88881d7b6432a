import styles from './steps.module.css';
import { Trans, useLingui } from '@lingui/react/macro';

const order = ['file', 'check', 'result'] as const;
export type Step = (typeof order)[number];

/** The steps of an import, and the current one. */
export function Steps({ at }: { readonly at: Step }) {
  const { t } = useLingui();
  const reached = order.indexOf(at);
  return (
    <ol className={styles['import-steps']} aria-label={t`Etapas`}>
      {order.map((step, index) => (
        <li
          key={step}
          aria-current={index === reached ? 'step' : undefined}
          data-done={index < reached ? '' : undefined}
        >
          <span className={styles['import-step-number']} aria-hidden="true">
            {index + 1}
          </span>
          {step === 'file' && <Trans>Arquivo</Trans>}
          {step === 'check' && <Trans>Conferência</Trans>}
          {step === 'result' && <Trans>Resultado</Trans>}
        </li>
      ))}
    </ol>
  );
}
