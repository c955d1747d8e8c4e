// Tells a policy as a manual: its items, goals, duties and procedures, what was read into it, and its clauses.

import type { Benefit } from '../policy/index.ts';
import type { Block, ClauseLink, Line, ManualPolicy, Section, ServiceItem } from './model.ts';
import { findPolicy, type PolicyScene, titleOfDocument } from './source.ts';
import { tellItem } from './tell-item.ts';
import { stepsBlock } from './tell-procedure.ts';
import { clausePiece, dutyTable, goalTable, tellDepartments } from './tell-provisions.ts';
import { tellEffect, tellSuccessor } from './tell-validity.ts';
import { capital, isMoney, join, line, link, tellDay, tellName, tellValidity } from './words.ts';

const kindOrder: readonly Benefit['kind'][] = ['grant', 'loan', 'right', 'award', 'recruitment'];

/** A policy with all its items. */
export function tellPolicy(scene: PolicyScene): ManualPolicy {
  const { city, policy, language, addresses } = scene;
  const entries = new Map<string, [Benefit, ...Benefit[]]>();
  for (const benefit of policy.benefits) {
    const known = entries.get(benefit.id);
    if (known === undefined) entries.set(benefit.id, [benefit]);
    else known.push(benefit);
  }
  const items = [...entries.values()].map((benefits) => tellItem(benefits, scene));
  const clauses = policy.clauses.map(({ id, title }): ClauseLink => ({ id, title: title[language], href: addresses.clause(city.id, id) }));
  return {
    id: policy.id,
    city: city.id,
    cityTitle: city.title[language],
    title: policy.title[language],
    short: policy.short[language],
    from: policy.from,
    ...(policy.to === undefined ? {} : { to: policy.to }),
    validityTold: tellValidity(policy.from, policy.to, language),
    ...optional('effect', tellEffect(scene)),
    ...optional('source', policy.source?.[language]),
    succession: tellSuccession(scene),
    href: addresses.policy(city.id, policy.id),
    pdf: addresses.pdf(city.id, policy.id),
    calculator: addresses.calculator(city.id),
    items,
    sections: [...itemSections(items, scene), ...provisionSections(scene), ...openSections(scene), clauseSection(clauses, scene)].filter(({ blocks }) => blocks.length > 0),
    clauses,
  };
}

/** A key with its value, or nothing. */
function optional<Key extends string>(key: Key, value: string | undefined): { readonly [key in Key]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in Key]: string });
}

/** What this policy puts an end to, and what puts an end to it, each with the day on which it does. */
function tellSuccession(scene: PolicyScene): readonly Line[] {
  const { policy, source, language, say, addresses } = scene;
  const first = tellDay(policy.from, language);
  const lines = policy.supersedes.map(({ policy: id, benefits }): Line => {
    const found = findPolicy(source, id);
    const title = titleOfDocument(source, id, language);
    const piece = found === undefined ? { text: title } : link(title, addresses.policy(found.city.id, id));
    const which = benefits?.map((benefit) => found?.policy.benefits.find((one) => one.id === benefit)?.title[language] ?? benefit);
    return [{ text: say(`${first}起取代 `, `From ${first} it supersedes `) }, piece, { text: which === undefined ? say('；在那以前定下的，还按原来的办。', '; what was decided before stays as it was.') : say(`的${join(which, 'zh')}。`, `: ${join(which, 'en')}.`) }];
  });
  return policy.supersededBy === undefined ? lines : [...lines, tellSuccessor(policy.supersededBy, scene)];
}

/** One table of items for each kind of benefit. */
export function itemTable(items: readonly ServiceItem[], caption: string, { say }: Pick<PolicyScene, 'say'>): Block {
  return {
    kind: 'table',
    caption,
    head: [say('待遇', 'Benefit'), say('给谁', 'For'), say('数额', 'Amount'), say('牵头', 'Lead'), say('条款', 'Clause')],
    rows: items.map(({ title, href, subjectsTold, amount, amountTold, lead, clause }) => [
      [link(title, href)],
      line(subjectsTold),
      line(amountTold, isMoney(amount) ? 'figure' : 'soft'),
      line(lead),
      [link(clause.id, clause.href)],
    ]),
    figures: [],
    of: 'items',
  };
}

function itemSections(items: readonly ServiceItem[], { say }: PolicyScene): readonly Section[] {
  const tables = kindOrder.flatMap((kind): readonly Block[] => {
    const own = items.filter((item) => item.kind === kind);
    const [first] = own;
    return first === undefined ? [] : [{ kind: 'heading', text: say(`${first.kindTold}（${own.length} 项）`, `${first.kindTold}s (${own.length})`) }, itemTable(own, first.kindTold, { say })];
  });
  return [{ id: 'items', label: say(`待遇清单（${items.length} 项）`, `Benefits (${items.length})`), blocks: tables }];
}

function provisionSections(scene: PolicyScene): readonly Section[] {
  const { policy, say, language } = scene;
  const procedures = policy.procedures.flatMap((procedure): readonly Block[] => [
    { kind: 'heading', text: procedure.title[language] },
    { kind: 'text', line: [{ text: `${procedure.words[language]}　` }, ...clausePiece(procedure.clause, scene)] },
    stepsBlock(procedure, scene),
  ]);
  return [
    { id: 'goals', label: say('目标', 'Goals'), blocks: policy.goals.length === 0 ? [] : [goalTable(policy.goals, scene)] },
    { id: 'duties', label: say('职责', 'Duties'), blocks: policy.duties.length === 0 ? [] : [dutyTable(policy.duties, scene)] },
    { id: 'procedures', label: say('办理流程', 'Procedures'), blocks: procedures },
  ];
}

/** What the document leaves open, what the office sets, what excludes what, and what it only explains. */
function openSections(scene: PolicyScene): readonly Section[] {
  const { policy, say, language, addresses, city, source } = scene;
  const head = (text: string): string => (language === 'en' ? capital(text) : text);
  const matters = policy.matters.flatMap(({ words, clause, benefits, under }): readonly Block[] => {
    const reading = under === undefined ? undefined : policy.readings.find(({ name }) => name === under.reading);
    const holds = reading === undefined || reading.inForce === under?.alternative;
    return [
      { kind: 'text', line: [{ text: `${head(words[language])}　` }, ...clausePiece(clause, scene), ...(holds ? [] : [{ text: say('　现在的解读下不适用', '  does not hold under the reading in force'), tone: 'soft' } as const])] },
      {
        kind: 'list',
        items: benefits.map((id): Line => {
          const [policyId, benefitId] = id.includes('/') ? (id.split('/') as [string, string]) : [policy.id, id];
          const found = findPolicy(source, policyId);
          const title = found?.policy.benefits.find((one) => one.id === benefitId)?.title[language] ?? benefitId;
          return found === undefined ? line(title) : [link(title, addresses.item(found.city.id, policyId, benefitId))];
        }),
      },
    ];
  });
  const readings = policy.readings.map((reading): readonly Line[] => [
    line(head(reading.question[language]), 'strong'),
    line(reading.alternatives[reading.inForce]?.words[language] ?? ''),
    line(reading.alternatives.filter((_, index) => index !== reading.inForce).map(({ words }) => words[language]).join(say('；', '; '))),
    clausePiece(reading.clause, scene),
  ]);
  const parameters = policy.parameters.map(({ name, words, value, setBy, clause }): readonly Line[] => [
    line(language === 'zh' ? name : capital(words.en), 'strong'),
    line(value === null ? say('还没有定', 'Not set yet') : say('已定', 'Set')),
    line(tellName(setBy, city, language)),
    clausePiece(clause, scene),
  ]);
  return [
    { id: 'matters', label: say('同一事项', 'Not together'), blocks: matters },
    {
      id: 'readings',
      label: say('解读', 'Readings'),
      blocks: readings.length === 0 ? [] : [{ kind: 'table', caption: scene.say(`${scene.document}没有写明、要解读的地方`, `What ${scene.document.toLowerCase()} leaves open`), head: [say('问题', 'Question'), say('现在采用', 'In force'), say('还可以是', 'Could also be'), say('条款', 'Clause')], rows: readings, figures: [] }],
    },
    {
      id: 'parameters',
      label: say('由办公室定的数', 'Figures that the office sets'),
      blocks: parameters.length === 0 ? [] : [{ kind: 'table', caption: say('由办公室定的数', 'Figures that the office sets'), head: [say('哪个数', 'Figure'), say('定了没有', 'State'), say('由谁定', 'Set by'), say('条款', 'Clause')], rows: parameters, figures: [] }],
    },
    {
      id: 'narratives',
      label: say('其他说明', 'Further provisions'),
      blocks: policy.narratives.flatMap((one): readonly Block[] => [
        { kind: 'heading', text: one.title[language] },
        { kind: 'text', line: [{ text: `${one.words[language]}　` }, ...clausePiece(one.clause, scene)] },
        ...(one.lead === undefined ? [] : [{ kind: 'note', line: tellDepartments(one.lead, one.support, scene) } as const]),
      ]),
    },
  ];
}

function clauseSection(clauses: readonly ClauseLink[], { say }: PolicyScene): Section {
  return { id: 'clauses', label: say(`条款目录（${clauses.length} 条）`, `Clauses (${clauses.length})`), blocks: [{ kind: 'list', items: clauses.map(({ id, title, href }): Line => [link(id, href), { text: `　${title}` }]) }] };
}

/** The last day and what follows, of a document known by name only; undefined where nothing is known. */
export function tellNamedValidity(from: number | undefined, to: number | undefined, language: PolicyScene['language']): string | undefined {
  if (from !== undefined) return tellValidity(from, to, language);
  return to === undefined ? undefined : language === 'zh' ? `到 ${tellDay(to, 'zh')}` : `until ${tellDay(to, 'en')}`;
}
