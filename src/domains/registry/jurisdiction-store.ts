// The SQL by which the registry asks which jurisdictions a city has.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

type Writer = Scope<'person.write' | 'organisation.write'>;

/** The codes of the jurisdictions in which the scope may enter parties. */
export async function readWritableCodes(tx: Tx, scope: Writer): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('jurisdictions').select('code').where('tenant_id', '=', scope.tenantId).execute();
  const { reach } = scope;
  return new Set(rows.map((row) => row.code).filter((code) => reach.kind === 'tenant' || (reach.kind === 'jurisdictions' && reach.codes.includes(code))));
}

/** @throws Refusal input-invalid where the scope may not enter a party under this code. */
export async function checkWritable(tx: Tx, scope: Writer, code: string): Promise<void> {
  if (!(await readWritableCodes(tx, scope)).has(code)) throw new Refusal('input-invalid', { count: 1 }, [jurisdictionProblem(code)]);
}

/** What is wrong with a jurisdiction that is none or lies outside of the caller's. */
export function jurisdictionProblem(code: string): { readonly field: string; readonly zh: string; readonly en: string } {
  return {
    field: 'jurisdictionCode',
    zh: `辖区“${code}”不在您可以登记的范围里，请选本部门的辖区或它下面的辖区。`,
    en: `You cannot enter anybody under jurisdiction "${code}"; choose your department's or one below it.`,
  };
}
