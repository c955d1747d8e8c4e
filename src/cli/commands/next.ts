// wutong next: which question to ask each subject next, as NDJSON.

import type { FullModule, QuestionsModule } from '../../policy/manifest.ts';
import type { SubjectKind } from '../../policy/model.ts';
import { type Asker, makeAsker } from '../../policy/next-question.ts';
import { nearest } from '../../policy/problems.ts';
import { mannerOf } from '../../policy/questions.ts';
import type { Call, Command } from '../command.ts';
import { eachSubject, type Written } from '../each-subject.ts';
import { chooseInput, readEntries } from '../input/read-entries.ts';
import { importPack, loadManifest } from '../program.ts';
import { readRequest, requestOptions } from '../request.ts';
import { UsageError } from '../usage-error.ts';

const { format: _format, ...options } = requestOptions;

export const command: Command = {
  options: { ...options, skip: 'values' },
  async run(call: Call): Promise<number> {
    const { args, console, say, language } = call;
    const request = await readRequest(call);
    const { engine, vocabularies } = request;
    const skipped = args.values.get('skip') ?? [];
    const known = new Set(Object.values(vocabularies).flatMap(({ facts }) => facts.map(({ name }) => name)));
    for (const name of skipped) if (!known.has(name)) throw new UsageError(say.unknownSkip(name, nearest(name, known)));
    const input = chooseInput(args, request.file, say);
    const manifest = await loadManifest(say);
    const [{ questions }, ...full] = await Promise.all([
      importPack<QuestionsModule>(manifest.questions, say),
      ...request.entries.map((entry) => importPack<FullModule>(entry.full, say)),
    ]);
    const policies = full.map(({ policy }) => policy);
    const askers = new Map<SubjectKind, Asker>();
    const askerOf = (kind: SubjectKind): Asker => {
      const asker = askers.get(kind) ?? makeAsker(engine, { policies, vocabulary: vocabularies[kind], manner: mannerOf(questions[kind]) });
      askers.set(kind, asker);
      return asker;
    };
    const entries = await readEntries(request.file, input, vocabularies, console, say);
    const work = (subject: unknown): Written => {
      const bound = engine.bindSubject(subject);
      if ('problems' in bound) return bound;
      const { id, kind } = bound.subject;
      const found = askerOf(kind).next(bound.subject, skipped);
      const question = found === undefined ? undefined : questions[kind][found.fact];
      const next = found === undefined ? null : { fact: found.fact, question: question?.title[language] ?? '', why: question?.why[language] ?? '', serves: found.serves, atMostLeft: found.atMostLeft };
      return { text: `${JSON.stringify({ id, next })}\n` };
    };
    return eachSubject(entries, work, console, say, language);
  },
};
