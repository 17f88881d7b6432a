import { auditFeature } from '../features/audit/feature.ts';
import { agendaFeature, todayFeature } from '../features/agenda/feature.ts';
import { clinicFeature } from '../features/clinic/feature.ts';
import { clientsFeature } from '../features/clients/feature.ts';
import { confirmationFeature } from '../features/confirmation/feature.ts';
import { coveringsFeature } from '../features/coverings/feature.ts';
import { designSystemFeature } from '../features/design-system/feature.ts';
import { consentsFeature } from '../features/consents/feature.ts';
import { duplicatesFeature } from '../features/duplicates/feature.ts';
import { helpFeature } from '../features/help/feature.ts';
import { importsFeature } from '../features/imports/feature.ts';
import { lgpdFeature } from '../features/lgpd/feature.ts';
import { incidentsFeature } from '../features/incidents/feature.ts';
import { policiesFeature } from '../features/policies/feature.ts';
import { professionalsFeature } from '../features/professionals/feature.ts';
import { sessionFeature } from '../features/session/feature.ts';
import { settingsFeature } from '../features/settings/feature.ts';
import type { Feature } from '../lib/feature.ts';

/** Everything that the web app can do, in the order of the navigation. A new feature is one more line here. */
export const features = [
  todayFeature,
  clientsFeature,
  agendaFeature,
  duplicatesFeature,
  professionalsFeature,
  coveringsFeature,
  importsFeature,
  auditFeature,
  lgpdFeature,
  settingsFeature,
  clinicFeature,
  consentsFeature,
  incidentsFeature,
  policiesFeature,
  sessionFeature,
  helpFeature,
  confirmationFeature,
  designSystemFeature,
];

/** What the features bring of one kind, for example all their `commands`, in the order of the list. */
export const listOffered = <Kind extends keyof Feature>(kind: Kind): NonNullable<Feature[Kind]>[] =>
  features.map((feature: Feature) => feature[kind]).filter((offered) => offered !== undefined);
