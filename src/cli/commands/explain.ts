// wutong explain: why each answer is what it is, in words or as JSON.

import type { Subject } from '../../policy/bind.ts';
import { type Explainer, makeExplainer } from '../../policy/explain.ts';
import type { FullModule } from '../../policy/manifest.ts';
import type { SubjectKind } from '../../policy/model.ts';
import { harmless, type Language } from '../../policy/problems.ts';
import { tellExplanation, type TellOptions, tellParameter } from '../../policy/tell-explanation.ts';
import { universityHint } from '../../policy/universities.ts';
import { ABSENT } from '../../policy/values.ts';
import { chooseOf, valueOf } from '../arguments.ts';
import type { Call, Command } from '../command.ts';
import { eachSubject, type Written } from '../each-subject.ts';
import { chooseInput, readEntries } from '../input/read-entries.ts';
import type { Messages } from '../messages.ts';
import { importPack } from '../program.ts';
import { tellVersions } from '../output/versions.ts';
import { readRequest, type Request, requestOptions } from '../request.ts';

const formats = ['text', 'json', 'ndjson'] as const;

export const command: Command = {
  options: requestOptions,
  async run(call: Call): Promise<number> {
    const { args, console, say, language } = call;
    const format = chooseOf(valueOf(args, 'format') ?? 'text', formats, '--format', say);
    const request = await readRequest(call);
    const input = chooseInput(args, request.file, say);
    const full = await Promise.all(request.entries.map((entry) => importPack<FullModule>(entry.full, say)));
    const policies = full.map(({ policy }) => policy);
    const titles = new Map(policies.flatMap((policy) => policy.benefits.map(({ id, title }) => [`${policy.id}/${id}`, title[language]] as const)));
    const entries = await readEntries(request.file, input, request.vocabularies, console, say);
    const { engine, vocabularies, reference, levels } = request;
    // Of departments with the same name the nearer level's is meant.
    const names = Object.assign({}, ...levels.map((level) => level.names).reverse()) as Readonly<Record<string, string>>;
    const sources = sourcesOf(request, language);
    const unnamed = new Set(levels.flatMap((level) => level.unnamed));
    const parameters = new Map(policies.flatMap((policy) => policy.parameters.map((parameter) => [parameter.name, tellParameter(parameter, language)] as const)));
    const explainers = new Map<SubjectKind, Explainer>();
    const explainerOf = (kind: SubjectKind): Explainer => {
      const explainer = explainers.get(kind) ?? makeExplainer(engine, { policies, vocabulary: vocabularies[kind], language });
      explainers.set(kind, explainer);
      return explainer;
    };
    let count = 0;
    // The bracket waits for the first answer, so that a file that cannot be read leaves no output.
    const before = (): string => {
      const isFirst = count++ === 0;
      if (format === 'json') return isFirst ? '[\n' : ',\n';
      return format === 'text' && !isFirst ? '\n' : '';
    };
    const work = (subject: unknown): Written => {
      const bound = engine.bindSubject(subject);
      if ('problems' in bound) return bound;
      const { kind } = bound.subject;
      const told: TellOptions = { language, vocabulary: vocabularies[kind], reference, names, titles, unnamed, parameters, ...(sources === undefined ? {} : { sources }) };
      const explainer = explainerOf(kind);
      const text = format === 'text' ? withHints(tellExplanation(explainer.explain(bound.subject), told), universityHints(bound.subject, told, say)) : `${explainer.toJson(bound.subject)}${format === 'ndjson' ? '\n' : ''}`;
      return { text: before() + text };
    };
    const status = await eachSubject(entries, work, console, say, language);
    if (format === 'json') await console.out(count === 0 ? '[]\n' : '\n]\n');
    if (format === 'text' && count > 0) await console.out(tellVersions(request, policies, say, language));
    return status;
  },
};

/** What stands before a clause, by policy: its jurisdiction where several have policies, its title where several answer. */
function sourcesOf({ levels, entries }: Request, language: Language): ReadonlyMap<string, string> | undefined {
  if (entries.length < 2) return undefined;
  const isOneLevel = levels.filter(({ policies }) => policies.length > 0).length < 2;
  const placeOf = (id: string): string => levels.find(({ policies }) => policies.some((policy) => policy.id === id))?.title[language] ?? '';
  const separator = language === 'zh' ? '' : ', ';
  const quote = (title: string): string => (language === 'zh' ? `《${title}》` : title);
  return new Map(entries.map(({ id, title }) => [id, `${isOneLevel ? '' : `${placeOf(id)}${separator}`}${quote(title[language])}`]));
}

/** A line for every university that was given by a name of unknown class though it is near to one in the list. */
function universityHints({ texts, slots, derived }: Subject, { vocabulary, reference }: TellOptions, say: Messages): readonly string[] {
  return vocabulary.facts.flatMap((fact) => {
    const name = fact.of === undefined || fact.by !== 'university' ? undefined : texts[fact.of];
    // Classes that were given themselves need no name.
    if (name === undefined || (derived[fact.slot] !== 1 && slots[fact.slot] !== ABSENT)) return [];
    const { suggestions } = universityHint(name, reference.data);
    const tell = reference.universityClasses(name) === ABSENT ? say.universityUnclear : say.universityHint;
    return suggestions.length === 0 ? [] : [`  ${tell(harmless(name), suggestions)}`];
  });
}

/** Puts hints below the first line, which names the person. */
function withHints(text: string, hints: readonly string[]): string {
  return hints.length === 0 ? text : text.replace('\n', () => `\n${[...new Set(hints)].join('\n')}\n`);
}
