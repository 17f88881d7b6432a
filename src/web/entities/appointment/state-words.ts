import { t } from '@lingui/core/macro';
import { statusLabels } from '../../../shared/appointment-labels.ts';
import type { AppointmentStatus, AppointmentSummary } from '../../../shared/contracts/agenda/appointments.ts';
import { currentLanguage } from '../../lib/i18n.ts';

/** A state in the page's language: “Confirmado”. */
export const describeStatus = (status: AppointmentStatus): string => statusLabels[status][currentLanguage()];

/** What is past and unresolved. */
export const describePending = (): string => t`a concluir`;

/** The state, and whether it is past and unresolved: “Agendado, a concluir”. */
export const describeWholeState = ({ status, pending }: Pick<AppointmentSummary, 'status' | 'pending'>): string =>
  pending ? `${describeStatus(status)}, ${describePending()}` : describeStatus(status);
