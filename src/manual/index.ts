// The public face of the manual: what the build, the pages, the PDF and the server call.

export { Addresses } from './addresses.ts';
export type { Flow, FlowText } from './flow.ts';
export { makeManual } from './make-manual.ts';
export { makeMenu, type MenuEntry, type MenuIndex } from './menu.ts';
export { writeMenuCsv } from './menu-csv.ts';
export { departmentsOf, readMenuQuery, writeMenuQuery } from './menu-query.ts';
export {
  type Block,
  type ClauseInDocument,
  type Element,
  elementIds,
  type Line,
  type Manual,
  type ManualCity,
  type ManualClause,
  type ManualPolicy,
  type Section,
  type ServiceItem,
  type TreeNode,
} from './model.ts';
export { type AmountBand, amountBands, type MenuQuery, searchMenu, type Sorting, sortings } from './search-menu.ts';
export type { ManualSource } from './source.ts';
export { isMoney, plain, tellDay } from './words.ts';
