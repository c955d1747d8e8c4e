// People of the registry: what is entered of them, checked, and what others see.
import type { ErrorDetail } from '../../contract/errors.ts';
import { identityNumberReasons, readIdentityNumber, readMobileNumber, spellIdentityNumber } from '../../contract/identity-number.ts';
import type { FactBook } from './fact-book.ts';
import type { DocumentKind } from './party.ts';

/** A document of identity as it is entered: `number` is read and checked, `other` (a passport) is taken as written. */
export interface DocumentInput {
  readonly kind: 'number' | 'other';
  readonly number: string;
}

/** A person as entered. */
export interface NewPerson {
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly document?: DocumentInput | undefined;
  /** `YYYY-MM-DD`; taken from the number where that tells it. */
  readonly birthDate?: string | undefined;
  readonly sex?: 'male' | 'female' | undefined;
  readonly phone?: string | undefined;
}

/** A person whose entries are checked and canonical. */
export interface CheckedPerson {
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly document: CheckedDocument | null;
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  readonly phone: string | null;
  /** What is doubtful and was taken all the same. */
  readonly warnings: readonly ErrorDetail[];
}

/** A number as it is stored. */
export interface CheckedDocument {
  readonly kind: DocumentKind;
  readonly canonical: string;
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
}

/** A name as it is stored: without spaces around it, a middle dot of one kind between parts (买买提·依明). */
function spellPersonName(name: string): string {
  // The characters of nearly all names have one form only, and nothing stands between them.
  if (/^[\u4e00-\u9fff]+$/.test(name)) return name;
  const spelled = name.normalize('NFKC').replace(/[•∙⋅・‧·﹒]/gu, '·').replace(/\s+/gu, ' ').trim();
  // Between Chinese characters a space is a slip of the keyboard; between letters it is part of the name.
  return spelled.replace(/(?<=[\p{Script=Han}·]) | (?=[\p{Script=Han}·])/gu, '');
}

const NAME_LENGTH = 50;
const OTHER_DOCUMENT = /^[A-Z0-9()/.]{4,30}$/;

/** Whether a text can be a person's name: letters of any script, the dot between parts, and what foreign names hold. */
function nameProblem(name: string): Omit<ErrorDetail, 'field'> | undefined {
  if (name === '') return { zh: '请填写姓名。', en: 'Enter the name.' };
  if (name.length > NAME_LENGTH) return { zh: `姓名最多 ${NAME_LENGTH} 个字。`, en: `A name has at most ${NAME_LENGTH} characters.` };
  return /^\p{L}[\p{L}\p{M} ·'’.-]*$/u.test(name)
    ? undefined
    : { zh: '姓名里有不该有的字符，请照证件填写。', en: 'The name holds a character that does not belong there; write it as on the document.' };
}

/** Reads a document of identity. */
export function checkDocument(input: DocumentInput, factBook: FactBook, today: string): CheckedDocument | ErrorDetail {
  return documentOf(input, readIdentityNumber(input.number, { today, knowsDivision: factBook.knowsDivision }));
}

function documentOf(input: DocumentInput, read: ReturnType<typeof readIdentityNumber>): CheckedDocument | ErrorDetail {
  const field = 'document.number';
  // A number entered as another document is still that number: the same person is found whatever box it was typed into.
  if (read.ok) return { kind: read.kind, canonical: read.canonical, birthDate: read.birthDate, sex: read.sex };
  if (input.kind === 'number') return { field, ...identityNumberReasons[read.reason] };
  const spelled = spellIdentityNumber(input.number);
  if (OTHER_DOCUMENT.test(spelled)) return { kind: 'other', canonical: spelled, birthDate: null, sex: null };
  return { field, zh: '其他证件的号码是 4 到 30 位字母或数字，请照证件填写。', en: 'The number of another document has 4 to 30 letters or digits; write it as on the document.' };
}

/** Checks a person as entered. @returns the person, or everything that is wrong with it. */
export function checkPerson(input: NewPerson, factBook: FactBook, today: string): CheckedPerson | readonly ErrorDetail[] {
  const details: ErrorDetail[] = [];
  const warnings: ErrorDetail[] = [];
  const name = spellPersonName(input.name);
  const wrongName = nameProblem(name);
  if (wrongName !== undefined) details.push({ field: 'name', ...wrongName });
  let document: CheckedDocument | null = null;
  if (input.document !== undefined) {
    const read = readIdentityNumber(input.document.number, { today, knowsDivision: factBook.knowsDivision });
    const checked = documentOf(input.document, read);
    if ('field' in checked) details.push(checked);
    else document = checked;
    if (read.ok && read.warnings.length > 0) {
      warnings.push({ field: 'document.number', zh: '证件号码开头的行政区划不在代码表里，请再对照一次证件。', en: 'The division at the beginning of the number is not in the table; compare it with the card once more.' });
    }
  }
  if (input.birthDate !== undefined && input.birthDate > today) details.push({ field: 'birthDate', zh: '出生日期还没有到，请核对。', en: 'The birth date is still to come; check it.' });
  const { birthDate: toldBirth, sex: toldSex } = document ?? { birthDate: null, sex: null };
  if (toldBirth !== null && input.birthDate !== undefined && toldBirth !== input.birthDate) {
    details.push({ field: 'birthDate', zh: '出生日期和证件号码里的不一致，请核对哪一个写错了。', en: 'The birth date differs from the one in the number; check which is wrong.' });
  }
  if (toldSex !== null && input.sex !== undefined && toldSex !== input.sex) {
    details.push({ field: 'sex', zh: '性别和证件号码里的不一致，请核对哪一个写错了。', en: 'The sex differs from the one in the number; check which is wrong.' });
  }
  const phone = input.phone === undefined ? null : (readMobileNumber(input.phone) ?? undefined);
  if (phone === undefined) details.push({ field: 'phone', zh: '手机号是 11 位数字，以 13 到 19 开头。', en: 'A mobile number has 11 digits and begins with 13 to 19.' });
  if (details.length > 0 || phone === undefined) return details;
  return {
    name,
    jurisdictionCode: input.jurisdictionCode,
    document,
    birthDate: document?.birthDate ?? input.birthDate ?? null,
    sex: document?.sex ?? input.sex ?? null,
    phone,
    warnings,
  };
}

/** Whether a check found problems. */
export function isRefused<T extends object>(checked: T | readonly ErrorDetail[]): checked is readonly ErrorDetail[] {
  return Array.isArray(checked);
}
