// Tells a clause: what it is about, where it stands, and everything that rests on it.

import type { Benefit, Reading } from '../policy/index.ts';
import type { Condition, Definition } from '../policy/model.ts';
import type { Block, ClauseInDocument, ClauseLink, Line, ManualPolicy, Section } from './model.ts';
import type { PolicyScene } from './source.ts';
import { ConditionTeller } from './tell-condition.ts';
import { itemTable } from './tell-policy.ts';
import { stepsBlock } from './tell-procedure.ts';
import { dutyTable, goalTable, tellDepartments } from './tell-provisions.ts';
import { capital, line, link } from './words.ts';

/** Every clause of a document, in its order, by its number. */
export function tellClauses(told: ManualPolicy, scene: PolicyScene): ReadonlyMap<string, ClauseInDocument> {
  const links = new Map(told.clauses.map((clause) => [clause.id, clause]));
  const parents = scene.source.parentsOf(told.clauses.map(({ id }) => id));
  const cited = citingConditions(scene);
  return new Map(
    told.clauses.map((clause, index) => {
      const before = told.clauses[index - 1];
      const after = told.clauses[index + 1];
      return [
        clause.id,
        {
          policy: told.id,
          policyTitle: told.short,
          policyHref: told.href,
          title: clause.title,
          ...(scene.policy.source === undefined ? {} : { source: scene.policy.source[scene.language] }),
          ...wordsOf(clause.id, scene),
          above: above(clause.id, parents, links),
          below: told.clauses.filter(({ id }) => parents.get(id) === clause.id),
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
          sections: sectionsOf(clause.id, told, cited, scene).filter(({ blocks }) => blocks.length > 0),
        },
      ];
    }),
  );
}

function wordsOf(clause: string, { policy, language }: PolicyScene): Pick<ClauseInDocument, 'words'> {
  const words = policy.clauses.find(({ id }) => id === clause)?.words?.[language];
  return words === undefined ? {} : { words };
}

function above(clause: string, parents: ReadonlyMap<string, string | undefined>, links: ReadonlyMap<string, ClauseLink>): ClauseLink[] {
  const found: ClauseLink[] = [];
  for (let at = parents.get(clause); at !== undefined; at = parents.get(at)) {
    const own = links.get(at);
    if (own !== undefined) found.unshift(own);
  }
  return found;
}

/** Ids of the benefits whose conditions cite a clause, definitions followed. */
function citingConditions({ policy }: PolicyScene): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const definitions = new Map<string, Definition>(policy.definitions.map((definition) => [definition.name, definition]));
  for (const { id, condition, amount } of policy.benefits) {
    const seen = new Set<string>();
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('clause' in node && typeof node.clause === 'string') found.set(node.clause, (found.get(node.clause) ?? new Set()).add(id));
      if ('definition' in node && typeof node.definition === 'string' && !seen.has(node.definition)) {
        seen.add(node.definition);
        visit(definitions.get(node.definition));
      }
      for (const inner of Object.values(node)) visit(inner);
    };
    visit([condition, amount]);
  }
  return found;
}

function sectionsOf(id: string, told: ManualPolicy, cited: ReadonlyMap<string, ReadonlySet<string>>, scene: PolicyScene): readonly Section[] {
  const { policy, say, language } = scene;
  const rests = (one: { readonly clause: string; readonly also?: readonly string[] }): boolean => one.clause === id || (one.also?.includes(id) ?? false);
  const own = policy.benefits.filter(rests).map((benefit: Benefit) => benefit.id);
  const items = told.items.filter((item) => own.includes(item.id));
  const others = told.items.filter((item) => !own.includes(item.id) && (cited.get(id)?.has(item.id) ?? false));
  const provisionBlocks = (one: { readonly title: { zh: string; en: string }; readonly words: { zh: string; en: string }; readonly lead?: string; readonly support: readonly string[] }): readonly Block[] => [
    { kind: 'heading', text: one.title[language] },
    { kind: 'text', line: line(one.words[language]) },
    ...(one.lead === undefined ? [] : [{ kind: 'note', line: tellDepartments(one.lead, one.support, scene) } as const]),
  ];
  const goals = policy.goals.filter((goal) => rests(goal) || goal.targets.some(({ clause }) => clause === id));
  const duties = policy.duties.filter(rests);
  const procedures = policy.procedures.filter((procedure) => rests(procedure) || procedure.steps.some(({ clause }) => clause === id));
  return [
    { id: 'narratives', label: say('说了什么', 'What it says'), blocks: policy.narratives.filter(rests).flatMap(provisionBlocks) },
    { id: 'items', label: say('给出的待遇', 'Benefits that it promises'), blocks: items.length === 0 ? [] : [itemTable(items, say('给出的待遇', 'Benefits that it promises'), scene)] },
    { id: 'cited', label: say('条件里用到它的待遇', 'Benefits whose conditions rest on it'), blocks: others.length === 0 ? [] : [{ kind: 'list', items: others.map(({ title, href }): Line => [link(title, href)]) }] },
    { id: 'definitions', label: say('定义', 'Definitions'), blocks: policy.definitions.filter(({ note }) => note.clause === id).flatMap((definition) => definitionBlocks(definition, scene)) },
    { id: 'goals', label: say('目标', 'Goals'), blocks: goals.length === 0 ? [] : [...goals.map(({ words }): Block => ({ kind: 'text', line: line(words[language]) })), goalTable(goals, scene)] },
    { id: 'duties', label: say('职责', 'Duties'), blocks: duties.length === 0 ? [] : [...duties.map(({ words }): Block => ({ kind: 'text', line: line(words[language]) })), dutyTable(duties, scene)] },
    { id: 'procedures', label: say('办理流程', 'Procedures'), blocks: procedures.flatMap((procedure): readonly Block[] => [...provisionBlocks(procedure), stepsBlock(procedure, scene)]) },
    { id: 'matters', label: say('同一事项', 'Not together'), blocks: policy.matters.filter(({ clause }) => clause === id).map(({ words }): Block => ({ kind: 'text', line: line(head(words[language], scene)) })) },
    { id: 'readings', label: say('解读', 'Readings'), blocks: policy.readings.filter(({ clause }) => clause === id).flatMap((reading) => readingBlocks(reading, scene)) },
    { id: 'parameters', label: say('由办公室定的数', 'Figures that the office sets'), blocks: policy.parameters.filter(({ clause }) => clause === id).map(({ words }): Block => ({ kind: 'text', line: line(head(words[language], scene)) })) },
  ];
}

function head(text: string, { language }: PolicyScene): string {
  return language === 'en' ? capital(text) : text;
}

/** A term of the document: for the kind of subject whose benefit uses it, persons where none does. */
function definitionBlocks(definition: Definition, scene: PolicyScene): readonly Block[] {
  const { policy, source, language, addresses } = scene;
  const subject = policy.benefits.find(({ condition, amount }) => names(condition, definition.name, policy.definitions) || names(amount, definition.name, policy.definitions))?.subject ?? 'person';
  const teller = new ConditionTeller({ policy, vocabulary: source.vocabularies[subject], questions: source.questions[subject], reference: source.reference, language, addresses });
  const title: Block = { kind: 'heading', text: head(definition.note.words?.[language] ?? definition.name, scene) };
  if ('condition' in definition) {
    const condition: Condition = { op: 'defined', definition: definition.name };
    const [node] = teller.tree(condition, definition.note.clause);
    const nodes = node?.items ?? [];
    return nodes.length === 0 ? [title] : [title, { kind: 'tree', nodes }];
  }
  const rows = teller.rows(definition.value);
  return [title, { kind: 'list', items: rows.map(({ when, told }): Line => [...(when.length === 0 ? [] : [{ text: `${when.join(scene.say('，', ', '))}　` }]), { text: told, tone: 'figure' }]) }];
}

/** Whether a condition or amount names a definition, directly or through others. */
function names(node: unknown, wanted: string, definitions: readonly Definition[], seen = new Set<string>()): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('definition' in node && typeof node.definition === 'string' && !seen.has(node.definition)) {
    const { definition } = node;
    if (definition === wanted) return true;
    seen.add(definition);
    if (names(definitions.find(({ name }) => name === definition), wanted, definitions, seen)) return true;
  }
  return Object.values(node).some((inner) => names(inner, wanted, definitions, seen));
}

function readingBlocks(reading: Reading, scene: PolicyScene): readonly Block[] {
  const { say, language } = scene;
  return [
    { kind: 'heading', text: head(reading.question[language], scene) },
    {
      kind: 'pairs',
      rows: [
        { name: say('现在采用', 'In force'), value: line(reading.alternatives[reading.inForce]?.words[language] ?? '', 'strong') },
        { name: say('还可以是', 'Could also be'), value: line(reading.alternatives.filter((_, index) => index !== reading.inForce).map(({ words }) => words[language]).join(say('；', '; '))) },
      ],
    },
  ];
}
