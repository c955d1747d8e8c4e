// What an entry of the audit trail says.

/** What happened. Holds references and figures, never names, numbers or other values of a person. */
export interface AuditEntry {
  /** thing.act: an endpoint's id or a job's act. */
  readonly action: string;
  /** Whether it was done, or refused by the permission table. */
  readonly outcome?: 'done' | 'refused';
  readonly object?: { readonly kind: string; readonly id: string };
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  readonly requestId?: string;
}
