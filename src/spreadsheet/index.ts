// What others may use of spreadsheets: reading and writing xlsx and CSV; knows no domain.
export { type Cell, cellPlace, columnLetters, type ReadOptions, type Sheet, type SheetLimits, type SheetRow, type SheetSource, usualLimits } from './sheet.ts';
