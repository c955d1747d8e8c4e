// What others may use of spreadsheets: reading and writing xlsx and CSV; knows no domain.
export { halfWidth, readDateText, tidyText } from './cell-text.ts';
export { readSheet } from './read-sheet.ts';
export { type Cell, cellPlace, columnLetters, type ReadOptions, type Sheet, type SheetLimits, type SheetRow, type SheetSource, usualLimits } from './sheet.ts';
