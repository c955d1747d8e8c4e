// Answers the calculator's questions as a person does: reads the heading, clicks or types what is known, skips the rest.
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { readQuestions } from '../../src/authoring/read-questions.ts';
import { openWorkspace } from '../../src/authoring/workspace.ts';
import type { Question, SubjectKind } from '../../src/policy/index.ts';

type Language = 'zh' | 'en';

/** What somebody knows, by fact, in whatever order it is asked: values of the contract; places and schools by name; amounts in yuan. */
export type Known = Readonly<Record<string, string | number | boolean | readonly string[]>>;

const skipWords = { zh: '不清楚，先跳过', en: 'Not sure, skip for now' };
const goOnWords = { zh: '继续', en: 'Continue' };
const beginWords: Record<Language, Record<SubjectKind, string>> = {
  zh: { person: '为自己看看', organisation: '为单位看看', project: '为项目看看', team: '为团队看看' },
  en: { person: 'For myself', organisation: 'For an employer', project: 'For a project', team: 'For a team' },
};
/** More questions than there are facts would mean that the calculator goes in circles. */
const mostQuestions = 100;

const root = join(import.meta.dirname, '../..');
const questions = readQuestions(root, openWorkspace(root).vocabularies);

/** The question of a fact as the calculator words it. @throws Error where there is none. */
export function questionOf(fact: string, kind: SubjectKind = 'person'): Question {
  const question = questions[kind][fact];
  if (question === undefined) throw new Error(`no question for ${fact}`);
  return question;
}

/** Where somebody works and lives, as the choices call it: a city and its district, or one name; `null` where she does not know yet, or does not say. */
export interface Where {
  readonly work?: readonly string[] | null;
  /** `same` where she lives where she works. */
  readonly home?: readonly string[] | 'same' | null;
}

const inChangyi: Readonly<Record<Language, Where>> = { zh: { work: ['吉林市', '昌邑区'], home: 'same' }, en: { work: ['Jilin', '昌邑区'], home: 'same' } };
const placeWords = {
  zh: { none: { work: '还没想好在哪里', others: '还没有定', home: '先不说' }, same: '和工作在一个地方' },
  en: { none: { work: 'Not sure where yet', others: 'Not decided yet', home: 'Rather not say' }, same: 'Where I work' },
};

/** From the start page to the first question: on the way it is said where somebody works and lives, unless the address says whose policies count. */
export async function begin(page: Page, language: Language = 'zh', kind: SubjectKind = 'person', where: Where = inChangyi[language]): Promise<void> {
  await start(page, language, kind);
  if ((await page.locator('.is-narrow').count()) === 0) return;
  await tellPlaces(page, where, language, kind);
  await page.locator('.asking:not(.is-narrow), .letter').first().waitFor();
}

/** From the start page to what is asked first, be it a place or a question. */
export async function start(page: Page, language: Language = 'zh', kind: SubjectKind = 'person'): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${beginWords[language][kind]}`) }).click();
  await page.locator('.question-title, .letter').first().waitFor();
}

/** Says where somebody works and lives. */
export async function tellPlaces(page: Page, { work = null, home = null }: Where, language: Language = 'zh', kind: SubjectKind = 'person'): Promise<void> {
  const words = placeWords[language];
  for (const name of work ?? [words.none[kind === 'person' ? 'work' : 'others']]) await pressPlace(page, name);
  if (kind !== 'person') return;
  for (const name of home === 'same' ? [words.same] : (home ?? [words.none.home])) await pressPlace(page, name);
}

/** Presses a place, and waits until something else is asked. */
export async function pressPlace(page: Page, name: string): Promise<void> {
  const before = await title(page);
  const choice = page.locator('.answer-place .choice').filter({ hasText: new RegExp(`^${escaped(name)}`) }).first();
  await choice.waitFor();
  await choice.click();
  await page.locator('#title').filter({ hasNotText: new RegExp(`^\\s*${escaped(before)}\\s*$`) }).waitFor();
}

/** What the page's heading says. */
export async function title(page: Page): Promise<string> {
  return (await page.locator('#title').innerText()).replaceAll('\u200b', '');
}

/** The fact that is asked for now. @throws Error where the heading is no known question. */
export async function askedFact(page: Page, language: Language = 'zh', kind: SubjectKind = 'person'): Promise<string> {
  const heading = (await page.locator('.question-title').innerText()).trim();
  const found = Object.entries(questions[kind]).find(([, question]) => question.title[language] === heading);
  if (found === undefined) throw new Error(`nobody asks "${heading}"`);
  return found[0];
}

/**
 * Answers what is known and skips what is not, until the result stands there or `isEnough` says so before a question.
 * @returns the facts that were asked for, in their order.
 */
export async function answerAll(
  page: Page,
  known: Known,
  { language = 'zh', kind = 'person', isEnough = () => false }: { language?: Language; kind?: SubjectKind; isEnough?: (fact: string, asked: readonly string[]) => boolean } = {},
): Promise<readonly string[]> {
  const asked: string[] = [];
  for (; asked.length < mostQuestions;) {
    await page.locator('.letter, .question-title').first().waitFor();
    if ((await page.locator('.letter').count()) > 0) return asked;
    const fact = await askedFact(page, language, kind);
    if (isEnough(fact, asked)) return asked;
    asked.push(fact);
    const value = known[fact];
    if (value === undefined) await page.getByRole('button', { name: skipWords[language] }).click();
    else await give(page, questionOf(fact, kind), value, language);
    await untilOn(page, questionOf(fact, kind).title[language]);
  }
  throw new Error(`the questions do not end: ${asked.join(', ')}`);
}

/** Waits until another question or the result stands there. */
async function untilOn(page: Page, heading: string): Promise<void> {
  const another = page.locator('.question-title').filter({ hasNotText: new RegExp(`^\\s*${escaped(heading)}\\s*$`) });
  await another.or(page.locator('.letter')).first().waitFor();
}

/** Gives one answer by the form that stands there. */
export async function give(page: Page, question: Question, value: Known[string], language: Language = 'zh'): Promise<void> {
  const place = page.locator('.answer-place');
  const goOn = place.getByRole('button', { name: goOnWords[language] });
  if ((await place.locator('.date-field').count()) > 0) {
    const parts = String(value).split('-');
    for (const [at, part] of parts.entries()) await place.locator('.input').nth(at).fill(part);
    await goOn.click();
  } else if ((await place.locator('.places').count()) > 0) {
    for (const name of [value].flat()) await clickPlace(place, String(name));
    if (Array.isArray(value)) await goOn.click();
  } else if ((await place.locator('.combobox').count()) > 0) {
    await place.locator('.input').fill(String(value));
    const suggestion = place.locator('.suggestion').filter({ has: page.getByText(String(value), { exact: true }) });
    if ((await suggestion.count()) > 0) await suggestion.first().click();
    await goOn.click();
  } else if ((await place.locator('.input').count()) > 0) {
    await place.locator('.input').fill(String(value));
    await goOn.click();
  } else {
    const labels = [value].flat().map((one) => question.answers?.find((answer) => answer.value === one)?.label[language] ?? String(one));
    if (Array.isArray(value) && labels.length === 0) labels.push(question.none?.[language] ?? '');
    for (const label of labels) await place.locator('.choice').filter({ hasText: new RegExp(`^${escaped(label)}`) }).first().click();
    if (Array.isArray(value)) await goOn.click();
  }
}

/** The cities of the districts that people here know: away from home only the city is offered. */
const citiesOf: Readonly<Record<string, string>> = { 昌邑区: '吉林市', 蛟河市: '吉林市', 铁西区: '四平市', 二道区: '长春市' };

/** Opens the list that a place stands in, and presses it; where the list holds only its city, that. */
async function clickPlace(place: Locator, name: string): Promise<void> {
  const choiceOf = (one: string): Locator => place.locator('.place-grid .choice').filter({ hasText: new RegExp(`^${escaped(one)}(\\d|$)`) }).first();
  const choice = (await choiceOf(name).count()) > 0 ? choiceOf(name) : choiceOf(citiesOf[name] ?? name);
  if (!(await choice.isVisible())) await choice.locator('xpath=ancestor::details[1]/summary').click();
  await choice.click();
}

/** One benefit in the result, opened with everything that it is folded into. @throws Error where the result does not name it. */
export async function openBenefit(page: Page, name: string): Promise<Locator> {
  const heading = page.locator('.result h3').filter({ hasText: new RegExp(`^${escaped(name)}$`) }).first();
  for (;;) {
    // Outermost first, as a reader has to.
    const shut = heading.locator('xpath=ancestor::details[not(@open)]').first();
    if ((await shut.count()) === 0) return heading.locator('xpath=ancestor::li[1]');
    await shut.locator('xpath=summary').click();
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
