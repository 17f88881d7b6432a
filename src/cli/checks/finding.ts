/**
 * All findings by name, with their numbers: S for settings, D for the database, M for mail, H for the machine. Operators
 * use the numbers in scripts and tickets, so the number of a removed finding is not used again.
 */
const numbers = {
  configuration_invalid: 'S001',
  secret_key_unsafe: 'S002',
  secret_key_fallback_unsafe: 'S003',
  otp_fallback_on: 'S004',
  mail_backend_unsafe: 'S005',
  mail_host_missing: 'S006',
  hosts_unsafe: 'S007',
  cors_origins_unsafe: 'S008',
  csrf_origins_unsafe: 'S009',
  debug_on: 'S010',
  database_embedded: 'S011',
  log_verbose: 'S012',
  metrics_closed: 'S013',
  metrics_token_weak: 'S014',
  https_not_forced: 'S015',
  session_cookie_in_clear: 'S016',
  csrf_cookie_in_clear: 'S017',
  hsts_off: 'S018',
  hsts_short: 'S019',
  hsts_without_subdomains: 'S020',
  no_trusted_proxy: 'S021',
  hosts_local: 'S022',
  origin_in_clear: 'S023',
  otp_lives_long: 'S024',
  otp_throttle_loose: 'S025',
  access_token_lives_long: 'S026',
  refresh_token_lives_long: 'S027',
  many_sessions: 'S028',
  secret_reused: 'S029',
  database_password_weak: 'S030',
  hsts_preload_without_subdomains: 'S031',
  error_reports_in_clear: 'S032',
  commit_unknown: 'S033',
  public_url_missing: 'S034',
  public_url_in_clear: 'S035',
  database_unreachable: 'D001',
  database_version: 'D002',
  migrations_pending: 'D003',
  schema_differs: 'D004',
  schema_unreadable: 'D005',
  row_security_bypassed: 'D006',
  database_superuser: 'D007',
  one_database_role: 'D008',
  database_in_clear: 'D009',
  extension_missing: 'D010',
  connections_short: 'D011',
  clock_differs: 'D012',
  jobs_given_up: 'D013',
  no_recent_backup: 'D014',
  schema_incomplete: 'D015',
  owner_differs: 'D016',
  application_role_missing: 'D017',
  application_role_closed: 'D018',
  rights_missing: 'D019',
  rights_excessive: 'D020',
  row_security_differs: 'D021',
  extensions_moved: 'D022',
  tables_open_to_others: 'D023',
  certificate_unchecked: 'D024',
  database_read_only: 'D025',
  functions_differ: 'D026',
  functions_unknown: 'D027',
  pooler_direct_missing: 'D028',
  direct_url_pooled: 'D029',
  direct_url_differs: 'D030',
  pooler_prepares_nothing: 'D031',
  backups_in_clear: 'H004',
  mail_unreachable: 'M001',
  mail_not_sent: 'M002',
  mail_in_clear: 'M003',
  test_mail_failed: 'M004',
  sender_local: 'M005',
  spf_missing: 'M006',
  dmarc_missing: 'M007',
  sender_without_mail: 'M008',
  dns_silent: 'M009',
  disk_nearly_full: 'H001',
  data_folder_unwritable: 'H002',
  web_app_missing: 'H003',
} as const;

export type FindingName = keyof typeof numbers;

export const severities = ['error', 'warning', 'note'] as const;
/** `error`: unsafe or not working. `warning`: could be better. `note`: could not be checked. */
export type Severity = (typeof severities)[number];

/** One result of a check. */
export interface Finding {
  /** `acolhe.S001`; stable. */
  readonly code: string;
  readonly name: FindingName;
  readonly severity: Severity;
  readonly seen: string;
  /** What to do about it. */
  readonly mend: string;
}

const createFindingMaker =
  (severity: Severity) =>
  (name: FindingName, seen: string, mend: string): Finding => ({
    code: `acolhe.${numbers[name]}`,
    name,
    severity,
    seen,
    mend,
  });

export const error = createFindingMaker('error');
export const warning = createFindingMaker('warning');
export const remark = createFindingMaker('note');
