/** A list whose pages can be searched without a connection. */
export interface SearchableList {
  /** Its path below /api/v1/. */
  readonly path: string;
  /** Searches the stored pages, each a body of the list, for a text. @returns the body of the answer */
  readonly search: (pages: readonly unknown[], query: string) => unknown;
}

/** What of a feature can be read without a connection. */
export interface OfflineCopies {
  /** Paths below /api/v1/ whose answers are stored, with `{id}` as in the contract. */
  readonly paths: readonly string[];
  readonly list?: SearchableList;
}

let allowed: readonly OfflineCopies[] = [];

/** Sets, once at the start, which answers may be stored; no others are, such as devices, passkeys and imports. */
export function allowOfflineCopies(copies: readonly OfflineCopies[]): void {
  allowed = copies;
}

const apiPrefix = '/api/v1/';
const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The path of an address as the contract writes it: `clients/{id}`. */
const toContractPath = ({ pathname }: URL): string =>
  pathname.slice(pathname.indexOf(apiPrefix) + apiPrefix.length).replace(id, '{id}');

/** Whether an address is one of this path, with `{id}` as in the contract. */
export const isOfPath = (address: URL, path: string): boolean => isOfApi(address) && toContractPath(address) === path;

const isOfApi = ({ pathname }: URL): boolean => pathname.includes(apiPrefix);

/** Whether answers of this address may be stored. */
export const isCopyAllowed = (address: URL): boolean =>
  isOfApi(address) && allowed.some(({ paths }) => paths.includes(toContractPath(address)));

/** The searchable list at this address, if it is one. */
export const findCopiedList = (address: URL): SearchableList | undefined =>
  isOfApi(address) ? allowed.map(({ list }) => list).find((list) => list?.path === toContractPath(address)) : undefined;
