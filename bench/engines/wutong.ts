// Wutong itself, through its public entry: the generated kernel alone, and the whole answer in the contract's form.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  makeEngine,
  MICRO,
  openReference,
  parseDate,
  type CompiledPolicy,
  type Engine as PolicyEngine,
  type FullModule,
  type KernelOutput,
  type Manifest,
  type Policy,
  type PolicyEntry,
  type ReferenceModule,
  type Subject,
  type Vocabulary,
  type VocabularyModule,
} from '../../src/policy/index.ts';
import type { Person } from '../people.ts';
import { projectFolder } from '../setting.ts';
import { NO, prepared, UNKNOWN, YES, type Engine, type Setting, type SixAnswer, type Status } from './engine.ts';

const packs = join(projectFolder, 'dist', 'packs');
const city = 'jilin-city';
const policyId = 'jilin-city-2021';

export interface Opened {
  engine: PolicyEngine;
  /** The benefits for a person, in the order of the kernel's output. */
  benefits: readonly string[];
  vocabulary: Vocabulary;
  /** Loads what explanations need besides. */
  loadWhole(): Promise<Policy>;
}

async function load<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(join(packs, file)).href)) as Module;
}

/** An engine over the compiled pack of 吉林市 2021. */
export async function openWutong({ date, retainedShare }: Setting): Promise<Opened> {
  const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
  const entry = manifest.cities.find(({ id }) => id === city)?.policies.find(({ id }) => id === policyId) as PolicyEntry;
  const [{ compiled }, { vocabularies }, { reference }] = await Promise.all([
    load<{ compiled: CompiledPolicy }>(entry.module),
    load<VocabularyModule>(manifest.vocabulary),
    load<ReferenceModule>(manifest.reference),
  ]);
  const parameters = new Map([['同级留成比例', Math.round(retainedShare * MICRO)]]);
  const engine = makeEngine({ policies: [compiled], vocabularies, reference: openReference(reference), date: parseDate(date)!, parameters });
  return {
    engine,
    benefits: compiled.policy.benefits.filter(({ subject }) => subject === 'person').map(({ id }) => id),
    vocabulary: vocabularies.person,
    loadWhole: async () => (await load<FullModule>(entry.full)).policy,
  };
}

export function bindSubject(engine: PolicyEngine, person: Person): Subject {
  const bound = engine.bindSubject(person);
  if ('problems' in bound) throw new Error(`${person.id}: ${JSON.stringify(bound.problems)}`);
  return bound.subject;
}

/** Codes of the kernel: 1 yes, 2 no, 3 unknown, 4 for a review; the benchmark knows three. */
const statusOf: readonly Status[] = [UNKNOWN, YES, NO, UNKNOWN, UNKNOWN];

const missing = 'the fact is left out; unknown, and what a review alone can settle, count as unknown';

export const wutong: Engine = {
  id: 'wutong',
  title: 'Wutong, kernel',
  missing,
  agreementPeople: Infinity,
  async prepare(setting) {
    const { engine, benefits } = await openWutong(setting);
    const place = (id: string): number => benefits.indexOf(id);
    const [living, home, apartment, highEnd, tax] = [
      place('living-subsidy'),
      place('home-subsidy'),
      place('student-apartment'),
      place('high-end-living'),
      place('income-tax-reward'),
    ] as [number, number, number, number, number];
    const write = ({ status, low, high }: KernelOutput, out: SixAnswer): void => {
      out.living = statusOf[status[living]!]!;
      out.livingLo = low[living]!;
      out.livingHi = high[living]!;
      out.home = statusOf[status[home]!]!;
      out.homeLo = low[home]!;
      out.homeHi = high[home]!;
      out.apartment = statusOf[status[apartment]!]!;
      out.highEnd = statusOf[status[highEnd]!]!;
      out.highEndLo = low[highEnd]!;
      out.highEndHi = high[highEnd]!;
      out.tax = statusOf[status[tax]!]!;
      out.taxLo = low[tax]!;
      out.taxHi = high[tax]!;
      // The kernel answers benefits; the total is added here as the hand-written engines add it. The row below has the engine's own plan.
      out.planFen =
        Math.max(out.living === YES ? out.livingLo : 0, out.highEnd === YES ? out.highEndLo : 0) +
        (out.home === YES ? out.homeLo : 0) +
        (out.tax === YES ? out.taxLo : 0);
    };
    return prepared<Subject>({ bind: (person) => bindSubject(engine, person), evaluate: (subject, out) => write(engine.run(subject)[0]!, out) });
  },
};

export const wutongAnswer: Engine = {
  id: 'wutong-answer',
  title: 'Wutong, whole answer',
  missing,
  agreementPeople: Infinity,
  async prepare(setting) {
    const { engine, benefits } = await openWutong(setting);
    const at = (id: string): number => benefits.indexOf(id);
    const places = [
      ['living', 'livingLo', 'livingHi', at('living-subsidy')],
      ['home', 'homeLo', 'homeHi', at('home-subsidy')],
      ['highEnd', 'highEndLo', 'highEndHi', at('high-end-living')],
      ['tax', 'taxLo', 'taxHi', at('income-tax-reward')],
    ] as const;
    const apartment = at('student-apartment');
    const statusNamed = (status: string): Status => (status === 'yes' ? YES : status === 'no' ? NO : UNKNOWN);
    return prepared<Subject>({
      bind: (person) => bindSubject(engine, person),
      evaluate(subject, out) {
        const answer = engine.answer(subject);
        for (const [status, lo, hi, place] of places) {
          const result = answer.benefits[place]!;
          out[status] = statusNamed(result.status);
          const amount = result.amount;
          out[lo] = amount?.kind === 'exact' ? amount.totalFen : amount?.kind === 'range' ? amount.minFen : 0;
          out[hi] = amount?.kind === 'exact' ? amount.totalFen : amount?.kind === 'range' ? amount.maxFen : 0;
        }
        out.apartment = statusNamed(answer.benefits[apartment]!.status);
        out.planFen = answer.plan.totalFen;
      },
    });
  },
};
