// The states of the site that are looked at: each is photographed (`npm run shots`) and examined for who cannot use it.
import type { Page } from 'playwright-core';
import { answerAll, begin, type Known, openBenefit, pressPlace, questionOf, start, tellPlaces, type Where } from './answer-questions.ts';
import { craftsman, doctor, founder, master, stranger, unknowing } from './people.ts';

/** A state: where it begins and what a reader does to get there. */
export interface State {
  /** Short, in small letters: the name of its pictures. */
  readonly name: string;
  readonly path: string;
  /** Steps from the loaded page. */
  readonly reach?: (page: Page) => Promise<void>;
  /** True where other people's answers fill the same parts: what they are drawn in need not be looked at again in every colour. */
  readonly isAlike?: true;
  /** Another state that shows all of this one and more: this one is only photographed. */
  readonly within?: string;
  /** True where a desk shows parts that a telephone does not, or sets them otherwise. */
  readonly differsAtDesk?: true;
}

/** What a tab keeps of a visit, for its reload. */
interface Kept {
  readonly visit: string;
  readonly step: unknown;
}

const walked = new Map<string, Promise<Kept | undefined>>();

/** Answers on from the loaded page, the first time in a run; whoever wants to go the same way later takes up what was kept, as a reload does. `way` is all that the answers depend on. */
async function walkOnce(page: Page, way: readonly unknown[], walk: () => Promise<void>): Promise<void> {
  const { pathname, search } = new URL(page.url());
  const key = JSON.stringify([pathname, search, ...way]);
  const kept = await walked.get(key);
  if (kept !== undefined) {
    await page.evaluate(({ visit, step }) => {
      sessionStorage.setItem('wutong-visit', visit);
      history.replaceState(step, '');
    }, kept);
    await page.reload();
    await page.locator('.letter, .asking:not(.is-narrow)').first().waitFor();
    return;
  }
  const walking = walk();
  const keeping = walking.then(() => page.evaluate<Kept>(() => ({ visit: sessionStorage.getItem('wutong-visit') ?? '', step: history.state as unknown })));
  // Whoever waits for one that fails goes the way alone.
  walked.set(key, keeping.catch(() => undefined));
  await walking;
  await keeping;
}

/** On to the question of a fact, by what is known. @throws Error where it is never asked. */
function reachQuestion(page: Page, fact: string, known: Known = {}): Promise<void> {
  return walkOnce(page, [fact, known], () => walkToQuestion(page, fact, known));
}

/** As {@link reachQuestion}, each question answered, so that the browser's way back leads through them. */
async function walkToQuestion(page: Page, fact: string, known: Known): Promise<void> {
  await begin(page);
  const asked = await answerAll(page, known, { isEnough: (now) => now === fact });
  if ((await page.locator('.letter').count()) > 0) throw new Error(`${fact} is not asked; asked: ${asked.join(', ')}`);
}

/** The question of a fact, handed in empty. */
async function reachProblem(page: Page, fact: string, known: Known = {}): Promise<void> {
  await reachQuestion(page, fact, known);
  await page.locator('.answer-place').getByRole('button', { name: '继续' }).click();
  await page.locator('.field-problem span, p.field-problem:not(:empty)').first().waitFor();
}

async function reachResult(page: Page, known: Known, language: 'zh' | 'en' = 'zh', where?: Where): Promise<void> {
  await walkOnce(page, ['result', known, language, where], async () => {
    await begin(page, language, 'person', where);
    await answerAll(page, known, { language });
  });
}

/** The result in the middle of a visit, when questions are still open. */
async function reachEarlyResult(page: Page): Promise<void> {
  await walkOnce(page, ['early'], async () => {
    await begin(page);
    await answerAll(page, master, { isEnough: (_fact, asked) => asked.length === 4 });
    await page.locator('.strip-line, .running .button').locator('visible=true').click();
    await page.locator('.letter').waitFor();
  });
}

/** The only questions with several answers to tick: what somebody has been recognised as, asked from a benefit that waits for it. */
async function reachRecognition(page: Page): Promise<void> {
  await reachResult(page, founder);
  await openAll(page);
  await page.getByRole('button', { name: `已经有结果了？填上：${questionOf('称号').name.zh}` }).first().click();
  await page.locator('.answer-place input[type=checkbox]').first().waitFor();
}

const inErdao: Where = { work: ['长春市', '二道区'], home: ['吉林市'] };

/** Where somebody works, asked and answered as far as these names go. */
async function reachPlace(page: Page, ...names: readonly string[]): Promise<void> {
  await start(page);
  for (const name of names) await pressPlace(page, name);
}

const openAll = (page: Page): Promise<void> => page.evaluate("document.querySelectorAll('.letter details').forEach((one) => { one.open = true; })");

/** Somebody whose title and skill open the questions that few are asked. */
const expert: Known = { ...master, 职称: '正高级', 技能等级: '高级技师', 国际执业资格: true, 年薪: 900_000 };

const question = (name: string, fact: string, known: Known = {}): State => ({ name: `question-${name}`, path: '/', reach: (page) => reachQuestion(page, fact, known) });
const problem = (name: string, fact: string, known: Known = {}): State => ({ name: `problem-${name}`, path: '/', reach: (page) => reachProblem(page, fact, known) });
const result = (name: string, known: Known): State => ({ name: `result-${name}`, path: '/', reach: (page) => reachResult(page, known), isAlike: true });

export const states: readonly State[] = [
  { name: 'start', path: '/', differsAtDesk: true },
  { name: 'start-english', path: '/en/' },
  {
    name: 'start-resume',
    path: '/',
    reach: async (page) => {
      await begin(page);
      await answerAll(page, master, { isEnough: (_fact, asked) => asked.length === 2 });
      await page.locator('.brand').click();
      await page.getByRole('button', { name: /^接着上次的答/ }).waitFor();
    },
  },
  {
    name: 'start-cleared',
    path: '/',
    reach: async (page) => {
      await reachEarlyResult(page);
      await page.getByRole('button', { name: '清空重来' }).click();
      await page.getByRole('button', { name: '清空', exact: true }).click();
      await page.getByRole('button', { name: '撤销，找回回答' }).waitFor();
    },
  },
  { name: 'display', path: '/', reach: (page) => page.locator('.display summary').click() },
  {
    name: 'about',
    path: '/',
    reach: async (page) => {
      await page.locator('.start-foot .button').first().click();
      await page.locator('.about').waitFor();
    },
  },
  { name: 'place-work', path: '/', reach: (page) => reachPlace(page), differsAtDesk: true },
  { name: 'place-county', path: '/', reach: (page) => reachPlace(page, '长春市') },
  { name: 'place-elsewhere', path: '/', reach: (page) => reachPlace(page, '别的地方') },
  { name: 'place-home', path: '/', reach: (page) => reachPlace(page, '长春市', '二道区') },
  {
    name: 'place-unserved',
    path: '/',
    reach: async (page) => {
      await start(page);
      await tellPlaces(page, { work: ['别的地方', '白山市'], home: 'same' });
    },
  },
  {
    name: 'place-choose',
    path: '/',
    reach: async (page) => {
      await begin(page, 'zh', 'person', inErdao);
      await page.getByRole('button', { name: '换地方' }).click();
      await page.locator('.told-places').waitFor();
    },
  },
  { name: 'place-english', path: '/en/', reach: (page) => start(page, 'en') },
  { name: 'start-siping', path: '/?city=siping' },
  { name: 'question-offer', path: '/', reach: (page) => begin(page, 'zh', 'person', inErdao), differsAtDesk: true },
  { name: 'levels', path: '/', reach: (page) => reachResult(page, doctor, 'zh', inErdao), differsAtDesk: true },
  {
    name: 'levels-district',
    path: '/',
    reach: async (page) => {
      await reachResult(page, doctor, 'zh', inErdao);
      await page.getByRole('button', { name: /^二道区/ }).click();
    },
    isAlike: true,
  },
  {
    name: 'levels-opened',
    path: '/',
    reach: async (page) => {
      await reachResult(page, doctor, 'zh', inErdao);
      await openAll(page);
    },
    isAlike: true,
  },
  { name: 'levels-english', path: '/en/', reach: (page) => reachResult(page, doctor, 'en', { work: ['Changchun', '二道区'], home: ['Jilin'] }), isAlike: true },
  {
    name: 'reading-mark',
    path: '/',
    reach: async (page) => {
      await reachResult(page, doctor, 'zh', inErdao);
      const card = await openBenefit(page, '春城卡');
      await card.locator('.marks').waitFor();
    },
  },
  {
    name: 'sheet-levels',
    path: '/',
    reach: async (page) => {
      await reachResult(page, doctor, 'zh', inErdao);
      await page.getByRole('button', { name: '看看清单' }).click();
      await page.locator('.sheet-place').waitFor();
    },
  },
  { ...question('first', '用人单位.单位类型'), differsAtDesk: true },
  {
    name: 'question-help',
    path: '/',
    reach: async (page) => {
      await begin(page);
      await page.getByText('这是什么意思').click();
    },
  },
  { name: 'question-english', path: '/en/', reach: (page) => begin(page, 'en') },
  {
    name: 'question-given',
    path: '/',
    reach: async (page) => {
      await walkToQuestion(page, '全日制', master);
      await page.keyboard.press('Escape');
      await page.locator('.choice[aria-pressed=true]').waitFor();
    },
  },
  { ...question('place', '用人单位.所在地', master), path: '/?city=jilin-city' },
  { ...question('places', '亲属常驻地', stranger), within: 'problem-places' },
  problem('places', '亲属常驻地', stranger),
  { ...question('date', '合同起始日', master), within: 'problem-date' },
  problem('date', '合同起始日', master),
  { ...question('number', '合同年限', master), within: 'problem-number' },
  problem('number', '合同年限', master),
  question('money', '年薪', expert),
  {
    name: 'question-university',
    path: '/',
    reach: async (page) => {
      await reachQuestion(page, '毕业院校', master);
      await page.locator('.input').fill('吉林');
      await page.locator('.suggestion').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  problem('university', '毕业院校', master),
  { name: 'question-many', path: '/', reach: reachRecognition, within: 'problem-many' },
  {
    name: 'problem-many',
    path: '/',
    reach: async (page) => {
      await reachRecognition(page);
      await page.locator('.answer-place').getByRole('button', { name: '继续' }).click();
      await page.locator('.field-problem span').waitFor();
    },
  },
  question('text', '职称名称', unknowing),
  { name: 'result-early', path: '/', reach: reachEarlyResult },
  { name: 'result-master', path: '/', reach: (page) => reachResult(page, master), within: 'result-opened' },
  result('craftsman', craftsman),
  { ...result('nothing', stranger), path: '/?city=jilin-city' },
  result('unknowing', unknowing),
  result('founder', founder),
  {
    name: 'result-opened',
    path: '/',
    reach: async (page) => {
      await reachResult(page, master);
      await openAll(page);
    },
    differsAtDesk: true,
  },
  {
    name: 'benefit-denied',
    path: '/?city=jilin-city',
    reach: async (page) => {
      await reachResult(page, stranger);
      await openBenefit(page, '企业引才生活补贴');
    },
    isAlike: true,
  },
  {
    name: 'choice-flat',
    path: '/',
    reach: async (page) => {
      await reachResult(page, master);
      await page.locator('.choice-block', { hasText: '学子人才公寓' }).first().getByText('学子人才公寓').click();
      await page.locator('.headline-figure', { hasText: '100,000' }).waitFor();
    },
    within: 'result-opened',
  },
  {
    name: 'clear',
    path: '/',
    reach: async (page) => {
      await reachEarlyResult(page);
      await page.getByRole('button', { name: '清空重来' }).click();
    },
  },
  { name: 'result-english', path: '/en/', reach: (page) => reachResult(page, master, 'en'), isAlike: true },
  {
    name: 'sheet',
    path: '/',
    reach: async (page) => {
      await reachResult(page, master);
      await page.getByRole('button', { name: '看看清单' }).click();
      await page.locator('.sheet-place').waitFor();
    },
  },
  {
    name: 'offline',
    path: '/',
    reach: async (page) => {
      await begin(page);
      await page.context().setOffline(true);
      await page.locator('.offline').waitFor();
    },
  },
  {
    name: 'broken',
    path: '/',
    reach: async (page) => {
      await begin(page);
      // Nothing that a reader does breaks a page; a browser that breaks its word does.
      await page.evaluate("globalThis.keptSegmenter = Intl.Segmenter; Intl.Segmenter = class { constructor() { throw new Error('planted'); } }");
      await page.locator('.choice').first().click();
      await page.getByRole('alert').filter({ hasText: '这一页出错了' }).waitFor();
      await page.evaluate('Intl.Segmenter = globalThis.keptSegmenter');
    },
  },
  { name: 'manual-menu', path: '/menu', differsAtDesk: true },
  {
    name: 'manual-found',
    path: '/menu?q=补贴&city=erdao&kind=grant&sort=most',
    reach: (page) => page.locator('.entries').waitFor(),
  },
  { name: 'manual-nothing', path: '/menu?q=量子猫粮' },
  { name: 'manual-item', path: '/b/jilin-city/jilin-city-2021/living-subsidy', differsAtDesk: true },
  { name: 'manual-item-english', path: '/en/b/jilin-city/jilin-city-2021/living-subsidy', isAlike: true },
  { name: 'manual-policy', path: '/b/erdao/erdao-wutong', differsAtDesk: true },
  {
    name: 'manual-policy-opened',
    path: '/b/jilin-city/jilin-city-2021',
    reach: (page) => page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })"),
  },
  { name: 'manual-city', path: '/b/erdao', differsAtDesk: true },
  { name: 'manual-named', path: '/b/jilin-province', isAlike: true },
  { name: 'manual-clause', path: '/c/jilin-city/附件1三（二）1（1）', differsAtDesk: true },
  { name: 'parts', path: '/ui/', differsAtDesk: true },
  { name: 'missing', path: '/nothing-here' },
];
