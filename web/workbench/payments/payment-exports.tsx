// The way to the file of a list, as a spreadsheet or CSV.
import type { Endpoint } from '../../../src/contract/endpoint.ts';
import { addressOf } from '../../client/call.ts';
import { useOfficeWords } from '../office-words.ts';

/** Links to the file of what was asked for. */
export function Exports({ of, asked }: { of: Pick<Endpoint, 'path'>; asked: object }) {
  const words = useOfficeWords();
  return (
    <span class="list-exports">
      {words.export} <a href={addressOf(of, {}, { ...asked, format: 'xlsx' })} download>{words.excel}</a> <a href={addressOf(of, {}, { ...asked, format: 'csv' })} download>{words.csv}</a>
    </span>
  );
}
