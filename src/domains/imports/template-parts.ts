// What templates and error sheets share: drop-down lists for the columns that have a choice, kept in a hidden sheet.
import type { Choices, WrittenCell, WrittenSheet } from '../../spreadsheet/index.ts';
import { fullPlaceName } from '../../policy/places.ts';
import type { FactBook } from '../registry/index.ts';
import type { KnownColumn } from './columns.ts';
import type { SheetSummary } from './import.ts';

type Language = 'zh' | 'en';

/** What lists of choices are made from. */
export interface ChoiceSource {
  readonly factBook: FactBook;
  readonly jurisdictions: readonly { readonly code: string; readonly name: string }[];
  readonly language: Language;
}

/** Drop-downs for the columns of a sheet, and the hidden sheet that holds their lists. */
export interface ChoiceLists {
  readonly choices: readonly Choices[];
  readonly sheet: WrittenSheet;
}

// Who fills in more rows pastes them, and a paste takes no notice of lists.
const LAST_CHOICE_ROW = 5_000;

/** Name of the hidden sheet with the lists. */
const listSheetNames = { zh: '选项', en: 'Choices' } as const;

/** Name of the sheet that says how to fill a template in. */
export const howToSheetNames = { zh: '填写说明', en: 'How to' } as const;

/** Whether a sheet that was not read is one that templates bring along: nobody has to be told of it. */
export function isOfTemplate({ name, why }: SheetSummary['leftOut'][number]): boolean {
  const names: readonly string[] = Object.values(why === 'hidden' ? listSheetNames : howToSheetNames);
  return names.includes(name);
}

/** Makes the drop-downs of a sheet's columns; undefined columns have none. */
export function choiceLists(columns: readonly (KnownColumn | undefined)[], source: ChoiceSource, fromRow: number): ChoiceLists {
  const { language } = source;
  const lists: (readonly string[])[] = [];
  const choices = columns.flatMap((column, at): Choices[] => {
    const list = column === undefined ? undefined : listOf(column, source);
    if (column === undefined || list === undefined || list.values.length === 0) return [];
    lists.push(list.values);
    return [
      {
        column: at,
        fromRow,
        toRow: LAST_CHOICE_ROW,
        list: { sheet: listSheetNames[language], column: lists.length - 1, count: list.values.length },
        isStrict: list.isStrict,
        message: { title: column[language], text: column.hint[language] || (language === 'zh' ? '请从列表里选。' : 'Choose from the list.') },
      },
    ];
  });
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const rows: WrittenCell[][] = Array.from({ length: longest }, (_, at) => lists.map((list) => list[at] ?? null));
  return { choices, sheet: { name: listSheetNames[language], isHidden: true, columns: lists.map(() => ({ type: 'text' as const, width: 20 })), rows: [rows] } };
}

function listOf({ key, fact }: KnownColumn, { factBook, jurisdictions, language }: ChoiceSource): { readonly values: readonly string[]; readonly isStrict: boolean } | undefined {
  if (key === 'sex') return { values: language === 'zh' ? ['男', '女'] : ['male', 'female'], isStrict: true };
  if (key === 'document') return { values: language === 'zh' ? ['其他'] : ['other'], isStrict: false };
  if (key === 'jurisdiction') return { values: jurisdictions.map(({ code, name }) => `${code} ${name}`), isStrict: true };
  if (fact === undefined) return undefined;
  switch (fact.type) {
    case 'flag':
      return { values: language === 'zh' ? ['是', '否'] : ['yes', 'no'], isStrict: true };
    case 'level':
    case 'kind':
      return { values: (language === 'zh' ? fact.values : (fact.valuesEn ?? fact.values)) ?? [], isStrict: true };
    case 'kinds':
      // Several may be written, so the list only helps.
      return { values: (language === 'zh' ? fact.values : (fact.valuesEn ?? fact.values)) ?? [], isStrict: false };
    case 'place': {
      const { data } = factBook.reference;
      return { values: data.places.map((code) => `${code} ${fullPlaceName(code, data) ?? ''}`), isStrict: false };
    }
    case 'text': {
      const { data } = factBook.reference;
      const isUniversity = fact.name === '毕业院校' || fact.name === '第一学历院校';
      return isUniversity ? { values: data.universities.slice(0, data.officialUniversities ?? data.universities.length).map(([name]) => name), isStrict: false } : undefined;
    }
    default:
      return undefined;
  }
}

/** A heading as it stands in a template: what has to be filled in is marked. */
export function headingCell(column: KnownColumn, language: Language): WrittenCell {
  return { value: `${column[language]}${column.isRequired ? '*' : ''}`, type: 'text', look: column.isRequired ? 'required' : 'heading' };
}
