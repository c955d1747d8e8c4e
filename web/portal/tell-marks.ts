// Where a reading of the document decides for somebody: what is asked, how it is read now, and what she would get otherwise.
import { type BenefitResult, type ReadingEffect, tellAmount } from '../../src/policy/index.ts';
import type { Answerer } from './answerer.ts';
import { idOf } from './tell-choices.ts';
import type { Language, ReadingMark } from './view.ts';

/** The readings that decide, by the benefit (`policy/benefit`) that each would change. */
export function tellMarks(answerer: Answerer, effects: readonly ReadingEffect[], language: Language): ReadonlyMap<string, readonly ReadingMark[]> {
  const marks = new Map<string, ReadingMark[]>();
  const readings = answerer.policies.flatMap((policy) => policy.readings.map((reading) => ({ policy: policy.id, reading })));
  for (const { policy, reading } of readings) {
    const own = effects.filter((effect) => effect.policy === policy && effect.reading === reading.name);
    for (const benefit of new Set(own.flatMap(({ changes }) => changes.map(idOf)))) {
      const others = reading.alternatives.flatMap(({ words }, alternative) => {
        if (alternative === reading.inForce) return [];
        const after = own.find((effect) => effect.alternative === alternative)?.changes.find((change) => idOf(change) === benefit)?.after;
        return [{ words: words[language], told: after === undefined ? (language === 'zh' ? '一样' : 'the same') : tellOutcome(after, language) }];
      });
      const mark: ReadingMark = { question: reading.question[language], inForce: reading.alternatives[reading.inForce]?.words[language] ?? '', clause: reading.clause, others };
      marks.set(benefit, [...(marks.get(benefit) ?? []), mark]);
    }
  }
  return marks;
}

/** What somebody would have, in a few words. */
function tellOutcome({ status, amount }: BenefitResult, language: Language): string {
  const zh = language === 'zh';
  const told = tellAmount(amount, language);
  const state = { yes: zh ? '可以领' : 'yours', no: zh ? '不能享受' : 'not met', unknown: zh ? '还差回答' : 'answers are missing', review: zh ? '要看评审' : 'settled by review' }[status];
  if (status === 'yes' && told === '') return zh ? '可以享受' : 'yours';
  return told === '' ? state : zh ? `${state}，${told}` : `${state}, ${told}`;
}
