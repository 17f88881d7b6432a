import styles from './incidents.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Incident, IncidentReport } from '../../../shared/contracts/incidents.ts';
import { api } from '../../lib/api.ts';
import { formatPlainDate, today } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { useSave } from '../../lib/use-save.ts';
import { Button } from '../../ui/button.tsx';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { toast } from '../../ui/toast.tsx';
import { reportFields } from './incident-words.ts';
import { refreshIncidents } from './incident-queries.ts';
import { Failure } from '../../ui/failure.tsx';

type ReportText = keyof typeof reportFields;
const names = Object.keys(reportFields) as ReportText[];

interface ReportFormProps {
  readonly incident: Incident;
  readonly etag: string;
}

const daysOf = ({ knownOn, authorityToldOn, clientsToldOn }: Incident) => ({
  ...{ knownOn, authorityToldOn: authorityToldOn ?? '', clientsToldOn: clientsToldOn ?? '' },
});

/** What the form holds, to be compared: an emptied field is as one that nobody filled in. */
const textOf = (report: IncidentReport, days: ReturnType<typeof daysOf>): string =>
  JSON.stringify([report.clients ?? null, names.map((name) => report[name] ?? ''), days]);

/** What the communication says, written step by step, and when it went out. On paper: what is written. */
export function ReportForm({ incident, etag }: ReportFormProps) {
  const timeZone = useClinicTimeZone();
  const { t, i18n } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [report, setReport] = useState<IncidentReport>(incident.report);
  const [days, setDays] = useState(() => daysOf(incident));
  const isChanged = textOf(report, days) !== textOf(incident.report, daysOf(incident));
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      const body = {
        ...{ report, knownOn: days.knownOn },
        authorityToldOn: days.authorityToldOn === '' ? null : days.authorityToldOn,
        clientsToldOn: days.clientsToldOn === '' ? null : days.clientsToldOn,
      };
      await api('PATCH /incidents/{id}', { params: { id: incident.id }, body, headers: { 'if-match': etag } });
      await refreshIncidents();
    });
    if (isSaved) toast({ message: t`Incidente salvo.` });
  };
  const day = (name: keyof typeof days) => ({
    type: 'date',
    max: today(timeZone),
    value: days[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) => {
      setDays((before) => ({ ...before, [name]: event.target.value }));
    },
  });
  return (
    <section className={styles['section']} aria-label={t`Comunicação`}>
      <h2>
        <Trans>O que a ANPD pergunta</Trans>
      </h2>
      <form
        noValidate
        className={`${styles['form'] ?? ''} ${styles['on-screen'] ?? ''}`}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void send();
        }}
      >
        <TextField
          label={t`Quantas pessoas foram afetadas`}
          hint={t`Se for diferente do que a auditoria mostra.`}
          optional
          type="number"
          min={0}
          error={errors['report.clients']}
          value={report.clients ?? ''}
          onChange={({ target: { value } }) => {
            setReport((before) => ({ ...before, clients: value === '' ? undefined : Number(value) }));
          }}
        />
        {names.map((name) => (
          <TextAreaField
            key={name}
            label={i18n._(reportFields[name])}
            optional
            rows={2}
            maxLength={10_000}
            error={errors[`report.${name}`]}
            value={report[name] ?? ''}
            onChange={(event) => {
              setReport((before) => ({ ...before, [name]: event.target.value }));
            }}
          />
        ))}
        <div className={styles['row']}>
          <TextField label={t`A clínica soube em`} {...day('knownOn')} />
          <TextField label={t`ANPD comunicada em`} optional {...day('authorityToldOn')} />
          <TextField label={t`Pessoas comunicadas em`} optional {...day('clientsToldOn')} />
        </div>
        <Failure error={errors['']} />
        <div>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Salvar</Trans>
          </Button>
        </div>
      </form>
      <OnPaper incident={incident} />
      <LeaveGuard wouldLose={() => isChanged} />
    </section>
  );
}

/** What is written, for the print: fields of a form are cut off there. */
function OnPaper({ incident: { report, authorityToldOn, clientsToldOn } }: { readonly incident: Incident }) {
  const { t, i18n } = useLingui();
  const day = (plain: string | null): string => (plain === null ? '' : formatPlainDate(plain));
  const lines = [
    [t`Quantas pessoas foram afetadas`, String(report.clients ?? '')],
    ...names.map((name) => [i18n._(reportFields[name]), report[name] ?? '']),
    [t`ANPD comunicada em`, day(authorityToldOn)],
    [t`Pessoas comunicadas em`, day(clientsToldOn)],
  ] as const;
  return (
    <dl className={styles['on-paper']} aria-hidden="true">
      {lines
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <div key={name}>
            <dt className={styles['note']}>{name}</dt>
            <dd translate="no">{text}</dd>
          </div>
        ))}
    </dl>
  );
}
