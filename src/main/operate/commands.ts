// The commands of operation by their names; the command line loads them only when one is asked for.
import { auditCommand } from './audit-command.ts';
import { backupCommand } from './backup-command.ts';
import type { OperateCommand } from './command.ts';
import { migrateCommand } from './migrate-command.ts';
import { restoreCommand } from './restore-command.ts';

/** Every command that `wutong` finds in dist/server/operate.js. */
export const operateCommands: Readonly<Record<string, OperateCommand>> = {
  audit: auditCommand,
  backup: backupCommand,
  migrate: migrateCommand,
  restore: restoreCommand,
};
