// The only SQL on the settings of identity providers.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** An issuer by which people can sign in. */
export interface Provider {
  readonly providerId: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly secretSealed: Buffer | null;
  readonly returnUrl: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly isOpen: boolean;
}

/** Every provider, or the one asked for. */
export async function listAllProviders(tx: Tx, scope: Scope<'access.enter' | 'identity-provider.manage'>, providerId?: string): Promise<readonly Provider[]> {
  let query = tx.selectFrom('identity_providers').where('tenant_id', '=', scope.tenantId);
  if (providerId !== undefined) query = query.where('provider_id', '=', providerId);
  const rows = await query.select(['provider_id', 'issuer', 'client_id', 'secret_sealed', 'return_url', 'name_zh', 'name_en', 'is_open']).orderBy('provider_id').execute();
  return rows.map((row) => ({
    providerId: row.provider_id,
    issuer: row.issuer,
    clientId: row.client_id,
    secretSealed: row.secret_sealed,
    returnUrl: row.return_url,
    name: { zh: row.name_zh, en: row.name_en },
    isOpen: row.is_open,
  }));
}

/** Adds a provider. @returns false where issuer and client stand there already. */
export async function insertProvider(tx: Tx, scope: Scope<'identity-provider.manage'>, provider: Omit<Provider, 'secretSealed' | 'isOpen'> & { readonly secretSealed: Uint8Array | null }): Promise<boolean> {
  const done = await tx
    .insertInto('identity_providers')
    .values({
      tenant_id: scope.tenantId,
      provider_id: provider.providerId,
      issuer: provider.issuer,
      client_id: provider.clientId,
      secret_sealed: provider.secretSealed,
      return_url: provider.returnUrl,
      name_zh: provider.name.zh,
      name_en: provider.name.en,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'issuer', 'client_id']).doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Changes settings; what is undefined stays. @returns false where there is none such. */
export async function updateProvider(
  tx: Tx,
  scope: Scope<'identity-provider.manage'>,
  providerId: string,
  change: { readonly isOpen?: boolean | undefined; readonly secretSealed?: Uint8Array | undefined; readonly returnUrl?: string | undefined },
): Promise<boolean> {
  const done = await tx
    .updateTable('identity_providers')
    .set((set) => ({
      is_open: change.isOpen ?? set.ref('is_open'),
      secret_sealed: change.secretSealed ?? set.ref('secret_sealed'),
      return_url: change.returnUrl ?? set.ref('return_url'),
    }))
    .where('tenant_id', '=', scope.tenantId)
    .where('provider_id', '=', providerId)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
