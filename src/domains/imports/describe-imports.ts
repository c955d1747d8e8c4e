// What imports hold of a person: which lists they stood in; and what goes when a person is deleted.
import { type DeletionParticipant } from '../registry/index.ts';
import { emptyImports, forgetImported, listImportsOf } from './imports-store.ts';

/** How imports take part in people's rights. Nothing has to be kept by law: the registry holds what was imported. */
export const importsParticipant: DeletionParticipant = {
  findKept: () => Promise.resolve([]),
  async deleteRest(tx, scope, partyIds) {
    const files = await listImportsOf(tx, scope, partyIds);
    // A row of a file cannot be taken out of it; the file goes as a whole, since its rows are written.
    const emptied = await emptyImports(tx, scope, files.map(({ importId }) => importId), new Date());
    return emptied + (await forgetImported(tx, scope, partyIds));
  },
  async describeHeld(tx, scope, partyIds) {
    const files = await listImportsOf(tx, scope, partyIds);
    if (files.length === 0) return [];
    const rows = files.map(({ fileName, createdAt }) => ({ fileName, importedAt: createdAt.toISOString() }));
    return [{ key: 'imports', title: { zh: '从哪些名单导入', en: 'Lists that the data came with' }, rows }];
  },
};
