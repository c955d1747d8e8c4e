// Tells a procedure: as a diagram, and as the same steps in a list.

import type { Procedure, Step } from '../policy/model.ts';
import { type FlowStep, layOutFlow } from './flow.ts';
import type { Block, Line, StepLine } from './model.ts';
import type { PolicyScene } from './source.ts';
import { link, line, tellName, tellNamed, tellStepKind, tellWorkingDays } from './words.ts';

/** The diagram of a procedure, and its steps as a list. */
export function tellProcedure(procedure: Procedure, scene: PolicyScene): readonly Block[] {
  const steps = procedure.steps.map((step) => flowStep(step, scene));
  const alternative = steps.map(({ title, actors, period }, index) => `${index + 1}. ${title}${scene.say('（', ' (')}${[actors.join(scene.say('、', ', ')), ...(period === undefined ? [] : [period])].join(scene.say('，', ', '))}${scene.say('）', ')')}`);
  return [{ kind: 'flow', flow: layOutFlow(steps), alternative: alternative.join(scene.say('；', '; ')) }, stepsBlock(procedure, scene)];
}

/** The steps of a procedure as an ordered list. */
export function stepsBlock({ steps }: Procedure, scene: PolicyScene): Block {
  return { kind: 'steps', items: steps.map((step) => stepLine(step, scene)) };
}

function flowStep(step: Step, { city, language }: PolicyScene): FlowStep {
  return {
    title: step.title[language],
    kind: tellStepKind(step.kind, language),
    actors: actorsOf(step, city, language),
    ...(step.workingDays === undefined ? {} : { period: tellWorkingDays(step.workingDays, language) }),
    isPublic: step.kind === 'publication',
  };
}

/** Who takes a step; that nobody is named where nobody is. */
function actorsOf({ by, jointly }: Step, city: PolicyScene['city'], language: PolicyScene['language']): readonly string[] {
  const named = tellNamed([by, ...jointly], city, language);
  return named.length === 0 ? [tellName(by, city, language)] : named;
}

function stepLine(step: Step, scene: PolicyScene): StepLine {
  const { city, language, say, addresses } = scene;
  const names = actorsOf(step, city, language);
  const who = names.length > 1 ? say(`${names.join('、')}同时办`, `${names.join(', ')}, at the same time`) : names.join('');
  const about: Line = [
    { text: `${tellStepKind(step.kind, language)} · ${who}${step.workingDays === undefined ? '' : ` · ${tellWorkingDays(step.workingDays, language)}`}`, tone: 'soft' },
    ...(step.clause === undefined ? [] : [{ text: ' · ', tone: 'soft' } as const, { ...link(step.clause, addresses.clause(city.id, step.clause)), tone: 'soft' } as const]),
  ];
  return { title: line(step.title[language], 'strong'), notes: [...(step.words === undefined ? [] : [line(step.words[language])]), about] };
}
