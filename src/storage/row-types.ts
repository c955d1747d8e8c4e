// Written by `npm run schema` from the migrations: the rows of every table as queries see them; edit the migrations, not this file.
import type { ColumnType } from 'kysely';

/** Has a default, so that an insert may leave it out. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

/** Read as a Buffer, written from any bytes. */
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

/** Read as what JSON.parse gives, written as text: the driver would turn a list into an array of PostgreSQL. */
type Json = ColumnType<unknown, string, string>;

export interface AccountsRow {
  tenant_id: number;
  account_id: string;
  duty: string;
  login_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  login_search: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  phone_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  phone_search: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  name_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  party_id: string | null;
  notice_version: string | null;
  created_at: Date;
  created_by: string | null;
  confirmed_at: Date | null;
  confirmed_by: string | null;
  suspended_at: Date | null;
  suspended_by: string | null;
  last_entry_at: Date | null;
}

export interface AgenciesRow {
  tenant_id: number;
  agency_id: string;
  organisation_id: string;
  phone_sealed: Bytes;
  phone_search: Bytes;
  account_id: string | null;
  can_manage: Defaulted<boolean>;
  granted_as: string;
  evidence_id: string | null;
  valid_to: string | null;
  invited_by: string;
  invited_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
  revoked_by: string | null;
}

export interface AppointmentsRow {
  tenant_id: number;
  appointment_id: string;
  account_id: string;
  duty: Defaulted<string>;
  department_id: string;
  roles: string[];
  valid_from: string;
  valid_to: string | null;
  granted_by: string;
  granted_at: Date;
  ended_at: Date | null;
  ended_by: string | null;
  confirmed_at: Date | null;
  confirmed_by: string | null;
}

export interface AuditEntriesRow {
  tenant_id: number;
  entry_id: string;
  at: Date;
  account_id: string | null;
  session_id: string | null;
  capacity: Json;
  action: string;
  outcome: string;
  object_kind: string | null;
  object_id: string | null;
  detail: ColumnType<unknown, string | undefined, string>;
  request_id: string | null;
}

export interface AuditHeadsRow {
  tenant_id: number;
  seq: number;
  digest: Bytes;
  sealed_at: Date;
  key_id: string;
  signature: Bytes;
}

export interface AuditQueueRow {
  tenant_id: number;
  entry_id: string;
}

export interface AuditRootsRow {
  tenant_id: number;
  on_day: string;
  first_seq: number;
  last_seq: number;
  root: Bytes;
  key_id: string;
  signature: Bytes;
}

export interface AuditSealsRow {
  tenant_id: number;
  seq: number;
  entry_id: string;
  digest: Bytes;
  previous: Bytes;
  sealed_at: Date;
}

export interface BankAccountsRow {
  tenant_id: number;
  party_id: string;
  bank_account_id: string;
  bank_name: string;
  holder_name: string;
  number_sealed: Bytes;
  number_search: Bytes;
  is_number_checked: boolean;
  recorded_at: Date;
  recorded_by: string;
  closed_at: Date | null;
}

export interface ClaimsRow {
  tenant_id: number;
  claim_id: string;
  account_id: string;
  name_sealed: Bytes;
  number_sealed: Bytes;
  number_search: Bytes;
  party_id: string | null;
  finding: string;
  outcome: string;
  claimed_at: Date;
  decided_at: Date | null;
  decided_by: string | null;
}

export interface ConsentsRow {
  tenant_id: number;
  party_id: string;
  consent_id: string;
  purpose: string;
  fact_groups: string[];
  wording_version: string;
  given_at: Date;
  given_by: string;
  expires_on: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
}

export interface DepartmentsRow {
  tenant_id: number;
  department_id: string;
  code: string;
  name: string;
  jurisdiction_code: string;
  telephone: string | null;
  closed_on: string | null;
  version: Defaulted<number>;
}

export interface DisagreementsRow {
  tenant_id: number;
  disagreement_id: string;
  party_id: string;
  jurisdiction_code: string;
  fact: string;
  status: string;
  held_statement_id: string;
  held_sealed: Bytes;
  held_digest: Bytes;
  held_origin: string;
  held_trust: string;
  held_department_id: string | null;
  held_evidence_id: string | null;
  held_as_of: string;
  held_from: string | null;
  held_to: string | null;
  feed_id: string;
  department_id: string;
  delivery_id: string;
  times: Defaulted<number>;
  delivered_sealed: Bytes;
  delivered_digest: Bytes;
  delivered_as_of: string;
  delivered_from: string | null;
  delivered_to: string | null;
  answer: string | null;
  words_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  asked_at: Date | null;
  answered_at: Date | null;
  settled_as: string | null;
  reason_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  settled_at: Date | null;
  settled_by: string | null;
  version: Defaulted<number>;
  created_at: Date;
}

export interface DuplicateCandidatesRow {
  tenant_id: number;
  first_party_id: string;
  second_party_id: string;
  reasons: string[];
  score: number;
  found_at: Date;
  found_by: string;
  state: Defaulted<string>;
  decided_at: Date | null;
  decided_by: string | null;
}

export interface EmploymentsRow {
  tenant_id: number;
  party_id: string;
  employment_id: string;
  organisation_id: string;
  post: string | null;
  started_on: string;
  ended_on: string | null;
  origin: string;
  trust_class: string;
  department_id: string | null;
  evidence_id: string | null;
  recorded_at: Date;
  recorded_by: string;
  superseded_at: Date | null;
}

export interface EvidenceRow {
  tenant_id: number;
  evidence_id: string;
  party_id: string;
  kind: string;
  status: string;
  trust_class: string;
  origin: string;
  department_id: string | null;
  organisation_id: string | null;
  issued_by: string | null;
  issued_on: string | null;
  expires_on: string | null;
  file_name_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  size_bytes: number;
  received_bytes: Defaulted<number>;
  upload_until: Date;
  content_type: string | null;
  pages: number | null;
  remarks: Defaulted<string[]>;
  refused_because: string | null;
  same_as: string | null;
  scan_verdict: string | null;
  scan_engine: string | null;
  check_falls: Defaulted<number>;
  checking_until: Date | null;
  content_digest: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  data_key_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  blob_id: string | null;
  version: Defaulted<number>;
  created_at: Date;
  created_by: string | null;
  settled_at: Date | null;
}

export interface EvidencePiecesRow {
  tenant_id: number;
  evidence_id: string;
  offset_bytes: number;
  size_bytes: number;
  piece_id: string;
}

export interface EvidenceTrustChangesRow {
  tenant_id: number;
  evidence_id: string;
  change_id: string;
  from_class: string;
  to_class: string;
  basis: string;
  department_id: string;
  changed_by: string;
  changed_at: Date;
}

export interface EvidenceUsesRow {
  tenant_id: number;
  evidence_id: string;
  user_kind: string;
  user_id: string;
  used_at: Date;
  released_at: Date | null;
}

export interface FactStatementsRow {
  tenant_id: number;
  party_id: string;
  statement_id: string;
  origin: string;
  trust_class: string;
  department_id: string | null;
  evidence_id: string | null;
  delivery_id: string | null;
  purpose: string;
  as_of: string;
  valid_from: string | null;
  valid_to: string | null;
  recorded_at: Date;
  recorded_by: string;
  corrects: string | null;
  facts: Json;
  sensitive_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  recognised: ColumnType<unknown, string | null, string | null>;
}

export interface FamilyLinksRow {
  tenant_id: number;
  link_id: string;
  party_id: string;
  relation: string;
  name_sealed: Bytes;
  number_sealed: Bytes;
  number_search: Bytes;
  for_party_id: string | null;
  asked_by: string;
  asked_at: Date;
  basis: string | null;
  evidence_id: string | null;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  valid_to: string | null;
  ended_at: Date | null;
  ended_by: string | null;
}

export interface FamilyRelationsRow {
  tenant_id: number;
  party_id: string;
  relation_id: string;
  relative_id: string;
  relation: string;
  origin: string;
  trust_class: string;
  evidence_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
  recorded_at: Date;
  recorded_by: string;
  superseded_at: Date | null;
}

export interface FeedDeliveriesRow {
  tenant_id: number;
  delivery_id: string;
  feed_id: string;
  sender_number: string;
  content_digest: Bytes;
  as_of: string | null;
  format: string;
  status: string;
  total: number;
  accepted: Defaulted<number>;
  unchanged: Defaulted<number>;
  unknown: Defaulted<number>;
  invalid: Defaulted<number>;
  matched_later: Defaulted<number>;
  expired: Defaulted<number>;
  disagreeing: Defaulted<number>;
  received_at: Date;
  received_by: string;
  account_id: string | null;
  ended_at: Date | null;
}

export interface FeedKeysRow {
  tenant_id: number;
  key_id: string;
  department_id: string;
  label: string;
  purpose: string;
  token_digest: Bytes;
  created_by: string;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  revoked_by: string | null;
  last_used_on: string | null;
}

export interface FeedRowsRow {
  tenant_id: number;
  delivery_id: string;
  row_number: number;
  status: string;
  content_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  expires_on: string | null;
}

export interface FeedTurnsRow {
  tenant_id: number;
  swept_on: string | null;
}

export interface FeedsRow {
  tenant_id: number;
  feed_id: string;
  department_id: string;
  name: string;
  purpose: string;
  legal_basis: string;
  subject_kind: string;
  facts: string[];
  as_of_rule: string;
  every_days: number | null;
  keep_unknown_days: number;
  contact: string | null;
  status: string;
  version: Defaulted<number>;
  created_at: Date;
  created_by: string | null;
  changed_at: Date;
  last_as_of: string | null;
  last_ended_at: Date | null;
  late_told_on: string | null;
}

export interface IdempotencyKeysRow {
  tenant_id: number;
  key_digest: string;
  body_digest: Bytes;
  status: number | null;
  answer_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  created_at: Defaulted<Date>;
}

export interface IdentityProvidersRow {
  tenant_id: number;
  provider_id: string;
  issuer: string;
  client_id: string;
  secret_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  return_url: string;
  name_zh: string;
  name_en: string;
  is_open: Defaulted<boolean>;
}

export interface ImportPiecesRow {
  tenant_id: number;
  import_id: string;
  piece_number: number;
  content_sealed: Bytes;
}

export interface ImportProblemsRow {
  tenant_id: number;
  import_id: string;
  row_number: number;
  problems_sealed: Bytes;
}

export interface ImportedRowsRow {
  tenant_id: number;
  party_id: string;
  owner_id: string;
  row_digest: Bytes;
  import_id: string;
}

export interface ImportsRow {
  tenant_id: number;
  import_id: string;
  kind: string;
  file_name: string;
  file_bytes: number;
  owner_kind: string;
  owner_id: string;
  jurisdiction_code: string;
  writable_codes: string[];
  as_of: string;
  purpose: string;
  is_checked: boolean;
  state: string;
  refusal: ColumnType<unknown, string | null, string | null>;
  sheet: ColumnType<unknown, string | null, string | null>;
  rows_total: number | null;
  rows_read: Defaulted<number>;
  found: ColumnType<unknown, string | null, string | null>;
  done: ColumnType<unknown, string | null, string | null>;
  with_doubles: boolean | null;
  written_to: Defaulted<number>;
  lease_by: string | null;
  lease_until: Date | null;
  created_at: Date;
  created_by: string;
  checked_at: Date | null;
  confirmed_at: Date | null;
  confirmed_by: string | null;
  cancel_asked_at: Date | null;
  finished_at: Date | null;
  emptied_at: Date | null;
  attempts: Defaulted<number>;
}

export interface JurisdictionsRow {
  tenant_id: number;
  code: string;
  parent_code: string | null;
  name: string;
}

export interface MessagePreferencesRow {
  tenant_id: number;
  account_id: string;
  sms: boolean;
  in_app: boolean;
  changed_at: Date;
}

export interface MessagesRow {
  tenant_id: number;
  message_id: string;
  account_id: string;
  template: string;
  title_zh: string;
  title_en: string;
  body_zh: string;
  body_en: string;
  about_kind: string | null;
  about_id: string | null;
  created_at: Date;
  read_at: Date | null;
}

export interface OrganisationSpellingsRow {
  tenant_id: number;
  party_id: string;
  spelling_no: number;
  name_order: number;
  pinyin: string;
  initials: string;
  tokens: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface OrganisationsRow {
  tenant_id: number;
  party_id: string;
  jurisdiction_code: string;
  name: string;
  credit_code: string | null;
  registered_on: string | null;
  address: string | null;
  phone_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  phone_search: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface OutboxRow {
  tenant_id: number;
  outbox_id: string;
  account_id: string | null;
  template: string;
  phone_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  text_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  is_urgent: boolean;
  status: string;
  attempts: Defaulted<number>;
  due_at: Date;
  expires_at: Date | null;
  last_fault: string | null;
  created_at: Date;
  ended_at: Date | null;
}

export interface OutsideIdentitiesRow {
  tenant_id: number;
  provider_id: string;
  subject: string;
  account_id: string;
  linked_at: Date;
}

export interface PartiesRow {
  tenant_id: number;
  party_id: string;
  kind: string;
  status: Defaulted<string>;
  version: Defaulted<number>;
  merged_into: string | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

export interface PartyIdentifiersRow {
  tenant_id: number;
  party_id: string;
  identifier_id: string;
  id_kind: string;
  number_sealed: Bytes;
  number_search: Bytes;
  valid_from: string | null;
  valid_to: string | null;
  recorded_at: Date;
  recorded_by: string;
}

export interface PartyMergesRow {
  tenant_id: number;
  merge_id: string;
  kept_party_id: string;
  merged_party_id: string;
  reason: string;
  merged_at: Date;
  merged_by: string;
  undone_at: Date | null;
  undone_by: string | null;
  undone_reason: string | null;
}

export interface PartyNamesRow {
  tenant_id: number;
  party_id: string;
  name_id: string;
  name: string;
  valid_to: string | null;
  recorded_at: Date;
  recorded_by: string;
}

export interface PasswordsRow {
  tenant_id: number;
  account_id: string;
  hash: string;
  is_one_time: Defaulted<boolean>;
  expires_at: Date | null;
  changed_at: Date;
}

export interface PendingSignInsRow {
  tenant_id: number;
  sign_in_id: string;
  account_id: string;
  token_digest: Bytes;
  steps: string[];
  method: string;
  created_at: Date;
  expires_at: Date;
}

export interface PeopleRow {
  tenant_id: number;
  party_id: string;
  jurisdiction_code: string;
  name: string;
  id_kind: string | null;
  number_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  number_search: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  last_four_search: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  birth_date: string | null;
  sex: string | null;
  phone_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  phone_search: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface PersonSpellingsRow {
  tenant_id: number;
  party_id: string;
  spelling_no: number;
  name_order: number;
  pinyin: string;
  initials: string;
  tokens: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface PhoneCodesRow {
  tenant_id: number;
  code_id: string;
  phone_sealed: Bytes;
  code_digest: Bytes;
  tries: Defaulted<number>;
  sent_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface ProviderVisitsRow {
  tenant_id: number;
  visit_id: string;
  provider_id: string;
  state_digest: Bytes;
  browser_digest: Bytes;
  verifier_sealed: Bytes;
  nonce: string;
  expires_at: Date;
}

export interface RecoveriesRow {
  tenant_id: number;
  recovery_id: string;
  account_id: string;
  phone_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  opened_by: string;
  opened_at: Date;
  settled_by: string | null;
  settled_at: Date | null;
  outcome: string | null;
}

export interface RecoveryCodesRow {
  tenant_id: number;
  account_id: string;
  code_digest: Bytes;
  used_at: Date | null;
}

export interface SchemaMigrationsRow {
  number: number;
  file: string;
  digest: string;
  applied_at: Defaulted<Date>;
}

export interface SearchDaysRow {
  tenant_id: number;
  followed_to: string;
}

export interface SearchTokensRow {
  tenant_id: number;
  token: number;
  name_order: number;
  party_id: string;
}

export interface SecondFactorsRow {
  tenant_id: number;
  account_id: string;
  secret_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  confirmed_at: Date | null;
  last_step: Defaulted<number>;
  pending_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface SessionsRow {
  tenant_id: number;
  session_id: string;
  account_id: string;
  token_digest: Bytes;
  appointment_id: string | null;
  agency_id: string | null;
  created_at: Date;
  proved_at: Date;
  last_seen_at: Date;
  idle_expires_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  ended_because: string | null;
  address: string;
  user_agent: string;
}

export interface SubjectRequestsRow {
  tenant_id: number;
  party_id: string;
  request_id: string;
  kind: string;
  words_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  asked_at: Date;
  asked_by: string;
  due_on: string;
  answered_at: Date | null;
  answered_by: string | null;
  outcome: string | null;
  answer: ColumnType<unknown, string | null, string | null>;
}

export interface TenantsRow {
  tenant_id: number;
  code: string;
  name: string;
  place_code: string;
  hosts: Defaulted<string[]>;
  created_at: Defaulted<Date>;
}

export interface ThrottlesRow {
  tenant_id: number;
  gate: string;
  subject_digest: Bytes;
  failures: number;
  last_failed_at: Date;
  blocked_until: Date | null;
}

/** Every table by its name. */
export interface DB {
  accounts: AccountsRow;
  agencies: AgenciesRow;
  appointments: AppointmentsRow;
  audit_entries: AuditEntriesRow;
  audit_heads: AuditHeadsRow;
  audit_queue: AuditQueueRow;
  audit_roots: AuditRootsRow;
  audit_seals: AuditSealsRow;
  bank_accounts: BankAccountsRow;
  claims: ClaimsRow;
  consents: ConsentsRow;
  departments: DepartmentsRow;
  disagreements: DisagreementsRow;
  duplicate_candidates: DuplicateCandidatesRow;
  employments: EmploymentsRow;
  evidence: EvidenceRow;
  evidence_pieces: EvidencePiecesRow;
  evidence_trust_changes: EvidenceTrustChangesRow;
  evidence_uses: EvidenceUsesRow;
  fact_statements: FactStatementsRow;
  family_links: FamilyLinksRow;
  family_relations: FamilyRelationsRow;
  feed_deliveries: FeedDeliveriesRow;
  feed_keys: FeedKeysRow;
  feed_rows: FeedRowsRow;
  feed_turns: FeedTurnsRow;
  feeds: FeedsRow;
  idempotency_keys: IdempotencyKeysRow;
  identity_providers: IdentityProvidersRow;
  import_pieces: ImportPiecesRow;
  import_problems: ImportProblemsRow;
  imported_rows: ImportedRowsRow;
  imports: ImportsRow;
  jurisdictions: JurisdictionsRow;
  message_preferences: MessagePreferencesRow;
  messages: MessagesRow;
  organisation_spellings: OrganisationSpellingsRow;
  organisations: OrganisationsRow;
  outbox: OutboxRow;
  outside_identities: OutsideIdentitiesRow;
  parties: PartiesRow;
  party_identifiers: PartyIdentifiersRow;
  party_merges: PartyMergesRow;
  party_names: PartyNamesRow;
  passwords: PasswordsRow;
  pending_sign_ins: PendingSignInsRow;
  people: PeopleRow;
  person_spellings: PersonSpellingsRow;
  phone_codes: PhoneCodesRow;
  provider_visits: ProviderVisitsRow;
  recoveries: RecoveriesRow;
  recovery_codes: RecoveryCodesRow;
  schema_migrations: SchemaMigrationsRow;
  search_days: SearchDaysRow;
  search_tokens: SearchTokensRow;
  second_factors: SecondFactorsRow;
  sessions: SessionsRow;
  subject_requests: SubjectRequestsRow;
  tenants: TenantsRow;
  throttles: ThrottlesRow;
}
