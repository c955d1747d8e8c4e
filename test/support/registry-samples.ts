// Numbers and people for tests of the registry: valid by their checks, plainly samples, different each time they are asked for.
import { creditCheckCharacter } from '../../src/contract/credit-code.ts';
import { identityCheckCharacter } from '../../src/contract/identity-number.ts';
import type { TestCaller } from './api.ts';

let sequence = 0;

/** A resident number of somebody born on a day; each call gives another. */
export function sampleNumber({ division = '220202', birthDate = '1990-01-01', sex = 'male' }: { division?: string; birthDate?: string; sex?: 'male' | 'female' } = {}): string {
  sequence++;
  const last = String((sequence * 2 + (sex === 'male' ? 1 : 0)) % 1000).padStart(3, '0');
  const seventeen = `${division}${birthDate.replaceAll('-', '')}${last}`;
  return `${seventeen}${identityCheckCharacter(seventeen)}`;
}

/** A credit code; each call gives another. */
export function sampleCode(): string {
  sequence++;
  const seventeen = `91220202${String(sequence).padStart(9, '0')}`;
  return `${seventeen}${creditCheckCharacter(seventeen)}`;
}

/** What a person is entered with unless a test says otherwise. */
export interface PersonSample {
  readonly name?: string;
  readonly jurisdictionCode?: string;
  readonly number?: string | null;
  readonly birthDate?: string;
  readonly phone?: string;
}

/** Enters a person through the interface. @returns the id. */
export async function enterPerson(officer: TestCaller, { name = '张三一', jurisdictionCode = '220202', number, birthDate, phone }: PersonSample = {}): Promise<string> {
  const document = number === null ? {} : { document: { kind: 'number', number: number ?? sampleNumber(birthDate === undefined ? {} : { birthDate }) } };
  const born = birthDate === undefined ? {} : { birthDate };
  const answered = await officer.post('/people', { name, jurisdictionCode, ...document, ...born, ...(phone === undefined ? {} : { phone }) });
  if (answered.status !== 201) throw new Error(`the sample person was not entered: ${answered.raw.toString('utf8')}`);
  return (answered.body as { partyId: string }).partyId;
}

/** Enters an organisation through the interface. @returns the id. */
export async function enterOrganisation(
  officer: TestCaller,
  { name = '样例一公司', jurisdictionCode = '220202', creditCode = sampleCode() }: { name?: string; jurisdictionCode?: string; creditCode?: string } = {},
): Promise<string> {
  const answered = await officer.post('/organisations', { name, jurisdictionCode, creditCode });
  if (answered.status !== 201) throw new Error(`the sample organisation was not entered: ${answered.raw.toString('utf8')}`);
  return (answered.body as { partyId: string }).partyId;
}
