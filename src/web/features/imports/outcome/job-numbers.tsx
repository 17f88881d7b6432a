import importText from '../import-text.module.css';
import styles from './job-numbers.module.css';
import { Plural, useLingui } from '@lingui/react/macro';
import type { ImportSummary } from '../../../../shared/contracts/import-job.ts';
import { currentLanguage } from '../../../lib/i18n.ts';
import { classNames } from '../../../ui/class-names.ts';

type Numbers = readonly (readonly [label: string, value: number, tone?: string])[];

/** How many rows are new, updated, unchanged, in conflict and rejected; of a list of appointments, how many are booked. */
export function JobNumbers({ job }: { readonly job: ImportSummary }) {
  const { t } = useLingui();
  const numbers: Numbers =
    job.kind === 'appointments'
      ? [
          [job.dryRun ? t`Consultas a marcar` : t`Consultas marcadas`, job.booked],
          [t`Já na agenda`, job.standing],
          [t`Conflitos`, job.conflicts, 'warning'],
          [t`Rejeitadas`, job.rejected, 'danger'],
        ]
      : [
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
      {job.kind === 'clients' && <NextAppointments job={job} />}
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

/** What becomes of the next appointments in a list of clients. */
function NextAppointments({ job: { dryRun, booked, standing, unbooked } }: { readonly job: ImportSummary }) {
  if (booked + standing + unbooked === 0) return null;
  return (
    <p className={classNames(importText['import-text'], importText['import-note'])}>
      {dryRun ? (
        <Plural
          value={booked}
          _0="Nenhuma consulta nova vai para a agenda."
          one="# próxima consulta vai para a agenda."
          other="# próximas consultas vão para a agenda."
        />
      ) : (
        <Plural
          value={booked}
          _0="Nenhuma consulta nova foi para a agenda."
          one="# próxima consulta foi para a agenda."
          other="# próximas consultas foram para a agenda."
        />
      )}{' '}
      {standing > 0 && <Plural value={standing} one="# já estava lá." other="# já estavam lá." />}{' '}
      {unbooked > 0 && (
        <Plural
          value={unbooked}
          one="# cliente entra sem a consulta: veja por quê na lista abaixo."
          other="# clientes entram sem a consulta: veja por quê na lista abaixo."
        />
      )}
    </p>
  );
}
