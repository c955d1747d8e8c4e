// A program for tests: seals everything again in a process of its own, a dot for every batch, so that it can be killed in the middle.
import { openKeys } from '../../src/adapters/cryptography/sm4-protector.ts';
import { sealEverythingAgain } from '../../src/main/operate/rotate-keys.ts';
import { allSealedColumns } from '../../src/main/sealed-columns.ts';
import { openDatabase } from '../../src/storage/database.ts';

const [url = '', keysFile = ''] = process.argv.slice(2);
const db = openDatabase(url, { connections: 2, role: null });
const protector = await openKeys({ path: keysFile, hasSealedData: async () => true });
await sealEverythingAgain(db, protector, allSealedColumns, ({ sealed }) => void (sealed > 0 && process.stdout.write('.')));
await db.close();
