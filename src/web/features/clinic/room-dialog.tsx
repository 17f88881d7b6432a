import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Room } from '../../../shared/contracts/agenda/availability.ts';
import { refreshClinic } from '../../entities/clinic/clinic-queries.ts';
import { api } from '../../lib/api.ts';
import { ifMatch } from '../../lib/if-match.ts';
import { TextField } from '../../ui/field.tsx';
import { Check } from '../../ui/check.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useSave } from '../../lib/use-save.ts';

/** Makes or changes a room. */
export function RoomDialog({ room, onClose }: { readonly room: Room | undefined; readonly onClose: () => void }) {
  const { t } = useLingui();
  const { isBusy, errors, save } = useSave();
  const [name, setName] = useState(room?.name ?? '');
  const [active, setActive] = useState(room?.active ?? true);
  const send = async (): Promise<void> => {
    const isSaved = await save(async () => {
      if (room === undefined) await api('POST /rooms', { body: { name } });
      else
        await api('PATCH /rooms/{id}', {
          params: { id: room.id },
          body: { name, active },
          headers: ifMatch(room.version),
        });
    }, refreshClinic);
    if (isSaved) onClose();
  };
  return (
    <FormDialog
      label={room === undefined ? t`Nova sala` : t`Alterar sala`}
      isBusy={isBusy}
      failure={errors['']}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <TextField
        label={t`Nome`}
        data-autofocus=""
        error={errors['name']}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      {room !== undefined && <Check label={t`Em uso`} checked={active} onChange={setActive} />}
    </FormDialog>
  );
}
