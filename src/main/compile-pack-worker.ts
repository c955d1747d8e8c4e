// Checks and compiles one policy in a folder that was made for it, in a process of its own: proofs take seconds, and the server answers meanwhile.
import { text } from 'node:stream/consumers';
import { checkCity } from '../authoring/check-city.ts';
import { wordDiagnostic } from '../authoring/diagnostics.ts';
import { openWorkspace } from '../authoring/workspace.ts';
import type { Compiled, Finding } from '../domains/packs/index.ts';

/** What it is given, as JSON on standard input. */
export interface CompileTask {
  /** The folder that has `cities/reference`. */
  readonly program: string;
  /** The folder that has the jurisdictions as they are to be compiled. */
  readonly folder: string;
  readonly cityId: string;
  readonly policyId: string;
}

function compile({ program, folder, cityId, policyId }: CompileTask): Compiled {
  const { vocabularies, reference, calendar } = openWorkspace(program);
  const { source, diagnostics } = checkCity({ root: folder, vocabularies, reference, calendar }, cityId);
  const own = source?.policies.find(({ policy }) => policy.id === policyId);
  const home = `cities/${cityId}/`;
  const findings = diagnostics.map((each): Finding => {
    const { file, line, column } = each.place;
    const path = file.startsWith(`${home}${policyId}/`) ? file.slice(home.length + policyId.length + 1) : file.startsWith(home) ? file.slice(home.length) : file;
    return { code: each.code, file: path, line, column, zh: `${wordDiagnostic(each, 'zh')}。`, en: `${wordDiagnostic(each, 'en')}.` };
  });
  return {
    findings,
    benefits: new Set(own?.benefits.map(({ benefit }) => benefit.id)).size,
    cases: own?.benefits.reduce((sum, { cases }) => sum + cases.length, 0) ?? 0,
    ...(own === undefined || findings.length > 0 ? {} : { model: { policy: own.policy, vocabularies } }),
  };
}

// JSON, so that a policy has the same text wherever it was compiled.
process.stdout.write(JSON.stringify(compile(JSON.parse(await text(process.stdin)) as CompileTask)));
