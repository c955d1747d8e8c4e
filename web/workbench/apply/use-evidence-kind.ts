// Which kind of paper is meant by the words of whoever asked for it.
import { listEvidenceKinds } from '../../../src/contract/evidence-endpoints.ts';
import { call } from '../../client/call.ts';
import { useAsked } from '../use-call.ts';

const OTHER = '其他材料';

/** The kind of that very name, or the one whose name stands in it; else any other paper. */
export function useEvidenceKind(): (paper: string) => string {
  const asked = useAsked((signal) => call(listEvidenceKinds, { signal }), []);
  const names = asked.state === 'there' ? asked.value.data.items.map(({ name }) => name) : [];
  return (paper) => names.find((name) => name === paper) ?? names.find((name) => paper.includes(name)) ?? OTHER;
}
