import parts from './person-parts.module.css';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { formatDay } from '../../lib/format.ts';
import { useClinicTimeZone } from '../../lib/me.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { Verbatim } from '../../ui/verbatim.tsx';
import { useProfessionalNames } from '../../entities/professional/professional-queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { handOverQuery, takeBackClients } from './professionals-api.ts';

/** The clients whom colleagues took over from this person, and the way back. */
export function GivenClients({ id }: { readonly id: string }) {
  const timeZone = useClinicTimeZone();
  const { t } = useLingui();
  const { data } = useQuery(handOverQuery(id));
  const findName = useProfessionalNames();
  const takeBack = useMutation({
    mutationFn: () => takeBackClients(id),
    onSuccess: ({ returned, kept, appointments }) => {
      const more = appointments.returned === 0 ? '' : ` ${t`Atendimentos de volta: ${appointments.returned}.`}`;
      toast({
        message:
          (kept === 0
            ? t`Clientes de volta: ${returned}.`
            : t`Clientes de volta: ${returned}. Outros ${kept} já são de outra pessoa e ficaram com ela.`) + more,
      });
    },
  });
  const given = data?.given ?? [];
  const appointments = data?.appointments.given ?? 0;
  if (given.length === 0 && appointments === 0) return null;
  return (
    <>
      <ul className={parts['person-note']}>
        {given.map(({ toId, at, clients }) => (
          <li key={at}>
            <Plural value={clients} one="# cliente passou" other="# clientes passaram" />{' '}
            <Trans>
              para <Verbatim>{findName(toId) ?? '…'}</Verbatim> em {formatDay(at, timeZone)}
            </Trans>
          </li>
        ))}
        {appointments > 0 && (
          <li>
            <Plural
              value={appointments}
              one="# atendimento futuro passou junto"
              other="# atendimentos futuros passaram junto"
            />
          </li>
        )}
      </ul>
      <Failure error={takeBack.error} />
      <div>
        <Button
          busy={takeBack.isPending}
          onClick={() => {
            takeBack.mutate();
          }}
        >
          <Trans>Trazer tudo de volta</Trans>
        </Button>
      </div>
    </>
  );
}
