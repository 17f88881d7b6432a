import { useEffect, useRef, useState } from 'react';
import type { Appointment } from '../../../../shared/contracts/agenda/appointments.ts';
import { appointmentQuery } from '../../../entities/appointment/appointment-queries.ts';
import { ApiError } from '../../../lib/api.ts';
import { readDraft, storeDraft } from '../../../lib/drafts.ts';
import { useMe } from '../../../lib/me.ts';
import { queryClient } from '../../../lib/query.ts';
import { useSave } from '../../../lib/use-save.ts';
import { patchAppointment } from '../change-appointment.ts';
import { compareNotes, isNotesDraft, type NotesEdit, notesDraftKey } from './notes-edit.ts';

export type Notes = ReturnType<typeof useNotes>;

const notesOf = ({ notes }: Appointment): string => notes ?? '';

/**
 * The notes of an appointment and what is being written in their place. Other changes of the appointment leave the writing alone,
 * and it outlives a reload.
 */
export function useNotes(appointment: Appointment) {
  const { id } = appointment;
  const owner = useMe().id;
  const stored = notesOf(appointment);
  const [draft] = useState(() => readDraft(sessionStorage, notesDraftKey(id), owner, isNotesDraft));
  const [edit, setEdit] = useState<NotesEdit | undefined>(draft);
  const { isBusy, errors, save } = useSave();
  const state = compareNotes(edit, stored);
  const isChanged = state !== 'unchanged';
  const isDone = useRef(false);
  useEffect(() => {
    if (edit === undefined || !isChanged) sessionStorage.removeItem(notesDraftKey(id));
    else storeDraft(sessionStorage, notesDraftKey(id), { owner, ...edit });
  }, [id, owner, edit, isChanged]);
  const send = async (text: string, base: string): Promise<void> => {
    const notes = text.trim() === '' ? null : text;
    const isSaved = await save(async () => {
      const saved = await patchNotes(appointment, notes, base);
      queryClient.setQueryData(appointmentQuery(id).queryKey, saved);
    });
    // What was typed since then stays.
    if (isSaved) setEdit((now) => (now?.text === text ? undefined : now));
  };
  return {
    stored,
    text: isChanged && edit !== undefined ? edit.text : stored,
    isChanged,
    /** Whether somebody else stored other notes meanwhile: the person decides which remain. */
    isDisputed: state === 'disputed',
    isRecovered: isChanged && draft !== undefined && edit === draft,
    isBusy,
    failure: Object.values(errors)[0],
    set: (text: string): void => {
      isDone.current = false;
      setEdit({ text, base: isChanged && edit !== undefined ? edit.base : stored });
    },
    /** Stores what was written, in place of what is stored now. */
    save: (): void => {
      if (edit !== undefined && !isBusy) void send(edit.text, stored);
    },
    /** Whether leaving now loses text. */
    wouldLose: (): boolean => isChanged && !isDone.current,
    discard: (): void => {
      isDone.current = true;
      setEdit(undefined);
    },
  };
}

/** Stores notes. When only something else of the appointment has changed since, they are sent again for its newer version. */
async function patchNotes(appointment: Appointment, notes: string | null, base: string): Promise<Appointment> {
  try {
    return await patchAppointment(appointment, { notes }, { notes });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 412) throw error;
    const now = await queryClient.query({ ...appointmentQuery(appointment.id), staleTime: 0 });
    if (notesOf(now) !== base) throw error;
    return patchAppointment(now, { notes }, { notes });
  }
}
