// wutong check: reads, proves and tries every pack, and prints what is to be mended.

import { checkCity } from '../../authoring/check-city.ts';
import { formatDiagnostic, wordDiagnostic } from '../../authoring/diagnostics.ts';
import { openWorkspace } from '../../authoring/workspace.ts';
import { chooseOf, valueOf } from '../arguments.ts';
import { chooseCities } from '../choose-cities.ts';
import type { Call, Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { findRoot } from '../workspace-root.ts';

export const command: Command = {
  options: { city: 'value', root: 'value', format: 'value' },
  async run({ args, console, say, language }: Call): Promise<number> {
    const start = performance.now();
    const format = chooseOf(valueOf(args, 'format') ?? 'text', ['text', 'json'], '--format', say);
    if (args.files[0] !== undefined) throw new UsageError(say.noPositional(args.files[0]));
    const root = findRoot(args, say);
    const workspace = openWorkspace(root);
    const checked = chooseCities(workspace, args, say).map((city) => checkCity(workspace, city));
    const found = checked.flatMap(({ diagnostics }) => diagnostics);
    const sum = (of: (item: (typeof checked)[number]) => number): number => checked.reduce((total, item) => total + of(item), 0);
    const counts = { cities: checked.length, policies: sum((item) => item.policies), benefits: sum((item) => item.benefits), cases: sum((item) => item.cases), findings: found.length };
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (format === 'json') {
      const diagnostics = found.map((item) => ({ ...item.place, code: item.code, words: wordDiagnostic(item, language) }));
      await console.out(`${JSON.stringify({ ...counts, seconds: Number(seconds), diagnostics }, undefined, 2)}\n`);
    } else {
      await console.out([...found.map((item) => formatDiagnostic(item, language)), say.checkSummary({ ...counts, seconds }), ''].join('\n'));
    }
    return found.length === 0 ? 0 : 1;
  },
};
