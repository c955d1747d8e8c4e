// Compiles every pack to plain ES modules named by the hash of their content, with a manifest beside them.
// A city that does not check is not compiled: the build fails and says why.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { outlineOf } from '../policy/kernel.ts';
import type { CityEntry, Example, Examples, Manifest, PolicyEntry } from '../policy/manifest.ts';
import type { Policy, SubjectKind } from '../policy/model.ts';
import { checkCity } from './check-city.ts';
import { formatDiagnostic } from './diagnostics.ts';
import { generateKernel, literalsOf } from './generate-javascript.ts';
import type { BenefitSource } from './read-benefit.ts';
import { readQuestions } from './read-questions.ts';
import { type CitySource, listCities, openWorkspace, type Workspace } from './workspace.ts';

/** Builds all packs of a root folder into `outDir`. @throws Error with every diagnostic when a pack does not check. */
export function buildPacks({ root, outDir }: { readonly root: string; readonly outDir: string }): Manifest {
  const workspace = openWorkspace(root);
  mkdirSync(outDir, { recursive: true });
  const cities = listCities(root).map((id) => {
    const checked = checkCity(workspace, id);
    if (checked.source === undefined || checked.diagnostics.length > 0) {
      throw new Error(`${id}: ${checked.diagnostics.length} 处要改 / to be mended\n${checked.diagnostics.map((item) => formatDiagnostic(item, 'zh')).join('\n')}`);
    }
    return buildCity(checked.source, workspace, outDir);
  });
  const manifest: Manifest = {
    cities,
    reference: writeHashed(outDir, 'reference', `export const reference = ${JSON.stringify(workspace.reference)};\n`),
    calendar: writeHashed(outDir, 'calendar', `export const calendar = ${JSON.stringify(workspace.calendar)};\n`),
    questions: writeHashed(outDir, 'questions', `export const questions = ${JSON.stringify(readQuestions(root, workspace.vocabularies))};\n`),
    vocabulary: writeHashed(outDir, 'vocabulary', `export const vocabularies = ${JSON.stringify(workspace.vocabularies)};\n`),
    sources: listSources(root),
  };
  writeFileSync(join(outDir, 'manifest.js'), `export const manifest = ${JSON.stringify(manifest)};\n`);
  return manifest;
}

function buildCity({ city, policies }: CitySource, workspace: Workspace, outDir: string): CityEntry {
  const entries = policies.map(({ policy, benefits }): PolicyEntry => ({
    id: policy.id,
    title: policy.short,
    from: policy.from,
    ...(policy.to === undefined ? {} : { to: policy.to }),
    ...(policy.supersededBy === undefined ? {} : { supersededBy: policy.supersededBy }),
    module: writeHashed(outDir, policy.id, compilePolicy(policy, workspace)),
    full: writeHashed(outDir, `${policy.id}-full`, `export const policy = ${JSON.stringify(policy)};\n`),
    examples: writeHashed(outDir, `${policy.id}-examples`, `export const examples = ${JSON.stringify(examplesOf(benefits))};\n`),
  }));
  const names = Object.fromEntries([...city.departments, ...[...city.funds].map(([zh, words]): [string, string] => [zh, words.en])]);
  return {
    id: city.id,
    title: city.title,
    code: city.code,
    ...(city.parent === undefined ? {} : { parent: city.parent.id }),
    policies: entries,
    named: city.named.map(({ policy }) => policy),
    names,
    contacts: Object.fromEntries(city.contacts),
    unnamed: city.unnamed,
  };
}

/** The cases of each benefit, in their order, whichever kind of subject they are about. */
function examplesOf(benefits: readonly BenefitSource[]): Examples {
  const examples: Record<string, Example[]> = {};
  for (const { benefit, cases } of benefits) {
    const own = cases.map(({ name, subject, date, facts, parameters, readings, status }): Example => ({
      name,
      subject,
      date,
      facts,
      ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
      ...(Object.keys(readings).length === 0 ? {} : { readings }),
      expected: status,
    }));
    (examples[benefit.id] ??= []).push(...own);
  }
  return examples;
}

/** The module of a policy: its kernels, one for each kind of subject that it serves, and its outline. */
export function compilePolicy(policy: Policy, workspace: Pick<Workspace, 'vocabularies'>): string {
  const kinds = [...new Set(policy.benefits.map(({ subject }) => subject))];
  const kernels = kinds.map((kind: SubjectKind) => generateKernel(policy, workspace.vocabularies[kind]));
  return `${kernels.join('\n')}
export const compiled = { policy: ${JSON.stringify(outlineOf(policy))}, literals: ${JSON.stringify(literalsOf(policy))}, kernels: { ${kinds.join(', ')} } };
`;
}

/** Writes a module under the hash of its content. @returns its file name. */
function writeHashed(folder: string, name: string, content: string): string {
  const file = `${name}.${createHash('sha256').update(content).digest('hex').slice(0, 16)}.js`;
  writeFileSync(join(folder, file), content);
  return file;
}

/** Every file of the cities' folder, so that a reader of the manifest can tell whether it is behind. */
function listSources(root: string): Manifest['sources'] {
  return readdirSync(join(root, 'cities'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(path);
      return [relative(root, path).split(sep).join('/'), size, Math.round(mtimeMs)] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
