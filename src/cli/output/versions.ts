// What an explanation ends with: documents known by name only, what supersedes what, and what clauses mean where the document itself is not at hand.

import { formatDate } from '../../policy/calendar.ts';
import { isBenefitInForce, isInForce } from '../../policy/in-force.ts';
import type { Policy } from '../../policy/model.ts';
import type { Language } from '../../policy/problems.ts';
import type { Messages } from '../messages.ts';
import type { Request } from '../request.ts';

/** The lines, with an empty one before; nothing where there is nothing to tell. */
export function tellVersions({ levels, engine }: Pick<Request, 'levels' | 'engine'>, policies: readonly Policy[], say: Messages, language: Language): string {
  const entries = levels.flatMap((level) => level.policies);
  const titleOf = (id: string | undefined): string | undefined => entries.find((entry) => entry.id === id)?.title[language] ?? id;
  const until = ({ to, supersededBy }: { readonly to?: number; readonly supersededBy?: string }): string => say.supersededUntil(to === undefined ? undefined : formatDate(to), titleOf(supersededBy));
  const named = levels.flatMap((level) => level.named.map((policy) => say.namedDocument(level.title[language], policy.title[language], policy.words[language], until(policy))));
  const gone = entries.filter((entry) => entry.supersededBy !== undefined && !isInForce(entry, engine.under)).map((entry) => say.supersededPolicy(entry.title[language], until(entry)));
  const items = policies.flatMap((policy) => {
    const ended = policy.benefits.filter((benefit) => benefit.supersededBy !== undefined && !isBenefitInForce(policy, benefit, engine.under));
    // A benefit for several kinds of subject is told of once.
    return [...new Map(ended.map((benefit) => [benefit.id, benefit])).values()].map((benefit) => say.supersededBenefit(policy.short[language], benefit.title[language], until(benefit)));
  });
  const separator = language === 'zh' ? '：' : ': ';
  const sources = policies.flatMap(({ short, source, benefits }) => (source === undefined || benefits.length === 0 ? [] : [`${short[language]}${separator}${source[language]}`]));
  const parts = [[say.explainSources(), sources], [say.explainNamed(), named], [say.explainVersions(), [...gone, ...items]]] as const;
  return parts.map(([heading, lines]) => (lines.length === 0 ? '' : `\n【${heading}】\n${lines.map((line) => `  ${line}\n`).join('')}`)).join('');
}
