// What stands before somebody files, with what was said on the page.
import type { tryApplication } from '../../../src/contract/intake-endpoints.ts';
import type { Answer } from '../../client/call.ts';

/** Benefits, facts, what is missing, papers. */
export type Outlook = Answer<typeof tryApplication>['data'];
