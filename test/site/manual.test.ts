// The manual that is made from the packs: every benefit told whole in both languages, with figures that are the engine's own.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Block, elementIds, type Line, makeManual, makeMenu, type Manual, plain, type ServiceItem, type TreeNode } from '../../src/manual/index.ts';
import { chooseExample } from '../../src/manual/tell-example.ts';
import { type CompiledPolicy, formatYuan, makeEngine, type Manifest, parseDate, tellAmount, tellDate } from '../../src/policy/index.ts';
import { readManualSource } from '../../tools/build-manual-source.ts';

const packs = join(import.meta.dirname, '../../dist/packs');
const { manifest } = (await import(pathToFileURL(join(packs, 'manifest.js')).href)) as { manifest: Manifest };
const source = await readManualSource(packs);
const manuals: Readonly<Record<'zh' | 'en', Manual>> = { zh: makeManual(source, 'zh'), en: makeManual(source, 'en') };
const languages = ['zh', 'en'] as const;

const itemsOf = (manual: Manual): ServiceItem[] => manual.cities.flatMap(({ policies }) => policies.flatMap(({ items }) => items));
const elementOf = (item: ServiceItem, id: (typeof elementIds)[number]): readonly Block[] => item.elements.find((element) => element.id === id)?.blocks ?? [];

function* linesOf(block: Block): Generator<Line> {
  switch (block.kind) {
    case 'text':
    case 'note':
      yield block.line;
      break;
    case 'heading':
      yield [{ text: block.text }];
      break;
    case 'list':
      yield* block.items;
      break;
    case 'steps':
      for (const { title, notes } of block.items) yield* [title, ...notes];
      break;
    case 'pairs':
      for (const { name, value } of block.rows) yield* [[{ text: name }], value];
      break;
    case 'table':
      for (const row of block.rows) yield* row;
      break;
    case 'tree':
      yield* nodeLines(block.nodes);
      break;
    case 'flow':
      yield [{ text: block.alternative }];
  }
}

function* nodeLines(nodes: readonly TreeNode[]): Generator<Line> {
  for (const { line, items } of nodes) {
    yield line;
    yield* nodeLines(items);
  }
}

const textOf = (blocks: readonly Block[]): string => blocks.flatMap((block) => [...linesOf(block)].map(plain)).join('\n');
const pieces = (item: ServiceItem): Line => item.elements.flatMap(({ blocks }) => blocks.flatMap((block) => [...linesOf(block)].flat()));

describe.each(languages)('in %s', (language) => {
  const items = itemsOf(manuals[language]);

  test('every benefit of every pack is an item with every element in its order, and none is empty', () => {
    const benefits = source.cities.flatMap(({ city, policies }) => policies.flatMap(({ policy }) => [...new Set(policy.benefits.map(({ id }) => `${city.code}/${policy.id}/${id}`))]));
    expect(benefits.length).toBeGreaterThan(100);
    expect(items.map(({ number }) => number)).toEqual(benefits);
    for (const item of items) {
      expect(item.elements.map(({ id }) => id), `${item.number}`).toEqual(elementIds);
      for (const { id, label, blocks } of item.elements) {
        expect(label, `${item.number} ${id}`).not.toBe('');
        expect(textOf(blocks).trim(), `${item.number} ${id}`).not.toBe('');
      }
    }
  });

  test('the widest amount of an item is told by the engine’s own words, and what it is worth is never empty', () => {
    expect(items.filter(({ amountTold }) => amountTold === '')).toEqual([]);
    // What goes by a figure that is not set yet names the figure in the language.
    const isNamed = ({ amount }: ServiceItem): boolean => amount.kind === 'unstated' && amount.missing !== undefined;
    expect(items.filter(isNamed).map(({ id, amountTold }) => [id, amountTold])).toEqual([
      ['apprenticeship-allowance', language === 'zh' ? '每月按最低工资算，数还没有定' : 'By the monthly minimum wage of the city, not settled yet'],
    ]);
    const told = items.filter((item) => item.amount.kind !== 'none' && !isNamed(item)).map(({ number, amount, amountTold }) => [number, amountTold.toLowerCase(), tellAmount(amount, language).toLowerCase()] as const);
    expect(told.filter(([, own, engine]) => own !== engine)).toEqual([]);
    expect(told.length).toBeGreaterThan(50);
  });

  test('nothing is left over from the model: no undefined, no NaN, no bare fen or millionths', () => {
    for (const item of items) {
      const text = item.elements.map(({ blocks }) => textOf(blocks)).join('\n');
      expect(text, `${item.number}`).not.toMatch(/undefined|NaN|Infinity|\[object/);
    }
  });
});

test('conditions told in English hold no Chinese but the numbers of clauses, which are links, names of places, and what the pack’s own English quotes', () => {
  const names = new Set(source.reference.data.placeNames);
  const english = JSON.stringify([source.questions, source.vocabularies, source.cities.map(({ city, policies }) => [city.names, policies.map(({ policy }) => policy)])], (key, value: unknown) => (key === 'zh' || key === 'text' || key === 'name' || key === 'values' || key === 'value' ? undefined : value));
  for (const item of itemsOf(manuals.en)) {
    const told = [...elementOf(item, 'conditions'), ...elementOf(item, 'outcome'), ...elementOf(item, 'materials')].flatMap((block) => [...linesOf(block)].flat());
    const chinese = told.filter(({ href }) => href === undefined).flatMap(({ text }) => text.match(/[\u4E00-\u9FFF]+/g) ?? []);
    expect(chinese.filter((word) => !english.includes(word) && ![...names].some((name) => name !== '' && word.includes(name))), `${item.number}`).toEqual([]);
  }
});

test('the example of every item is what the compiled kernels answer: status, amount and every payment', async () => {
  let [computed, paid] = [0, 0];
  for (const { city, policies } of source.cities) {
    for (const { policy, examples } of policies) {
      const entry = manifest.cities.find(({ id }) => id === city.id)?.policies.find(({ id }) => id === policy.id);
      const { compiled } = (await import(pathToFileURL(join(packs, entry?.module ?? '')).href)) as { compiled: CompiledPolicy };
      for (const item of itemsOf(manuals.zh).filter((one) => one.policy === policy.id)) {
        const example = chooseExample(examples[item.id] ?? []);
        if (example === undefined) throw new Error(`${item.number} has no case`);
        const readings = new Map(Object.entries(example.readings ?? {}).map(([name, chosen]) => [name, policy.readings.find((reading) => reading.name === name)?.alternatives.findIndex((one) => one.name === chosen) ?? 0]));
        const engine = makeEngine({ policies: [compiled], vocabularies: source.vocabularies, reference: source.reference, date: parseDate(example.date) ?? 0, parameters: new Map(Object.entries(example.parameters ?? {})), readings });
        const outcome = engine.evaluate({ id: null, subject: example.subject, facts: example.facts });
        const result = 'result' in outcome ? outcome.result.benefits.find(({ benefit }) => benefit === item.id) : undefined;
        const told = textOf(elementOf(item, 'example'));
        // A rule that is over on the day of its case is shown all the same; the engine has no entry for it.
        if (result === undefined) continue;
        computed++;
        const words = { yes: '可以享受', no: '不能享受', unknown: '还缺信息', review: '评审' } as const;
        const { amount } = result;
        const instalments = amount?.kind === 'exact' ? (amount.instalments ?? []).map(({ due, fen }) => `${tellDate(due, 'zh')}　${formatYuan(fen)} 元`) : [];
        if (amount?.kind === 'exact') paid++;
        for (const part of [words[result.status], tellAmount(amount, 'zh'), ...instalments]) expect(told, `${item.number}`).toContain(part);
      }
    }
  }
  expect(computed).toBeGreaterThan(100);
  expect(paid).toBeGreaterThan(20);
});

test('the living subsidy as its reader finds it', () => {
  const item = itemsOf(manuals.zh).find(({ id }) => id === 'living-subsidy');
  if (item === undefined) throw new Error('no living subsidy');
  expect(item).toMatchObject({ number: '220200/jilin-city-2021/living-subsidy', amountTold: '18,000 到 120,000 元', lead: '县区人社部门', href: '/b/jilin-city/jilin-city-2021/living-subsidy', calculator: '/?city=jilin-city' });
  expect(textOf(elementOf(item, 'outcome'))).toContain('985、211 院校的硕士或博士\n2,000 元\n120,000 元');
  // What a month pays is found too.
  expect(makeMenu(manuals.zh).entries.find(({ id }) => id === 'jilin-city-2021/living-subsidy')?.figures).toEqual(expect.arrayContaining([2000, 300, 120_000]));
  expect(textOf(elementOf(item, 'conditions'))).toMatch(/全日制本科以上，毕业五年之内[\s\S]*劳动合同签满五年[\s\S]*没有住进人才公寓/);
  expect(textOf(elementOf(item, 'materials'))).toMatch(/证明材料\n.*合同起始日[\s\S]*部门共享核验\n.*学历/);
  expect(textOf(elementOf(item, 'exclusive'))).toContain('学子人才公寓');
  expect(textOf(elementOf(item, 'readings'))).toContain('算到劳动合同开始那天');
  expect(textOf(elementOf(item, 'contact'))).toContain('12345');
  expect(textOf(elementOf(item, 'example'))).toContain('第 5 次发放\n2029年7月1日　24,000 元');
});

test('what is not written is said of what is at hand: of the document, or of the reports where it is not', () => {
  for (const { policies } of source.cities) {
    for (const { policy } of policies) {
      const [own, other] = policy.source === undefined ? ['文件', '来源'] : ['来源', '文件'];
      for (const item of itemsOf(manuals.zh).filter((one) => one.policy === policy.id)) {
        const text = (['materials', 'time-limit', 'process', 'fee', 'visits', 'contact', 'oversight'] as const).map((id) => textOf(elementOf(item, id))).join('\n');
        expect(text, `${item.number}`).toContain(`${own}没有写`);
        expect(text, `${item.number}`).not.toContain(`${other}没有`);
        expect(textOf(elementOf(item, 'basis')).includes(policy.source?.zh ?? '手头没有'), `${item.number}`).toBe(policy.source !== undefined);
      }
    }
  }
});

test('the reading that a first day rests on stands wherever the validity does', () => {
  let rests = 0;
  for (const { policy } of source.cities.flatMap(({ policies }) => policies)) {
    const reading = policy.readings.find(({ name }) => name === policy.effectReading);
    if (reading === undefined) continue;
    rests++;
    const told = manuals.zh.cities.flatMap((city) => city.policies).find(({ id }) => id === policy.id);
    for (const text of [told?.effect, ...(told?.items.filter(({ from }) => from === policy.from).flatMap((item) => [item.effect, textOf(elementOf(item, 'validity'))]) ?? [])]) {
      expect(text).toContain(reading.question.zh);
      expect(text).toContain(reading.alternatives[reading.inForce]?.words.zh);
    }
  }
  expect(rests).toBeGreaterThan(4);
});

test('what a clause says stands on its page and at every item that rests on it, duties and further clauses included', () => {
  let said = 0;
  for (const { city, policies } of source.cities) {
    for (const { policy } of policies) {
      for (const item of itemsOf(manuals.zh).filter((one) => one.policy === policy.id)) {
        const benefit = policy.benefits.find(({ id }) => id === item.id);
        const text = textOf(elementOf(item, 'clause'));
        for (const id of [benefit?.clause ?? '', ...(benefit?.also ?? [])]) {
          const own = policy.clauses.find((clause) => clause.id === id)?.words?.zh;
          const rest = [...policy.duties, ...policy.narratives, ...policy.goals, ...policy.procedures].filter(({ clause, also }) => clause === id || also.includes(id));
          for (const words of [...(own === undefined ? [] : [own]), ...rest.map((one) => one.words.zh)]) {
            said++;
            expect(text, `${item.number} ${id}`).toContain(words);
          }
        }
      }
      for (const { id, words } of policy.clauses) {
        const page = manuals.zh.cities.find((one) => one.id === city.id)?.clauses.find((clause) => clause.id === id)?.documents.find((document) => document.policy === policy.id);
        expect(page?.words, `${policy.id} ${id}`).toBe(words?.zh);
        expect(page?.source, `${policy.id} ${id}`).toBe(policy.source?.zh);
      }
    }
  }
  expect(said).toBeGreaterThan(100);
});

test('where nobody is named no department is: not as lead, not in the filter, not whom to ask, not who acts', () => {
  const unnamed = source.cities.flatMap(({ city }) => city.unnamed);
  expect(unnamed.length).toBeGreaterThan(1);
  for (const manual of Object.values(manuals)) {
    const { language } = manual;
    const names = language === 'zh' ? unnamed : source.cities.flatMap(({ city }) => city.unnamed.flatMap((name) => city.names[name] ?? []));
    const text = JSON.stringify(manual).toLowerCase();
    for (const name of names) expect(text).not.toContain(name.toLowerCase());
    const open = itemsOf(manual).filter(({ lead }) => lead === (language === 'zh' ? '还没有写由谁负责' : 'Nobody is named yet'));
    expect(open.length).toBeGreaterThan(20);
    for (const { lead, departments } of open) expect(departments).not.toContain(lead);
  }
});

test('sentences made from rules read as people write them', () => {
  for (const item of itemsOf(manuals.zh)) {
    const text = item.elements.map(({ blocks }) => textOf(blocks)).join('\n');
    expect(text, `${item.number}`).not.toMatch(/并非“|中取[大小]的|不是“不/);
    // A group that says itself how its members belong together is not told so twice, and what asks nothing is not met.
    const nodes = item.elements.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'tree' ? [...treeOf(block.nodes)] : [])));
    expect(nodes.filter(({ line, join: told }) => plain(line).startsWith('下面') && told !== undefined), `${item.number}`).toEqual([]);
    expect(nodes.filter(({ line, outcome }) => plain(line).includes('没有能用事实判断的条件') && outcome !== undefined), `${item.number}`).toEqual([]);
  }
  const reward = itemsOf(manuals.zh).find(({ id }) => id === 'income-tax-reward');
  expect(reward === undefined ? '' : textOf(elementOf(reward, 'outcome'))).toContain('年缴个税 × 同级留成比例，最多 200,000 元');
});

function* treeOf(nodes: readonly TreeNode[]): Generator<TreeNode> {
  for (const node of nodes) {
    yield node;
    yield* treeOf(node.items);
  }
}

test('papers prove only what the rule in force looks at', () => {
  let listed = 0;
  for (const { policies } of source.cities) {
    for (const { policy } of policies) {
      for (const benefit of policy.benefits.filter(({ evidence }) => evidence.length > 0)) {
        const text = itemsOf(manuals.zh).filter(({ id, policy: of }) => id === benefit.id && of === policy.id).map((item) => textOf(elementOf(item, 'materials'))).join('');
        const [papers = '', looked = ''] = text.split('要看哪些情况');
        for (const [, proved = ''] of papers.matchAll(/证明：(.*)/g)) {
          for (const fact of proved.split('、')) {
            listed++;
            expect(looked, `${policy.id}/${benefit.id}`).toContain(fact);
          }
        }
      }
    }
  }
  expect(listed).toBeGreaterThan(1);
});

test('diagrams stay within the width of a telephone, nothing lies on anything else, and each has its steps in words', () => {
  let drawn = 0;
  for (const language of languages) {
    for (const item of itemsOf(manuals[language])) {
      for (const block of elementOf(item, 'process')) {
        if (block.kind !== 'flow') continue;
        drawn++;
        const { boxes, texts, steps, width, height } = block.flow;
        expect(width).toBeLessThanOrEqual(350);
        const outer = boxes.filter(({ role }) => role !== 'actor');
        expect(outer.length).toBe(steps.length);
        outer.forEach((box, index) => expect(box.y, `${item.number}`).toBeGreaterThanOrEqual(index === 0 ? 0 : (outer[index - 1]?.y ?? 0) + (outer[index - 1]?.height ?? 0) + 10));
        for (const { x, y, text } of texts) expect(x >= 0 && x <= width && y > 0 && y < height && text !== '', `${item.number} ${text}`).toBe(true);
        for (const { title } of steps) expect(block.alternative).toContain(title);
        const list = elementOf(item, 'process').find((one) => one.kind === 'steps');
        expect(list?.kind === 'steps' ? list.items.map(({ title }) => plain(title)) : []).toEqual(steps.map(({ title }) => title));
      }
    }
  }
  expect(drawn).toBeGreaterThan(20);
});

test('every clause has its page, which knows its neighbours, and whatever rests on it leads back to it', () => {
  for (const { city, policies } of source.cities) {
    const told = manuals.zh.cities.find(({ id }) => id === city.id);
    for (const { policy } of policies) {
      const documents = policy.clauses.map(({ id }) => told?.clauses.find((clause) => clause.id === id)?.documents.find((document) => document.policy === policy.id));
      documents.forEach((document, index) => {
        expect(document?.before?.id).toBe(policy.clauses[index - 1]?.id);
        expect(document?.after?.id).toBe(policy.clauses[index + 1]?.id);
        expect((document?.sections.length ?? 0) + (document?.below.length ?? 0), `${policy.id} ${policy.clauses[index]?.id}`).toBeGreaterThan(0);
      });
      for (const item of itemsOf(manuals.zh).filter((one) => one.policy === policy.id)) {
        const page = told?.clauses.find(({ id }) => id === item.clause.id)?.documents.find((document) => document.policy === policy.id);
        const hrefs = (page?.sections ?? []).flatMap(({ blocks }) => blocks.flatMap((block) => [...linesOf(block)].flat().map(({ href }) => href)));
        expect(hrefs, `${item.number}`).toContain(item.href);
      }
    }
  }
});

test('goals and duties stand whole on the page of their policy', () => {
  for (const { policies } of source.cities) {
    for (const { policy } of policies) {
      const sections = manuals.zh.cities.flatMap((city) => city.policies).find(({ id }) => id === policy.id)?.sections ?? [];
      const rows = (id: string): number => sections.find((section) => section.id === id)?.blocks.reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length : 0), 0) ?? 0;
      expect(rows('goals'), `${policy.id}`).toBe(policy.goals.reduce((sum, { targets }) => sum + targets.length, 0));
      expect(rows('duties'), `${policy.id}`).toBe(policy.duties.length);
    }
  }
});

test('documents known by name only are named on the page of their jurisdiction, and nothing of them is told', () => {
  const named = source.cities.flatMap(({ city }) => city.named.map(({ id }) => id));
  expect(named.length).toBeGreaterThan(0);
  expect(manuals.zh.cities.flatMap((city) => city.named.map(({ id }) => id))).toEqual(named);
  const told = itemsOf(manuals.zh).flatMap((item) => pieces(item).flatMap(({ href }) => href ?? []));
  for (const id of named) expect(told.filter((href) => href.includes(id))).toEqual([]);
});
