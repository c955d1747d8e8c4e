// wutong evaluate: what each subject is entitled to, as NDJSON, JSON, CSV, a table or words.

import { chooseOf, valueOf } from '../arguments.ts';
import type { Call, Command } from '../command.ts';
import { eachSubject } from '../each-subject.ts';
import { chooseInput, readEntries } from '../input/read-entries.ts';
import { ndjsonWriter } from '../output/ndjson.ts';
import type { Writer } from '../output/writer.ts';
import { readRequest, type Request, requestOptions } from '../request.ts';

const formats = ['ndjson', 'json', 'csv', 'table', 'words'] as const;

export const command: Command = {
  options: requestOptions,
  async run(call: Call): Promise<number> {
    const { args, console, say, language } = call;
    const format = chooseOf(valueOf(args, 'format') ?? 'ndjson', formats, '--format', say);
    const request = await readRequest(call);
    const input = chooseInput(args, request.file, say);
    const writer = await makeWriter(format, request, call);
    const entries = await readEntries(request.file, input, request.vocabularies, console, say);
    let isBegun = false;
    // What stands before the first answer waits for it, so that a file that cannot be read leaves no output.
    const begin = (): string => {
      const text = isBegun ? '' : writer.begin();
      isBegun = true;
      return text;
    };
    const work = (subject: unknown): ReturnType<Parameters<typeof eachSubject>[1]> => {
      const outcome = request.engine.evaluate(subject);
      return 'problems' in outcome ? outcome : { text: begin() + writer.answer(outcome.result) };
    };
    const status = await eachSubject(entries, work, console, say, language);
    const rest = begin() + writer.end();
    if (rest !== '') await console.out(rest);
    return status;
  },
};

async function makeWriter(format: (typeof formats)[number], request: Request, { say, language, console }: Call): Promise<Writer> {
  switch (format) {
    case 'ndjson':
      return ndjsonWriter;
    case 'json':
      return (await import('../output/json.ts')).makeJsonWriter();
    case 'csv':
      return (await import('../output/csv.ts')).makeCsvWriter(request, say, language);
    case 'table':
      return (await import('../output/table.ts')).makeTableWriter(request, say, language, console.width);
    case 'words':
      return (await import('../output/words.ts')).makeWordsWriter(request, say, language);
  }
}
