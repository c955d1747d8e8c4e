// Puts into words which conditions of a benefit are not met.
import { type ExplainedCondition, ExplainedTree, type Explanation } from '../../policy/index.ts';

/** The conditions of an explained benefit that fail, in words, as deep as they can be told; none where it does not fail. */
export function tellFailures(explanation: Explanation, policyId: string, benefitId: string, language: 'zh' | 'en'): readonly string[] {
  const explained = explanation.benefits.find(({ benefit }) => benefit === benefitId);
  if (explained === undefined) return [];
  const tree = new ExplainedTree(explanation);
  const tell = (condition: ExplainedCondition): string => {
    if (condition.words !== undefined || condition.kind !== 'any') return sentenceOf(condition, tree.bodyOf(condition, policyId));
    // Of alternatives none holds.
    return tree.itemsOf(condition, policyId).map(tell).join(language === 'zh' ? '；或者' : '; or ');
  };
  return [...new Set(tree.failures(explained.condition, policyId).map(tell))].filter((text) => text !== '');
}

function sentenceOf({ words, rule, definition }: ExplainedCondition, body: ExplainedCondition | undefined): string {
  return words ?? body?.words ?? rule ?? definition ?? '';
}
