// Which days a bank's word can bear: none that has not come, but for the next one, under which banks book what they do at night.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { dayOf } from '../registry/index.ts';

const AHEAD_DAYS = 1;

/** Whether money cannot have moved on that day yet, `YYYY-MM-DD`: it lies ahead, and is not the next one either. */
export function isAhead(on: string, now: Date): boolean {
  return on > dayOf(new Date(now.getTime() + AHEAD_DAYS * 86_400_000));
}

/** Whether money cannot have moved on that day yet, `YYYY-MM-DD`: the bank was given the batch on a later one. */
export function isBeforeSent(on: string, sentAt: Date): boolean {
  return on < dayOf(sentAt);
}

/** @throws Refusal input-invalid where somebody types a day that lies ahead: a person's clock is the city's, so not even by one */
export function refuseAhead(on: string, now: Date): void {
  if (on > dayOf(now)) refuseDay('这一天还没有到。', 'That day has not come yet.');
}

/** @throws Refusal input-invalid where somebody types a day before the one on which the bank was given the batch */
export function refuseBeforeSent(on: string, sentAt: Date): void {
  const sentOn = dayOf(sentAt);
  if (isBeforeSent(on, sentAt)) refuseDay(`这一天早于这一批交银行的那天（${sentOn}）。请照银行回单改对日期。`, `That day is before this batch was handed to the bank (${sentOn}). Put it right by the bank's slip.`);
}

/** @throws Refusal input-invalid where somebody types a day on which the bank had not paid yet what it is said to have given back */
export function refuseBeforePaid(on: string, settledOn: string | null): void {
  if (settledOn !== null && on < settledOn) refuseDay(`这一天早于付出去的那天（${settledOn}）。请照银行回单改对日期。`, `That day is before the payment was made (${settledOn}). Put it right by the bank's slip.`);
}

/** @throws Refusal input-invalid where money is said to have come in before it was demanded: a slip, or what was paid for something else */
export function refuseBeforeDemanded(on: string, demandedAt: Date | null): void {
  const demandedOn = demandedAt === null ? null : dayOf(demandedAt);
  if (demandedOn !== null && on < demandedOn) {
    refuseDay(`这一天早于要求归还的那天（${demandedOn}）。请照银行回单改对日期；要求归还以前就到账的，写要求归还的那天。`, `That day is before the money was demanded back (${demandedOn}). Put it right by the bank's slip; for what came in before the demand, give the day of the demand.`);
  }
}

function refuseDay(zh: string, en: string): never {
  const detail: ErrorDetail = { field: 'on', zh, en };
  throw new Refusal('input-invalid', { count: 1 }, [detail]);
}
