// Whether a paper that somebody names may be rested on, for the domains below that keep no papers.

import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { jobScope } from '../permissions/index.ts';
import { type NamedPaper, type Papers, refuseUnknown, resolveParties } from '../registry/index.ts';
import { type EvidenceKinds, kindsProving } from './evidence-kinds.ts';
import { lockPaper } from './evidence-store.ts';
import type { Paper } from './paper.ts';

/**
 * Papers as the registry and access see them. The paper is looked up as the server itself: whoever names it reaches the party already, and learns
 * only whether it does. What rests on it names it by itself ({@link countUses}), so the row stays locked until that is written.
 */
export function makePapers(kinds: EvidenceKinds): Papers {
  return {
    async require(tx, { tenantId }, named) {
      const { evidenceId, partyIds, on } = named;
      const scope = jobScope(tenantId, 'evidence', 'evidence.use');
      const paper = await lockPaper(tx, scope, evidenceId);
      if (paper === undefined) throw refuseUnknown(evidenceId);
      const inForce = await resolveParties(tx, scope, [paper.partyId, ...partyIds]);
      const owner = inForce.get(paper.partyId);
      if (owner === undefined || !partyIds.some((id) => inForce.get(id) === owner)) throw refuseUnknown(evidenceId);
      const fault = findFault(paper, on);
      const faults = fault === undefined ? findUnfitKind(kinds, paper, named) : [fault];
      if (faults.length > 0) throw new Refusal('evidence-unfit', { evidenceId }, faults);
    },
  };
}

/** What a paper of this kind cannot be used for: one entry for the procedure, or for every fact that other kinds prove. */
function findUnfitKind(kinds: EvidenceKinds, { kind }: Paper, { facts = [], kinds: wanted }: NamedPaper): readonly ErrorDetail[] {
  const field = 'evidenceId';
  const inEnglish = (names: readonly string[]): string => names.map((name) => kinds.get(name)?.en ?? name).join(', ');
  if (wanted !== undefined && !wanted.includes(kind)) {
    return [{ field, zh: `这件事要凭${wanted.join('或')}，这份是“${kind}”。请换一份，或者按正确的种类重新上传。`, en: `This takes one of: ${inEnglish(wanted)}. The paper is of the kind "${inEnglish([kind])}". Name another, or upload it again as what it is.` }];
  }
  return facts.flatMap((fact) => {
    const proving = kindsProving(kinds, fact);
    if (proving.length === 0 || proving.includes(kind)) return [];
    return [{ field, zh: `“${kind}”不能证明“${fact}”，可以用：${proving.join('、')}。`, en: `A paper of the kind "${inEnglish([kind])}" does not prove ${fact}; these do: ${inEnglish(proving)}.` }];
  });
}

function findFault({ status, expiresOn }: Paper, on: string): ErrorDetail | undefined {
  const field = 'evidenceId';
  switch (status) {
    case 'uploading':
    case 'checking':
      return { field, zh: '这份材料还没有传完或者还在检查。请等它通过以后再填。', en: 'It is not fully uploaded or still being checked. Wait until it is accepted.' };
    case 'refused':
      return { field, zh: '这份材料没有通过检查。请重新上传一份能用的。', en: 'It was not accepted when it was checked. Upload one that is.' };
    case 'withdrawn':
      return { field, zh: '这份材料已经撤回。请换一份，或者重新上传。', en: 'It was taken back. Name another, or upload it again.' };
    case 'expired':
      return { field, zh: '这份材料没有传完，已经过时作废。请重新上传。', en: 'It was never fully uploaded and has lapsed. Upload it again.' };
    case 'clean':
      if (expiresOn === null || expiresOn >= on) return undefined;
      return { field, zh: `这份材料 ${expiresOn} 到期，到 ${on} 已经失效。请换一份有效的。`, en: `It expired on ${expiresOn} and is needed for ${on}. Name one that is valid.` };
  }
}
