import { expect, test } from 'vitest';
import { makeTestDatabase } from '../../../test/support/database.ts';
test('migrates', async () => { const d = await makeTestDatabase(); await d.drop(); expect(1).toBe(1); }, 60000);
