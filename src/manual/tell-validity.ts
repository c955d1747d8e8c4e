// Tells since when and until when a document holds: the reading that its first day rests on, and what takes its place, always with the day.

import type { Policy, Reading } from '../policy/index.ts';
import type { Line } from './model.ts';
import { findPolicy, type PolicyScene, titleOfDocument } from './source.ts';
import { line, link, tellDay } from './words.ts';

function effectReading({ readings, effectReading: wanted }: Policy): Reading | undefined {
  return readings.find(({ name }) => name === wanted);
}

/** The reading that the first day of a document rests on, in one line; undefined where the day is written. */
export function tellEffect({ policy, language, say }: PolicyScene): string | undefined {
  const reading = effectReading(policy);
  if (reading === undefined) return undefined;
  const inForce = reading.alternatives[reading.inForce]?.words[language] ?? '';
  return say(`从哪天起要解读：${reading.question.zh}；现在采用：${inForce}`, `The first day is a reading: ${reading.question.en}; in force: ${inForce}`);
}

/** The same with what it could also be, and the clause in which the question arises. */
export function effectLine(scene: PolicyScene): Line | undefined {
  const { policy, language, say, addresses, city } = scene;
  const reading = effectReading(policy);
  const told = tellEffect(scene);
  if (reading === undefined || told === undefined) return undefined;
  const others = reading.alternatives.filter((_, index) => index !== reading.inForce).map(({ words }) => words[language]);
  return [
    ...line(`${told}${others.length === 0 ? '' : say(`；还可以是：${others.join('；')}`, `; could also be: ${others.join('; ')}`)}`),
    { text: say('　', '  ') },
    link(reading.clause, addresses.clause(city.id, reading.clause)),
  ];
}

/** What takes the place of a document or an item, and from which day on: pages stay the same while that day comes and goes. */
export function tellSuccessor(by: string, { source, language, say, addresses }: PolicyScene): Line {
  const found = findPolicy(source, by);
  const title = titleOfDocument(source, by, language);
  const piece = found === undefined ? { text: title } : link(found.policy.short[language], addresses.policy(found.city.id, by));
  const day = found === undefined ? undefined : tellDay(found.policy.from, language);
  return [
    { text: day === undefined ? say('由 ', 'Superseded by ') : say(`${day}起由 `, `From ${day} superseded by `) },
    piece,
    { text: say(' 取代；在那以前定下的，还按原来的办。', '; what was decided before stays as it was.') },
  ];
}
