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

export interface ApplicationListsRow {
  tenant_id: number;
  application_id: string;
  import_id: string;
  organisation_id: string;
  account_id: string | null;
  agent_id: string;
  told_by: string[];
  benefits: Json;
  evidence_ids: string[];
  files_unlikely: boolean;
  state: string;
  rows_total: number;
  rows_done: Defaulted<number>;
  counts: Json;
  failures: Defaulted<number>;
  filed_at: Date;
  finished_at: Date | null;
}

export interface ApplicationPromisesRow {
  tenant_id: number;
  application_id: string;
  paper: string;
  due_on: string;
}

export interface ApplicationRowsRow {
  tenant_id: number;
  application_id: string;
  row_number: number;
  party_id: string;
  policy_id: string;
  benefit_id: string;
  period: string;
  outcome: string | null;
  case_id: string | null;
  detail_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
}

export interface ApplicationsRow {
  tenant_id: number;
  application_id: string;
  applicant_id: string;
  channel: string;
  import_id: string | null;
  jurisdiction_code: string;
  filed_at: Date;
  filed_by: string;
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
  given_by_id: string | null;
}

export interface CaseEventsRow {
  tenant_id: number;
  case_id: string;
  event_number: number;
  kind: string;
  schema_version: number;
  happened_at: Date;
  actor_kind: string;
  account_id: string | null;
  department_id: string | null;
  data: Json;
}

export interface CaseNumbersRow {
  tenant_id: number;
  jurisdiction_code: string;
  year: number;
  last_number: number;
}

export interface CasePapersRow {
  tenant_id: number;
  case_id: string;
  evidence_id: string;
  occasion: string;
  added_at: Date;
}

export interface CaseTasksRow {
  tenant_id: number;
  case_id: string;
  department_id: string;
  act: string;
  assignee_id: string | null;
  due_on: string | null;
  status: string;
  jurisdiction_code: string;
  policy_id: string;
  benefit_id: string;
}

export interface CaseTextsRow {
  tenant_id: number;
  case_id: string;
  text_id: string;
  audience: string;
  text_sealed: Bytes;
  written_at: Date;
  account_id: string | null;
  department_id: string | null;
}

export interface CasesRow {
  tenant_id: number;
  case_id: string;
  case_number: string;
  application_id: string;
  applicant_id: string;
  subject_id: string;
  employer_id: string | null;
  policy_id: string;
  benefit_id: string;
  period: string;
  jurisdiction_code: string;
  pack_hash: string;
  settings_year: number;
  status: string;
  step_number: number;
  due_on: string | null;
  look_on: string | null;
  missing_year: number | null;
  lateness: Defaulted<number>;
  holds: Defaulted<number>;
  engine_status: string;
  expected_fen: number | null;
  decision_id: string | null;
  granted_fen: number | null;
  progress: Json;
  version: number;
  filed_at: Date;
  changed_at: Date;
  plan_id: string;
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
  evidence_id: string | null;
}

export interface DecisionCountersRow {
  tenant_id: number;
  department_id: string;
  number_year: number;
  last_count: number;
}

export interface DecisionsRow {
  tenant_id: number;
  decision_id: string;
  case_id: string;
  case_number: string;
  department_id: string;
  number_year: number;
  number_count: number;
  number: string;
  kind: string;
  follows_decision_id: string | null;
  party_id: string;
  applicant_id: string | null;
  employer_id: string | null;
  jurisdiction_code: string;
  policy_id: string;
  benefit_id: string;
  pack_hash: string;
  judged_on: string;
  parameters: Json;
  readings: Json;
  status: string;
  amount_fen: number | null;
  quantity: number | null;
  unit: string | null;
  instalments: Json;
  facts_sealed: Bytes;
  explanation_sealed: Bytes;
  letter_sealed: Bytes;
  decided_by: string;
  decided_at: Date;
  code_digest: Bytes;
  code_sealed: Bytes;
  digest: Bytes;
  signature: Bytes;
  signature_key: string;
}

export interface DemoAccountsRow {
  tenant_id: number;
  account_id: string;
  place: number;
  kind: string;
  shown_sealed: Bytes;
}

export interface DemoMarksRow {
  tenant_id: number;
  founded_at: Date;
  marked_at: Defaulted<Date>;
  seed: number;
  people: number;
  last_on: string;
  state: string;
  per_cent: Defaulted<number>;
  ready_at: Date | null;
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

export interface FindingLiabilitiesRow {
  tenant_id: number;
  finding_id: string;
  party_id: string;
  role: string;
}

export interface FindingsRow {
  tenant_id: number;
  finding_id: string;
  case_id: string;
  jurisdiction_code: string;
  plan_id: string | null;
  report_id: string | null;
  text_sealed: Bytes;
  state: string;
  found_by: string;
  found_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  document: string | null;
  closed_by: string | null;
  closed_at: Date | null;
  version: Defaulted<number>;
}

export interface FraudReportsRow {
  tenant_id: number;
  report_id: string;
  jurisdiction_code: string;
  party_id: string | null;
  text_sealed: Bytes;
  contact_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  code_digest: Bytes;
  case_id: string | null;
  state: string;
  answer_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  answered_by: string | null;
  answered_at: Date | null;
  made_at: Date;
  version: Defaulted<number>;
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

export interface ImportRowsRow {
  tenant_id: number;
  import_id: string;
  first_row: number;
  last_row: number;
  row_count: number;
  read_with: string;
  rows_sealed: Bytes;
}

export interface ImportedRowsRow {
  tenant_id: number;
  party_id: string;
  owner_id: string;
  row_digest: Bytes;
  import_id: string;
  row_number: number | null;
  stands_for: string | null;
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

export interface InspectionCandidatesRow {
  tenant_id: number;
  plan_id: string;
  case_id: string;
  place: number;
  party_id: string;
  employer_id: string | null;
  is_drawn: boolean;
  at_post: string | null;
  usefulness: string | null;
  note_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  visited_on: string | null;
  recorded_by: string | null;
  recorded_at: Date | null;
  version: Defaulted<number>;
}

export interface InspectionPlansRow {
  tenant_id: number;
  plan_id: string;
  jurisdiction_code: string;
  title: string;
  policy_id: string;
  benefit_id: string | null;
  wanted: number;
  state: string;
  seed: string | null;
  candidates: number | null;
  planned_by: string;
  planned_at: Date;
  drawn_by: string | null;
  drawn_at: Date | null;
}

export interface InstalmentSharesRow {
  tenant_id: number;
  instalment_id: string;
  share_number: number;
  part_id: string;
  fund: string;
  jurisdiction_code: string;
  year: number;
  amount_fen: number;
  offset_fen: Defaulted<number>;
}

export interface InstalmentsRow {
  tenant_id: number;
  instalment_id: string;
  decision_id: string;
  case_id: string;
  case_number: string;
  instalment_number: number;
  party_id: string;
  employer_id: string | null;
  policy_id: string;
  benefit_id: string;
  jurisdiction_code: string;
  due_on: string;
  amount_fen: number;
  offset_fen: Defaulted<number>;
  checks: string[];
  state: string;
  look_on: string | null;
  checked_at: Date | null;
  attempts: Defaulted<number>;
  version: Defaulted<number>;
  created_at: Date;
  changed_at: Date;
}

export interface JurisdictionsRow {
  tenant_id: number;
  code: string;
  parent_code: string | null;
  name: string;
}

export interface LedgerAccountsRow {
  tenant_id: number;
  account_id: string;
  unit: string;
  jurisdiction_code: string;
  fund: string;
  year: number;
  role: string;
  credited: Defaulted<number>;
  debited: Defaulted<number>;
  held: Defaulted<number>;
  floor: number | null;
}

export interface LedgerBudgetsRow {
  tenant_id: number;
  budget_id: string;
  unit: string;
  jurisdiction_code: string;
  fund: string;
  year: number;
  amount: number;
  before: number | null;
  reference: string;
  state: string;
  proposed_at: Date;
  proposed_by: string;
  settled_at: Date | null;
  settled_by: string | null;
}

export interface LedgerPartsRow {
  tenant_id: number;
  part_id: string;
  case_id: string;
  decision_id: string;
  unit: string;
  jurisdiction_code: string;
  fund: string;
  year: number;
  amount: number;
  committed: number;
  paying: Defaulted<number>;
  paid: Defaulted<number>;
  released: Defaulted<number>;
  receivable: Defaulted<number>;
  recovered: Defaulted<number>;
  written_off: Defaulted<number>;
  recorded_at: Date;
}

export interface LedgerTransfersRow {
  tenant_id: number;
  transfer_id: string;
  kind: string;
  pending_id: string | null;
  unit: string;
  jurisdiction_code: string;
  from_account_id: string;
  to_account_id: string;
  amount: number;
  reason: string;
  part_id: string | null;
  operation_id: string | null;
  case_id: string | null;
  decision_id: string | null;
  batch_id: string | null;
  document: string | null;
  recorded_at: Date;
  recorded_by: string;
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

export interface ObjectionsRow {
  tenant_id: number;
  objection_id: string;
  list_id: string;
  entry_id: string;
  case_id: string;
  jurisdiction_code: string;
  state: string;
  text_sealed: Bytes;
  contact_sealed: Bytes;
  language: string;
  code_digest: Bytes;
  answer_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  answered_by: string | null;
  department_id: string | null;
  answered_at: Date | null;
  made_at: Date;
  version: Defaulted<number>;
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

export interface PackModelsRow {
  tenant_id: number;
  pack_hash: string;
  policy_id: string;
  vocabulary_hash: string;
  model: string;
}

export interface PackSettingsRow {
  tenant_id: number;
  setting_id: string;
  policy_id: string;
  kind: string;
  name: string;
  year: number;
  value: Json;
  written_value: Json;
  decision_reference: string;
  state: string;
  proposed_at: Date;
  proposed_by: string;
  settled_at: Date | null;
  settled_by: string | null;
  replaced_at: Date | null;
}

export interface PackVocabulariesRow {
  tenant_id: number;
  vocabulary_hash: string;
  vocabularies: string;
}

export interface PacksRow {
  tenant_id: number;
  pack_id: string;
  policy_id: string;
  city_id: string;
  state: string;
  source: Json;
  pack_hash: string | null;
  check_report: ColumnType<unknown, string | null, string | null>;
  corrects: string | null;
  note_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  drafted_at: Date;
  drafted_by: string;
  checked_at: Date | null;
  approved_at: Date | null;
  approved_by: string | null;
  published_at: Date | null;
  published_by: string | null;
  effective_on: string | null;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  reason_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  version: Defaulted<number>;
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

export interface PaymentBatchesRow {
  tenant_id: number;
  batch_id: string;
  batch_number: string;
  jurisdiction_code: string;
  department_id: string;
  state: string;
  line_count: number;
  total_fen: number;
  prepared_by: string;
  prepared_at: Date;
  first_approved_by: string | null;
  first_approved_at: Date | null;
  second_approved_by: string | null;
  second_approved_at: Date | null;
  sent_by: string | null;
  sent_at: Date | null;
  sent_count: number | null;
  sent_fen: number | null;
  closed_at: Date | null;
  cancelled_by: string | null;
  cancelled_at: Date | null;
  reason_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  version: Defaulted<number>;
}

export interface PaymentDoubtsRow {
  tenant_id: number;
  doubt_id: string;
  instalment_id: string;
  jurisdiction_code: string;
  kind: string;
  fact: string | null;
  about_id: string | null;
  opened_at: Date;
  settled_as: string | null;
  reason_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  settled_at: Date | null;
  settled_by: string | null;
}

export interface PaymentNumbersRow {
  tenant_id: number;
  kind: string;
  jurisdiction_code: string;
  year: number;
  last_number: number;
}

export interface PaymentResultsRow {
  tenant_id: number;
  result_id: string;
  batch_id: string;
  file_name: string;
  file_digest: Bytes;
  content_sealed: Bytes;
  paid_count: number;
  failed_count: number;
  returned_count: number;
  known_count: number;
  imported_by: string;
  imported_at: Date;
}

export interface PaymentsRow {
  tenant_id: number;
  payment_id: string;
  batch_id: string;
  line_number: number;
  payment_number: string;
  instalment_id: string;
  attempt: number;
  party_id: string;
  amount_fen: number;
  state: string;
  account_id: string | null;
  account_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  result_id: string | null;
  settled_on: string | null;
  bank_reference: string | null;
  reason_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
  returned_on: string | null;
  return_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
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

export interface ProcedurePlansRow {
  tenant_id: number;
  plan_id: string;
  plan: Json;
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

export interface PublicEntriesRow {
  tenant_id: number;
  list_id: string;
  entry_id: string;
  place: number;
  case_id: string;
  decision_id: string;
  amount_fen: number | null;
  shown_sealed: Bytes;
}

export interface PublicListsRow {
  tenant_id: number;
  list_id: string;
  jurisdiction_code: string;
  department_id: string;
  policy_id: string;
  benefit_id: string;
  titles: Json;
  working_days: number;
  opens_on: string;
  until_on: string;
  state: string;
  entries: Defaulted<number>;
  opened_by: string;
  opened_at: Date;
  closed_at: Date | null;
  taken_back_at: Date | null;
  taken_back_by: string | null;
  taken_back_reason_sealed: ColumnType<Buffer | null, Uint8Array | null, Uint8Array | null>;
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

export interface RepaymentPartsRow {
  tenant_id: number;
  repayment_id: string;
  payment_id: string;
  part_id: string;
  amount_fen: number;
  settled_fen: Defaulted<number>;
}

export interface RepaymentReceiptsRow {
  tenant_id: number;
  receipt_id: string;
  repayment_id: string;
  kind: string;
  amount_fen: number;
  instalment_id: string | null;
  received_on: string;
  bank_reference: string | null;
  recorded_by: string;
  recorded_at: Date;
  received_reference: string | null;
}

export interface RepaymentTermsRow {
  tenant_id: number;
  repayment_id: string;
  term_number: number;
  due_on: string;
  amount_fen: number;
}

export interface RepaymentsRow {
  tenant_id: number;
  repayment_id: string;
  repayment_number: string;
  case_id: string;
  party_id: string;
  jurisdiction_code: string;
  document: string;
  about_id: string | null;
  reason_sealed: Bytes;
  amount_fen: number;
  received_fen: Defaulted<number>;
  offset_fen: Defaulted<number>;
  written_off_fen: Defaulted<number>;
  state: string;
  proposed_by: string;
  proposed_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  write_off_document: string | null;
  write_off_fen: number | null;
  write_off_by: string | null;
  write_off_at: Date | null;
  settled_at: Date | null;
  version: Defaulted<number>;
  adopted_by: string | null;
  adopted_at: Date | null;
}

export interface ReportMessagesRow {
  tenant_id: number;
  report_id: string;
  message_id: string;
  side: string;
  text_sealed: Bytes;
  written_at: Date;
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
  application_lists: ApplicationListsRow;
  application_promises: ApplicationPromisesRow;
  application_rows: ApplicationRowsRow;
  applications: ApplicationsRow;
  appointments: AppointmentsRow;
  audit_entries: AuditEntriesRow;
  audit_heads: AuditHeadsRow;
  audit_queue: AuditQueueRow;
  audit_roots: AuditRootsRow;
  audit_seals: AuditSealsRow;
  bank_accounts: BankAccountsRow;
  case_events: CaseEventsRow;
  case_numbers: CaseNumbersRow;
  case_papers: CasePapersRow;
  case_tasks: CaseTasksRow;
  case_texts: CaseTextsRow;
  cases: CasesRow;
  claims: ClaimsRow;
  consents: ConsentsRow;
  decision_counters: DecisionCountersRow;
  decisions: DecisionsRow;
  demo_accounts: DemoAccountsRow;
  demo_marks: DemoMarksRow;
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
  finding_liabilities: FindingLiabilitiesRow;
  findings: FindingsRow;
  fraud_reports: FraudReportsRow;
  idempotency_keys: IdempotencyKeysRow;
  identity_providers: IdentityProvidersRow;
  import_pieces: ImportPiecesRow;
  import_problems: ImportProblemsRow;
  import_rows: ImportRowsRow;
  imported_rows: ImportedRowsRow;
  imports: ImportsRow;
  inspection_candidates: InspectionCandidatesRow;
  inspection_plans: InspectionPlansRow;
  instalment_shares: InstalmentSharesRow;
  instalments: InstalmentsRow;
  jurisdictions: JurisdictionsRow;
  ledger_accounts: LedgerAccountsRow;
  ledger_budgets: LedgerBudgetsRow;
  ledger_parts: LedgerPartsRow;
  ledger_transfers: LedgerTransfersRow;
  message_preferences: MessagePreferencesRow;
  messages: MessagesRow;
  objections: ObjectionsRow;
  organisation_spellings: OrganisationSpellingsRow;
  organisations: OrganisationsRow;
  outbox: OutboxRow;
  outside_identities: OutsideIdentitiesRow;
  pack_models: PackModelsRow;
  pack_settings: PackSettingsRow;
  pack_vocabularies: PackVocabulariesRow;
  packs: PacksRow;
  parties: PartiesRow;
  party_identifiers: PartyIdentifiersRow;
  party_merges: PartyMergesRow;
  party_names: PartyNamesRow;
  passwords: PasswordsRow;
  payment_batches: PaymentBatchesRow;
  payment_doubts: PaymentDoubtsRow;
  payment_numbers: PaymentNumbersRow;
  payment_results: PaymentResultsRow;
  payments: PaymentsRow;
  pending_sign_ins: PendingSignInsRow;
  people: PeopleRow;
  person_spellings: PersonSpellingsRow;
  phone_codes: PhoneCodesRow;
  procedure_plans: ProcedurePlansRow;
  provider_visits: ProviderVisitsRow;
  public_entries: PublicEntriesRow;
  public_lists: PublicListsRow;
  recoveries: RecoveriesRow;
  recovery_codes: RecoveryCodesRow;
  repayment_parts: RepaymentPartsRow;
  repayment_receipts: RepaymentReceiptsRow;
  repayment_terms: RepaymentTermsRow;
  repayments: RepaymentsRow;
  report_messages: ReportMessagesRow;
  schema_migrations: SchemaMigrationsRow;
  search_days: SearchDaysRow;
  search_tokens: SearchTokensRow;
  second_factors: SecondFactorsRow;
  sessions: SessionsRow;
  subject_requests: SubjectRequestsRow;
  tenants: TenantsRow;
  throttles: ThrottlesRow;
}
