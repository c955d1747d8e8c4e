// How the cells of written workbooks look: a few looks, each with every type of value.

/** What kind of value a column holds; says how the cell is stored and shown. Money is given in fen and shown in yuan. */
export type ColumnType = 'text' | 'date' | 'money' | 'number';

/** What a cell is for. Colours never stand alone: a required heading ends in an asterisk, a wrong cell is named in the row's last column. */
export type CellLook = 'plain' | 'heading' | 'required' | 'sample' | 'wrong' | 'reason' | 'prose' | 'title';

const types: readonly ColumnType[] = ['text', 'date', 'money', 'number'];
const looks: readonly CellLook[] = ['plain', 'heading', 'required', 'sample', 'wrong', 'reason', 'prose', 'title'];

/** The style number of a look and a type. */
export function styleOf(look: CellLook, type: ColumnType): number {
  return 1 + looks.indexOf(look) * types.length + types.indexOf(type);
}

// 49 is "@": what is typed into such a cell stays as typed, so an identity number keeps its last digits.
const formats: Readonly<Record<ColumnType, number>> = { text: 49, date: 164, money: 4, number: 0 };

const fonts = [
  '<font><sz val="11"/><color rgb="FF20261F"/><name val="等线"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><color rgb="FF20261F"/><name val="等线"/><family val="2"/></font>',
  '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="等线"/><family val="2"/></font>',
  '<font><i/><sz val="11"/><color rgb="FF55604F"/><name val="等线"/><family val="2"/></font>',
  '<font><sz val="11"/><color rgb="FFA63A1E"/><name val="等线"/><family val="2"/></font>',
  '<font><b/><sz val="15"/><color rgb="FF2E6B45"/><name val="等线"/><family val="2"/></font>',
];
const solid = (colour: string): string => `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
const fills = ['<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>', solid('E4EEE4'), solid('2E6B45'), solid('FAF7F0'), solid('FBE7E1')];

interface Face {
  readonly font: number;
  readonly fill: number;
  readonly wraps?: true;
}

const faces: Readonly<Record<CellLook, Face>> = {
  plain: { font: 0, fill: 0 },
  heading: { font: 1, fill: 2, wraps: true },
  required: { font: 2, fill: 3, wraps: true },
  sample: { font: 3, fill: 4 },
  wrong: { font: 4, fill: 5 },
  reason: { font: 4, fill: 0, wraps: true },
  prose: { font: 0, fill: 0, wraps: true },
  title: { font: 5, fill: 0 },
};

/** The styles part of every workbook. */
export function stylesXml(): string {
  const xfs = looks.flatMap((look) =>
    types.map((type) => {
      const { font, fill, wraps } = faces[look];
      const alignment = `<alignment vertical="${wraps === true ? 'top' : 'center'}"${wraps === true ? ' wrapText="1"' : ''}/>`;
      return `<xf numFmtId="${formats[type]}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">${alignment}</xf>`;
    }),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
    `<fonts count="${fonts.length}">${fonts.join('')}</fonts>`,
    `<fills count="${fills.length}">${fills.join('')}</fills>`,
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${xfs.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${xfs.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
}
