import type { Contributions, Feature, HandedOver } from './feature.ts';
import { anonymizing } from './features/anonymizing/feature.ts';
import { appointments } from './features/appointments/feature.ts';
import { audit } from './features/audit/feature.ts';
import { auth } from './features/auth/feature.ts';
import { availability } from './features/availability/feature.ts';
import { pushSubscriptions } from './features/push-subscriptions/feature.ts';
import { calendarFeeds } from './features/calendar-feeds/feature.ts';
import { clients } from './features/clients/feature.ts';
import { clinics } from './features/clinics/feature.ts';
import { coverings } from './features/coverings/feature.ts';
import { copies } from './features/copies/feature.ts';
import { dataRequests } from './features/data-requests/feature.ts';
import { consents } from './features/consents/feature.ts';
import { duplicates } from './features/duplicates/feature.ts';
import { emergencies } from './features/emergencies/feature.ts';
import { events } from './features/events/feature.ts';
import { families } from './features/families/feature.ts';
import { fhir } from './features/fhir/feature.ts';
import { housekeeping } from './features/housekeeping/feature.ts';
import { idempotency } from './features/idempotency/feature.ts';
import { imports } from './features/imports/feature.ts';
import { messageTemplates } from './features/message-templates/feature.ts';
import { postalCodes } from './features/postal-codes/feature.ts';
import { incidents } from './features/incidents/feature.ts';
import { policies } from './features/policies/feature.ts';
import { professionals } from './features/professionals/feature.ts';
import { reminders } from './features/reminders/feature.ts';
import { savedFilters } from './features/saved-filters/feature.ts';
import { series } from './features/series/feature.ts';
import { sessionPackages } from './features/session-packages/feature.ts';
import { tags } from './features/tags/feature.ts';
import { waitingList } from './features/waiting-list/feature.ts';

/** Every feature of the server. A new one needs its line here and its contracts in shared/contracts/index.ts. */
export const features: readonly Feature[] = [
  auth,
  clinics,
  professionals,
  tags,
  clients,
  imports,
  availability,
  appointments,
  series,
  sessionPackages,
  waitingList,
  reminders,
  calendarFeeds,
  families,
  savedFilters,
  messageTemplates,
  postalCodes,
  consents,
  incidents,
  policies,
  pushSubscriptions,
  coverings,
  emergencies,
  duplicates,
  dataRequests,
  copies,
  anonymizing,
  fhir,
  events,
  audit,
  idempotency,
  housekeeping,
];

export const contributions: Contributions = {
  announced: features.flatMap(({ announces = [] }) => announces),
  opening: features.flatMap(({ opens = [] }) => opens),
  exposed: Object.assign({}, ...features.map(({ exposes }) => exposes)) as Contributions['exposed'],
  ofClients: Object.assign({}, ...features.map(({ ofClients }) => ofClients)) as Contributions['ofClients'],
  purges: Object.assign({}, ...features.map(({ purges }) => purges)) as Contributions['purges'],
  handOver: async (tx, actor, people) =>
    Object.assign(
      {},
      ...(await Promise.all(features.flatMap(({ handOver }) => handOver?.(tx, actor, people) ?? []))),
    ) as HandedOver,
  clientRecords: features.flatMap(({ clientRecords }) => clientRecords ?? []),
  clientTables: Object.assign({}, ...features.map(({ clientTables }) => clientTables)) as Contributions['clientTables'],
  afterRestore: async (tx) => {
    for (const { afterRestore } of features) await afterRestore?.(tx);
  },
  staysBehind: features.flatMap(({ staysBehind = [] }) => staysBehind),
  afterClinicImport: async (tx, clinicId) => {
    for (const { afterClinicImport } of features) await afterClinicImport?.(tx, clinicId);
  },
};
