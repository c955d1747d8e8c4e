// What others may use of spreadsheets: reading and writing xlsx and CSV; knows no domain.
export { halfWidth, readDateText } from './cell-text.ts';
export { shiftPoint } from './number-format.ts';
export { readSheet } from './read-sheet.ts';
export { type Cell, cellPlace, columnLetters, type ReadOptions, type Sheet, type SheetRow, usualLimits } from './sheet.ts';
export { byteOrderMark, csvLine } from './write-csv.ts';
export { MOST_EXPORTED, type TableColumn, type TableFile, type TableFormat, writeTable } from './write-table.ts';
export { type Choices, writeWorkbook, type WrittenCell, type WrittenSheet, xlsxType, yuanOfFen } from './write-xlsx.ts';
