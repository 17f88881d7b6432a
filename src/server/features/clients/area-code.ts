import { type ClientField, definitionOf, fieldNames, splitField } from '../../../shared/client-fields.ts';
import type { ClientInput, ClientPatch } from '../../../shared/contracts/clients.ts';
import { completePhone, readLocalPhone } from '../../../shared/phone.ts';
import type { Transaction } from '../../db/transaction.ts';
import { invalidField } from '../../domain-error.ts';
import { findAreaCode } from './queries.ts';

const phoneFields = fieldNames.filter((field) => definitionOf(field).kind === 'phone');

type Body = Readonly<Record<string, unknown>>;

function readValue(body: Body, field: ClientField): unknown {
  const [outer, part] = splitField(field);
  const value = body[outer];
  return part === undefined ? value : (value as Body | null | undefined)?.[part];
}

function withValue(body: Body, field: ClientField, value: string): Body {
  const [outer, part] = splitField(field);
  return { ...body, [outer]: part === undefined ? value : { ...(body[outer] as Body), [part]: value } };
}

/** Gives phones that were written without an area code that of the clinic. Throws invalid_request when it has none. */
export async function completePhones<Given extends ClientInput | ClientPatch>(
  tx: Transaction,
  given: Given,
): Promise<Given> {
  const isLocal = (value: unknown): value is string => typeof value === 'string' && readLocalPhone(value) === value;
  const fields = phoneFields.filter((field) => isLocal(readValue(given, field)));
  if (fields.length === 0) return given;
  const areaCode = await findAreaCode(tx);
  let body: Body = given;
  for (const field of fields) {
    const phone = completePhone(String(readValue(body, field)), areaCode);
    if (phone === undefined) throw invalidField(field, 'invalid_phone');
    body = withValue(body, field, phone);
  }
  return body as Given;
}
