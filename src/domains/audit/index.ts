// What other domains may use of the audit trail, and what the server does for it.
export { auditRoutes } from './audit-routes.ts';
export { countWaiting, listEntriesAbout } from './audit-store.ts';
export { noteShown } from './note-shown.ts';
export { recordAudit } from './record-audit.ts';
export { sealWaiting } from './seal-audit.ts';
export { type Finding, mostFindings, type Report, verifyAudit, type VerifyOptions, type Witnessed } from './verify-audit.ts';
