import type { ClientOrder } from '../../../shared/contracts/clients.ts';

/** The filters and order of a list, as the SQL function app.search_clients reads them. */
export interface ClientConditions {
  readonly professionalId?: string | undefined;
  /** Of several owners: one's own clients and what colleagues lend, their clients all or `clients` by name. */
  readonly owners?: readonly string[];
  readonly clients?: readonly string[];
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly tag?: string | undefined;
  readonly birthMonth?: number | undefined;
  /** Only clients whom this import created or changed; asked of the table itself, as search knows no imports. */
  readonly importId?: string | undefined;
  readonly status: 'active' | 'archived';
  /** `match`: of a search, those first who match it best, each kind by name (app.match_tiers). */
  readonly sort: ClientOrder;
}

export interface ListRequest {
  readonly query: string;
  /** Find names that nearly match. */
  readonly near: boolean;
  readonly conditions: ClientConditions;
  readonly after: { readonly key: string; readonly id: string } | undefined;
  readonly limit: number;
}
