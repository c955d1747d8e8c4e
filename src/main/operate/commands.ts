// The commands of operation by their names; each is loaded only when it is asked for.
import type { OperateCommand } from './command.ts';

/** Every command that `wutong` finds in dist/server/operate.js. */
export const operateCommands: Readonly<Record<string, () => Promise<OperateCommand>>> = {
  account: async () => (await import('./account-command.ts')).accountCommand,
  audit: async () => (await import('./audit-command.ts')).auditCommand,
  backup: async () => (await import('./backup-command.ts')).backupCommand,
  keys: async () => (await import('./keys-command.ts')).keysCommand,
  ledger: async () => (await import('./ledger-command.ts')).ledgerCommand,
  migrate: async () => (await import('./migrate-command.ts')).migrateCommand,
  restore: async () => (await import('./restore-command.ts')).restoreCommand,
};
