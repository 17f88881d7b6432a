import styles from './shift-dialog.module.css';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconBrandWhatsapp } from '@tabler/icons-react';
import { useState } from 'react';
import type { ResponseOf } from '../../../../shared/api-client.ts';
import { refreshAgenda } from '../../../entities/appointment/appointment-queries.ts';
import { api } from '../../../lib/api.ts';
import { failureText } from '../../../lib/failure-text.ts';
import { clockOf } from '../../../lib/wall-time.ts';
import { ButtonAnchor } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';

interface ShiftDialogProps {
  readonly professionalId: string;
  readonly name: string;
  /** Wall time: what starts then or later moves. */
  readonly from: string;
  readonly onClose: () => void;
}

type Shifted = ResponseOf<'POST /appointments/shift'>;

const lengths = [10, 15, 20, 30, 45, 60, 90, 120];

/** Pushes the rest of a professional's day, and then offers a message for each client. */
export function ShiftDialog({ professionalId, name, from, onClose }: ShiftDialogProps) {
  const { t } = useLingui();
  const [minutes, setMinutes] = useState(15);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [shifted, setShifted] = useState<Shifted>();
  const shift = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      setShifted((await api('POST /appointments/shift', { body: { professionalId, from, minutes } })).body);
      void refreshAgenda();
    } catch (error) {
      setFailure(failureText(error));
    } finally {
      setBusy(false);
    }
  };
  if (shifted !== undefined) return <ShiftedDialog shifted={shifted} onClose={onClose} />;
  const time = clockOf(from);
  return (
    <FormDialog
      label={t`Atrasar o resto do dia`}
      isBusy={isBusy}
      action={<Trans>Atrasar</Trans>}
      onSubmit={() => void shift()}
      onClose={onClose}
    >
      <p>
        {time === '00:00' ? (
          <Trans>
            Os atendimentos de <span translate="no">{name}</span> neste dia passam para mais tarde. Se algum não couber,
            nada muda.
          </Trans>
        ) : (
          <Trans>
            Os atendimentos de <span translate="no">{name}</span> a partir das {time} passam para mais tarde. Se algum
            não couber, nada muda.
          </Trans>
        )}
      </p>
      <SelectField
        label={t`Atraso`}
        value={minutes}
        error={failure}
        data-autofocus=""
        onChange={(event) => {
          setMinutes(Number(event.target.value));
        }}
      >
        {lengths.map((each) => (
          <option key={each} value={each}>
            {t`${each} min`}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}

function ShiftedDialog({ shifted, onClose }: { readonly shifted: Shifted; readonly onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Dialog label={t`O dia foi atrasado`} onClose={onClose}>
      {shifted.items.length === 0 ? (
        <p>
          <Trans>Não havia atendimentos para atrasar.</Trans>
        </p>
      ) : (
        <ul className={styles['messages']}>
          {shifted.items.map(({ id, clientName, localStart }) => {
            const message = shifted.messages.find(({ appointmentId }) => appointmentId === id);
            return (
              <li key={id}>
                <span>
                  <span className="tabular">{clockOf(localStart)}</span> <span translate="no">{clientName}</span>
                </span>
                {typeof message?.whatsappUrl === 'string' && (
                  <ButtonAnchor
                    href={message.whatsappUrl}
                    target="_blank"
                    rel="noreferrer"
                    icon={<IconBrandWhatsapp aria-hidden="true" />}
                  >
                    <Trans>Avisar</Trans>
                  </ButtonAnchor>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Dialog>
  );
}
