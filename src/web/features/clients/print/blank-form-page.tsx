import styles from './blank-form-page.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import { useFieldLabels } from '../../../entities/client/field-labels.ts';
import { useMe } from '../../../lib/me.ts';
import { Button } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { formSections } from '../field-places.ts';
import { sectionTitles } from '../form/section-titles.ts';

/** An empty registration form on one sheet, for whoever writes by hand in the waiting room. */
export function BlankFormPage() {
  const { t, i18n } = useLingui();
  const { labelOf } = useFieldLabels();
  const { clinic } = useMe();
  return (
    <Page
      title={t`Ficha em branco`}
      parent={{ to: '/clientes', label: t`Clientes` }}
      width="text"
      primary={
        <Button
          variant="primary"
          icon={<IconPrinter size="1.25rem" aria-hidden="true" />}
          onClick={() => {
            print();
          }}
        >
          <Trans>Imprimir</Trans>
        </Button>
      }
    >
      <p className={styles['note']}>
        <Trans>
          Uma folha A4 para quem prefere escrever à mão na sala de espera. Depois é só copiar para o cadastro.
        </Trans>
      </p>
      <div className={styles['sheet']}>
        <h2 className={styles['title']}>
          <span>
            <Trans>Ficha de cadastro</Trans>
          </span>
          <span translate="no">{clinic.name}</span>
        </h2>
        {formSections.map(({ key, fields }) => (
          <section key={key} className={styles['section']}>
            <h3>{i18n._(sectionTitles[key])}</h3>
            <ul className={styles['fields']}>
              {fields.map(({ field, width }) => (
                <li key={field} className={styles['field']} data-width={width}>
                  {labelOf(field)}
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section className={styles['section']}>
          <h3>{labelOf('notes')}</h3>
          <div className={styles['lines']} />
        </section>
        <ul className={styles['signing']}>
          <li className={styles['field']}>
            <Trans>Data</Trans>
          </li>
          <li className={styles['field']}>
            <Trans>Assinatura</Trans>
          </li>
        </ul>
      </div>
    </Page>
  );
}
