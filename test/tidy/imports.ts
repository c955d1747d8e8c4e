// Runs dependency-cruiser, which needs the compiler interface that TypeScript 7 no longer has.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { ICruiseOptions, ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser';

// Whatever asks for "typescript" below gets version 6; with 7 the tool would look at no module and report no fault.
registerHooks({
  resolve: (specifier, context, next) => next(specifier.replace(/^typescript(?=$|\/)/, 'typescript6'), context),
});

export type ImportReport = {
  /** The modules of the project that were looked at. */
  modules: string[];
  /** "rule: from → to" for every import that goes a wrong way. */
  violations: string[];
};

export const checkedFolders = ['src', 'web', 'tools', 'test'];

export async function checkImports(folder: string): Promise<ImportReport> {
  const { cruise } = await import('dependency-cruiser');
  const { default: config } = (await import('../../.dependency-cruiser.mjs' as string)) as {
    default: IFlattenedRuleSet & { options: ICruiseOptions };
  };
  const options: ICruiseOptions = { ...config.options, ruleSet: config, validate: true, baseDir: folder };
  const folders = checkedFolders.filter((name) => existsSync(join(folder, name)));
  const { output } = await cruise(folders, options);
  const { modules, summary } = output as ICruiseResult;
  return {
    modules: modules.map((module) => module.source).filter((source) => folders.includes(source.split('/')[0] ?? '')),
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}
