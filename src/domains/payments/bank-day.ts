// Which days a bank's word can bear: its clock may go ahead of ours by days, and a slip of the year is no such thing.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { dayOf } from '../registry/index.ts';

const AHEAD_DAYS = 31;

/** Whether money cannot have moved on that day yet, `YYYY-MM-DD`: it lies more than a month ahead. */
export function isAhead(on: string, now: Date): boolean {
  return on > dayOf(new Date(now.getTime() + AHEAD_DAYS * 86_400_000));
}

/** Whether money cannot have moved on that day yet, `YYYY-MM-DD`: the bank was given the batch on a later one. */
export function isBeforeSent(on: string, sentAt: Date): boolean {
  return on < dayOf(sentAt);
}

/** @throws Refusal input-invalid where somebody gives a day that lies ahead */
export function refuseAhead(on: string, now: Date): void {
  const detail: ErrorDetail = { field: 'on', zh: '这一天还没有到。', en: 'That day has not come yet.' };
  if (isAhead(on, now)) throw new Refusal('input-invalid', { count: 1 }, [detail]);
}
