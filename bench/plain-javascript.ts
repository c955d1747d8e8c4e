// The benchmark's own files as plain JavaScript in a cache folder, so that cold starts do not pay for stripping types.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { benchFolder } from './setting.ts'

/** Writes every .ts of the benchmark as .js; returns the folder. Packages are still found in bench/node_modules. */
export function writePlainJavaScript(): string {
  const folder = join(benchFolder, 'node_modules', '.cache', 'plain')
  rmSync(folder, { recursive: true, force: true })
  for (const part of ['.', 'engines']) {
    for (const file of readdirSync(join(benchFolder, part))) {
      if (!file.endsWith('.ts')) continue
      const text = stripTypeScriptTypes(readFileSync(join(benchFolder, part, file), 'utf8'))
      const target = join(folder, part, file.replace(/\.ts$/, '.mjs'))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text.replace(/(from |import\()'(\.\.?\/[^']*)\.ts'/g, "$1'$2.mjs'"))
    }
  }
  return folder
}
