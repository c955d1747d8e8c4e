// Gives a run of tests the folder in which its cities are kept that are made once and copied; gone when the run is over.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's cities to copy are; empty at first. */
    cityTemplates: string;
  }
}

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-templates-'));
  project.provide('cityTemplates', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
