// Lets a demonstration's year pass, day by day, with progress; the last day ends with the accounts that the page shows.
import { addDays, daysBetween, instantOf, weekdayOf } from '../../demo/days.ts';
import { planYear } from '../../demo/plan-year.ts';
import { escalateCases } from '../../domains/cases/index.ts';
import { makeDeliveryRound } from '../../domains/messages/index.ts';
import { jobScope } from '../../domains/permissions/index.ts';
import { followDays } from '../../domains/registry/index.ts';
import type { Parts } from '../api/parts.ts';
import { openDemoCases } from './demo-cases.ts';
import { type DemoClock, openDesk } from './demo-desk.ts';
import type { DemoAccount, DemoSize } from './demo-marks.ts';
import { openDemoMoney } from './demo-money.ts';
import { openParties } from './demo-people.ts';
import { openStaff } from './demo-staff.ts';
import { openDemoWatch } from './demo-watch.ts';

/** What was made. */
export interface FilledYear {
  readonly people: number;
  readonly employers: number;
  readonly cases: number;
  readonly accounts: readonly DemoAccount[];
}

/** Every so many days, counted back from the last: lists are published, and what is due is paid. */
const MONTH_DAYS = 28;
const PUBLISH_BEFORE_END = 3;
/** Of the last so many days the internship allowance is granted and not published yet. */
const STAYS_UNPUBLISHED = 84;
const PAY_BEFORE_END = 2;
/** Whoever is shown enters often enough that the account does not count as forgotten. */
const ENTER_EVERY = 120;

/** Fills the city; `parts` follow the clock. `onProgress`: per cent of the year that passed. */
export async function fillYear(parts: Parts, clock: DemoClock, tenantId: number, size: DemoSize, onProgress: (perCent: number, day: string) => Promise<void>): Promise<FilledYear> {
  const plan = planYear({ seed: size.seed, people: size.people, endOn: size.lastOn });
  const { startOn, endOn } = plan;
  clock.set(instantOf(startOn, '09:00'));
  const desk = await openDesk(parts, tenantId, clock);
  try {
    const staff = await openStaff(desk);
    const parties = openParties(desk, staff, plan);
    const cases = openDemoCases(staff, parties, plan);
    const money = openDemoMoney(desk, staff, parties, cases, plan);
    const watch = openDemoWatch(desk, staff, parties, cases);
    const deliver = makeDeliveryRound({ db: parts.db, protector: parts.protector, sms: parts.messages.sms.port, now: () => clock.now(), random: () => 0.5 });
    const shownPerson = plan.filings.findLast(({ by, fate }) => by === 'person' && fate === 'grant')?.person ?? plan.filings.find(({ by }) => by === 'person')?.person;
    const shownEmployer = plan.employers.find(({ listOn }) => listOn !== null)?.index;

    await money.openYears(yearsOf(startOn, endOn));
    const days = daysBetween(startOn, endOn);
    for (let at = 0; at <= days; at++) {
      const day = addDays(startOn, at);
      const left = days - at;
      clock.set(instantOf(day, '09:30'));
      if (at % ENTER_EVERY === ENTER_EVERY - 1 || left === 1) {
        if (shownPerson !== undefined) await parties.account(shownPerson).then(() => parties.enterAgain(shownPerson));
        if (shownEmployer !== undefined) await parties.agent(shownEmployer).then(() => parties.agentAgain(shownEmployer));
      }
      const filed = plan.filings.filter(({ on }) => on === day);
      for (const employer of new Set(filed.filter(({ by }) => by === 'list').map(({ person }) => plan.people[person]?.employer ?? 0))) {
        await cases.fileList(employer, filed.filter(({ by, person }) => by === 'list' && plan.people[person]?.employer === employer));
      }
      for (const filing of filed) if (filing.by !== 'list') await cases.file(filing);

      clock.set(instantOf(day, '14:00'));
      if (weekdayOf(day) <= 5) await cases.workDay(day);
      clock.set(instantOf(day, '16:00'));
      if (left > PUBLISH_BEFORE_END && weekdayOf(day) === 2) await watch.answerObjections();
      if (left % MONTH_DAYS === PUBLISH_BEFORE_END && at > 20) await watch.publish(left < STAYS_UNPUBLISHED);
      if (left % MONTH_DAYS === PAY_BEFORE_END && at > 40) {
        await money.openAccounts();
        await money.pay(day, left === PAY_BEFORE_END);
      }
      if (left % MONTH_DAYS === PAY_BEFORE_END - 1) await money.bookResults(day);
      if (left === 150) await watch.inspect();
      if (left === 100) await money.askBack(day);
      if (left === 90) await watch.report(true);
      if (left === 1) await watch.report(false);
      if (left === 1 && shownEmployer !== undefined) await parties.sendUnconfirmed(shownEmployer);
      if (left === 6) await watch.draftPolicy();

      clock.set(instantOf(day, '19:30'));
      await watch.follow();
      if (left % 7 === 0) {
        await escalateCases(parts.db, parts.cases.tools, tenantId, clock.now());
        while (await deliver([tenantId]));
        await onProgress((100 * at) / days, day);
      }
    }
    // Those who never filed are known all the same.
    for (const { index } of plan.people) await parties.person(index);
    clock.set(instantOf(endOn, '20:00'));
    await followDays(parts.db, jobScope(tenantId, 'demo', 'search.follow'), parts.registry, clock.now());
    const accounts = [...(await staff.enterAll())];
    if (shownPerson !== undefined) {
      const { accountId } = await parties.account(shownPerson);
      const { name, number, phone } = plan.people[shownPerson] ?? { name: '', number: '', phone: '' };
      accounts.push({ accountId, kind: 'person', shown: { login: null, password: null, secret: null, phone, name, identityNumber: number } });
    }
    if (shownEmployer !== undefined) {
      const { accountId } = await parties.agent(shownEmployer);
      const agent = plan.employers[shownEmployer]?.agent ?? { name: '', number: '', phone: '' };
      accounts.push({ accountId, kind: 'agent', shown: { login: null, password: null, secret: null, phone: agent.phone, name: agent.name, identityNumber: agent.number } });
    }
    return { people: plan.people.length, employers: plan.employers.length, cases: cases.all.length, accounts };
  } finally {
    await desk.close();
  }
}

function yearsOf(startOn: string, endOn: string): readonly number[] {
  const [from, to] = [Number(startOn.slice(0, 4)), Number(endOn.slice(0, 4))];
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
