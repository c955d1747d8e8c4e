// wutong readings: the open questions of the policies, and what every other answer to them would change for a list of people.

import type { Subject } from '../../policy/bind.ts';
import { formatDate } from '../../policy/calendar.ts';
import type { FullModule } from '../../policy/manifest.ts';
import { makeReadingTrials, type ReadingEffect, type ReadingTrials } from '../../policy/reading-effects.ts';
import { chooseOf, valueOf } from '../arguments.ts';
import type { Call, Command } from '../command.ts';
import { eachSubject, type Written } from '../each-subject.ts';
import { chooseInput, readEntries } from '../input/read-entries.ts';
import { type OpenReading, openReadingsOf } from '../open-readings.ts';
import { makeProgress } from '../output/progress.ts';
import { type ReadingsReport, reportFormats, tellReadings } from '../output/readings-report.ts';
import { importPack } from '../program.ts';
import { ReadingTally } from '../reading-tally.ts';
import { readRequest, type Request, requestOptions } from '../request.ts';
import { UsageError } from '../usage-error.ts';

export const command: Command = {
  options: { ...requestOptions, people: 'value', each: 'flag' },
  async run(call: Call): Promise<number> {
    const { args, console, say, language } = call;
    const file = valueOf(args, 'people');
    const isEach = args.values.has('each');
    const format = chooseOf(valueOf(args, 'format') ?? (isEach ? 'ndjson' : 'table'), isEach ? ['ndjson'] : reportFormats, '--format', say);
    if (args.files[0] !== undefined) throw new UsageError(say.readingsFile(args.files[0]));
    for (const option of ['each', 'input', 'encoding']) if (file === undefined && args.values.has(option)) throw new UsageError(say.readingsNeedPeople(`--${option}`));
    const request = await readRequest({ ...call, args: { ...args, files: [file ?? '-'] } });
    const full = await Promise.all(request.entries.map((entry) => importPack<FullModule>(entry.full, say)));
    const policies = full.map(({ policy }) => policy);
    const readings = openReadingsOf(policies, request.engine);
    const titles = new Map<string, string>(policies.flatMap((policy) => policy.benefits.map(({ id, title }) => [`${policy.id}/${id}`, title[language]] as const)));
    const { id: city, title } = request.city;
    const report: ReadingsReport = {
      city, cityTitle: title[language], date: formatDate(request.engine.under), readings, say, language, width: console.width, titleOf: (id) => titles.get(id) ?? id,
    };
    if (file === undefined) {
      await console.out(tellReadings(report, format));
      return 0;
    }
    if (isEach) return tryOnEach(call, request, file, readings);
    const tally = new ReadingTally();
    const status = await tryOnAll(call, request, file, tally);
    await console.out(tellReadings({ ...report, tally }, format));
    return status;
  },
};

/** Counts what changes for everybody in the list. */
function tryOnAll(call: Call, request: Request, file: string, tally: ReadingTally): Promise<number> {
  const { engine } = request;
  return work(call, request, file, (subject, trials) => {
    const evaluation = engine.answer(subject);
    tally.add(engine, evaluation, trials.effectsOn(subject, evaluation), subject.kind === 'person');
    return '';
  });
}

/** Writes for everybody in the list which readings decide. */
function tryOnEach(call: Call, request: Request, file: string, readings: readonly OpenReading[]): Promise<number> {
  const byKey = new Map(readings.map((reading) => [`${reading.policy} ${reading.reading}`, reading]));
  const asData = ({ policy, reading, alternative, changes, plan, ...money }: ReadingEffect): object => {
    const alternatives = byKey.get(`${policy} ${reading}`)?.alternatives ?? [];
    const inForce = alternatives.find(({ isInForce }) => isInForce)?.name;
    const changed = changes.map(({ policy: of, benefit, before, after }) => ({
      benefit: `${of}/${benefit}`, before: { status: before.status, amount: before.amount }, after: { status: after.status, amount: after.amount },
    }));
    return { policy, reading, inForce, alternative: alternatives[alternative]?.name, changes: changed, take: plan.take, ...money };
  };
  return work(call, request, file, (subject, trials) => `${JSON.stringify({ id: subject.id, readings: trials.effectsOn(subject).map(asData) })}\n`);
}

/** Works through the list, telling how far it has come where a person watches. @returns the exit status. */
async function work({ args, console, say, language }: Call, request: Request, file: string, tell: (subject: Subject, trials: ReadingTrials) => string): Promise<number> {
  const { engine, options, vocabularies } = request;
  const input = chooseInput(args, file, say);
  const trials = makeReadingTrials(engine, options);
  const entries = await readEntries(file, input, vocabularies, console, say);
  const progress = makeProgress(console, console.isWatched, say);
  const workOn = (entry: unknown): Written => {
    progress.step();
    const bound = engine.bindSubject(entry);
    return 'problems' in bound ? bound : { text: tell(bound.subject, trials) };
  };
  const status = await eachSubject(entries, workOn, progress.console, say, language);
  progress.end();
  return status;
}
