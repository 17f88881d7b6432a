import importText from '../import-text.module.css';
import styles from './job-numbers.module.css';
import { Plural, useLingui } from '@lingui/react/macro';
import type { ImportSummary } from '../../../../shared/contracts/imports.ts';
import { currentLanguage } from '../../../lib/i18n.ts';
import { classNames } from '../../../ui/class-names.ts';

/** How many rows are new, updated, unchanged, in conflict and rejected. */
export function JobNumbers({ job }: { readonly job: ImportSummary }) {
  const { t } = useLingui();
  const numbers: readonly (readonly [string, number, string?])[] = [
    [t`Novos`, job.created],
    [t`Atualizados`, job.updated],
    [t`Sem mudança`, job.unchanged],
    [t`Conflitos`, job.conflicts, 'warning'],
    [t`Rejeitados`, job.rejected, 'danger'],
  ];
  return (
    <div>
      <dl className={styles['import-numbers']}>
        {numbers.map(([label, value, tone]) => (
          <div className="import-number" data-tone={value > 0 ? tone : undefined} key={label}>
            <dt>{label}</dt>
            <dd className="tabular">{value.toLocaleString(currentLanguage())}</dd>
          </div>
        ))}
      </dl>
      {job.renamed > 0 && (
        <p className={classNames(importText['import-text'], importText['import-note'])}>
          <Plural
            value={job.renamed}
            one="# cadastro que existe recebe outro nome: o que o arquivo diz fica no lugar."
            other="# cadastros que existem recebem outro nome: o que o arquivo diz fica no lugar."
          />
        </p>
      )}
      {job.leftOut > 0 && (
        <p className={classNames(importText['import-text'], importText['import-note'])}>
          <Plural
            value={job.leftOut}
            one="# campo que não pôde ser lido fica fora: o texto dele é guardado nos campos extras."
            other="# campos que não puderam ser lidos ficam fora: o texto deles é guardado nos campos extras."
          />
        </p>
      )}
      {job.completedPhones > 0 && (
        <p className={classNames(importText['import-text'], importText['import-note'])}>
          <Plural
            value={job.completedPhones}
            one="# cliente tem o telefone completado com o DDD da clínica ou do arquivo."
            other="# clientes têm o telefone completado com o DDD da clínica ou do arquivo."
          />
        </p>
      )}
      {job.moved > 0 && (
        <p className={classNames(importText['import-text'], importText['import-note'])}>
          <Plural
            value={job.moved}
            one="# dos atualizados era cliente de outro profissional."
            other="# dos atualizados eram clientes de outro profissional."
          />
        </p>
      )}
    </div>
  );
}
