import { searchParameters } from './condition-queries.ts';
import { resourceTypes } from './resources.ts';

const parameterTypes: Readonly<Record<string, 'token' | 'string' | 'date' | 'reference'>> = {
  _id: 'token',
  _lastUpdated: 'date',
  identifier: 'token',
  name: 'string',
  birthdate: 'date',
  active: 'token',
  'general-practitioner': 'reference',
  date: 'date',
  status: 'token',
  patient: 'reference',
  practitioner: 'reference',
  actor: 'reference',
};

/** What this server can do (R4, CapabilityStatement), open to everybody: it says nothing about any clinic. */
export const presentCapability = (base: string, version: string) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-29',
  kind: 'instance',
  software: { name: 'Acolhe', version },
  implementation: { description: 'Acolhe: clients and agenda of a clinic, read only', url: base },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'json'],
  rest: [
    {
      mode: 'server',
      security: { description: 'Bearer token of a session (POST /api/v1/auth/sessions with transport bearer).' },
      resource: resourceTypes.map((type) => ({
        type,
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        versioning: 'versioned',
        searchParam: Object.keys(searchParameters[type]).map((name) => ({ name, type: parameterTypes[name] })),
      })),
    },
  ],
});
