// What others may use of spreadsheets: reading and writing xlsx and CSV; knows no domain.
export { halfWidth, readDateText, tidyText } from './cell-text.ts';
export { readSheet } from './read-sheet.ts';
export { type Cell, cellPlace, columnLetters, type ReadOptions, type Sheet, type SheetLimits, type SheetRow, type SheetSource, usualLimits } from './sheet.ts';
export type { CellLook, ColumnType } from './workbook-styles.ts';
export { byteOrderMark, type CsvField, csvLine, csvType } from './write-csv.ts';
export { MOST_EXPORTED, type TableColumn, type TableFile, type TableFormat, tableFormats, type TableOptions, writeTable } from './write-table.ts';
export { type Choices, type Note, writeWorkbook, type WrittenCell, type WrittenColumn, type WrittenSheet, type WrittenValue, xlsxType } from './write-xlsx.ts';
