// Compiles packs for the server: lays the files out as the authoring tools read them, has a process of its own work on them, and clears everything away.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSeq, parseDocument } from 'yaml';
import type { Compiled, PackCompiler, PackFiles, PackToCompile } from '../domains/packs/index.ts';
import type { CompileTask } from './compile-pack-worker.ts';
import { packsRoot } from './open-built-packs.ts';

/** How long one pack may take: well within what a transaction may wait. */
const PATIENCE_MS = 40_000;
const MOST_MEGABYTES = 1024;
const MOST_ANSWER_BYTES = 2 ** 28;
const cityFile = 'city.yaml';

/** In the build its program lies beside the server, else it is the source. */
function programBeside(): URL {
  const built = new URL('./compile-pack-worker.js', import.meta.url);
  return existsSync(fileURLToPath(built)) ? built : new URL('./compile-pack-worker.ts', import.meta.url);
}

/** Makes the compiler; one pack is compiled at a time. */
export function makePackCompiler({ patienceMs = PATIENCE_MS, temporary = tmpdir() }: { readonly patienceMs?: number; readonly temporary?: string } = {}): PackCompiler {
  let last: Promise<unknown> = Promise.resolve();
  return {
    compile(pack) {
      const mine = last.then(() => compileIn(pack, temporary, patienceMs));
      last = mine.catch(() => {});
      return mine;
    },
  };
}

async function compileIn(pack: PackToCompile, temporary: string, patienceMs: number): Promise<Compiled> {
  const program = fileURLToPath(packsRoot);
  const folder = await mkdtemp(join(temporary, 'wutong-pack-'));
  try {
    await layOut(program, folder, pack);
    return await runProcess({ program, folder, cityId: pack.cityId, policyId: pack.policyId }, patienceMs);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program's jurisdictions with the city's own versions of their policies in place. */
async function layOut(program: string, folder: string, { cityId, policyId, files, others }: PackToCompile): Promise<void> {
  const cities = join(folder, 'cities');
  const reference = join(program, 'cities', 'reference');
  await cp(join(program, 'cities'), cities, { recursive: true, filter: (from) => from !== reference });
  const home = join(cities, cityId);
  for (const [id, own] of Object.entries({ ...others, [policyId]: files })) await putFiles(join(home, id), own);
  const given = files[cityFile];
  await (given === undefined ? listPolicy(join(home, cityFile), policyId) : writeFile(join(home, cityFile), given));
}

/** Nothing but these files is in the folder. */
async function putFiles(folder: string, files: PackFiles): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    // The interface lets no other name in; a path that leads out of the folder is never written, whoever asks.
    if (!/^[a-z0-9][a-z0-9.-]*\.yaml$/.test(name)) throw new Error(`${name} is no name of a file of a pack`);
    if (name !== cityFile) await writeFile(join(folder, name), text);
  }
}

/** A policy that the jurisdiction's file does not list yet comes last. */
async function listPolicy(path: string, policyId: string): Promise<void> {
  const document = parseDocument(await readFile(path, 'utf8'));
  const listed = document.get('政策');
  if (!isSeq(listed) || listed.items.some((item) => String(item) === policyId)) return;
  listed.add(policyId);
  await writeFile(path, document.toString());
}

/** A process and no thread: whatever happens in it, the server goes on. */
function runProcess(task: CompileTask, patienceMs: number): Promise<Compiled> {
  return new Promise((resolve, reject) => {
    const options = { timeout: patienceMs, killSignal: 'SIGKILL', maxBuffer: MOST_ANSWER_BYTES } as const;
    const child = execFile(process.execPath, [`--max-old-space-size=${MOST_MEGABYTES}`, fileURLToPath(programBeside())], options, (error, answer) => {
      if (error === null) resolve(JSON.parse(answer) as Compiled);
      else if (error.killed === true) reject(new Error(`compiling ${task.policyId} took more than ${patienceMs} ms`));
      else reject(new Error(`the process that compiled ${task.policyId} ended without an answer (${String(error.code ?? error.signal)})`));
    });
    // One that ended before it read is told of above.
    child.stdin?.on('error', () => {});
    child.stdin?.end(JSON.stringify(task));
  });
}
