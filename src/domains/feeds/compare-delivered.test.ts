// The rule by which a delivered value is recorded, says nothing new, or disagrees with what is held.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FactStatement, knownFacts } from '../registry/index.ts';
import { compareDelivered, type DeliveredValue } from './compare-delivered.ts';

const ours = 'department-of-the-feed';
const theirs = 'another-department';
let count = 0;

function said(facts: Readonly<Record<string, unknown>>, more: Partial<FactStatement> = {}): FactStatement {
  count++;
  return {
    statementId: `s${String(count).padStart(6, '0')}`,
    partyId: 'p',
    origin: '共享',
    trustClass: 'A',
    departmentId: theirs,
    evidenceId: null,
    deliveryId: null,
    purpose: 'eligibility',
    asOf: '2026-01-01',
    validFrom: null,
    validTo: null,
    recordedAt: new Date(count),
    recordedBy: 'test',
    corrects: null,
    facts,
    recognised: null,
    ...more,
  };
}
const delivered = (value: unknown, more: Partial<DeliveredValue> = {}): DeliveredValue => ({ fact: '学历', value, departmentId: ours, asOf: '2026-06-30', validFrom: null, validTo: null, ...more });
const verdict = (statements: readonly FactStatement[], value: DeliveredValue): string => compareDelivered(statements, value).kind;

test('nothing is held of the fact: it is recorded', () => {
  expect(verdict([], delivered('本科'))).toBe('record');
  expect(verdict([said({ 全日制: true })], delivered('本科'))).toBe('record');
});

test('another department with another value, trusted as much: they disagree, and the held one is named', () => {
  const held = said({ 学历: '硕士研究生' });
  expect(compareDelivered([held], delivered('本科'))).toEqual({ kind: 'disagrees', held, heldValue: '硕士研究生' });
});

test('a decision of a review and an issued paper of class A disagree too; papers of class B, C and what was told give way', () => {
  expect(verdict([said({ 学历: '硕士研究生' }, { origin: '认定', departmentId: ours })], delivered('本科'))).toBe('disagrees');
  expect(verdict([said({ 学历: '硕士研究生' }, { origin: '材料', departmentId: null })], delivered('本科'))).toBe('disagrees');
  for (const trustClass of ['B', 'C', 'D'] as const) expect(verdict([said({ 学历: '硕士研究生' }, { origin: '材料', trustClass })], delivered('本科'))).toBe('record');
});

test('the same value from another department is word from a second source; from the same one for the same day it is nothing new', () => {
  expect(verdict([said({ 学历: '本科' })], delivered('本科'))).toBe('record');
  expect(verdict([said({ 学历: '本科' }, { departmentId: ours, asOf: '2026-06-30' })], delivered('本科'))).toBe('unchanged');
  expect(verdict([said({ 学历: '本科' }, { departmentId: ours, asOf: '2026-07-31' })], delivered('本科'))).toBe('unchanged');
  // A later day confirms it.
  expect(verdict([said({ 学历: '本科' }, { departmentId: ours, asOf: '2026-05-31' })], delivered('本科'))).toBe('record');
  // What is held ends sooner than what is delivered.
  expect(verdict([said({ 学历: '本科' }, { departmentId: ours, asOf: '2026-06-30', validTo: '2026-12-31' })], delivered('本科'))).toBe('record');
});

test('a department may change its mind: its own earlier value is no contradiction', () => {
  expect(verdict([said({ 学历: '专科' }, { departmentId: ours, asOf: '2025-06-30' })], delivered('本科'))).toBe('record');
  expect(verdict([said({ 学历: '专科' }, { departmentId: ours, asOf: '2026-07-31' })], delivered('本科'))).toBe('record');
});

test('two values of one department for one day: nobody can tell which is right, so a person looks', () => {
  const held = said({ 学历: '专科' }, { departmentId: ours, asOf: '2026-06-30' });
  expect(compareDelivered([held], delivered('本科'))).toEqual({ kind: 'disagrees', held, heldValue: '专科' });
  // Of other times, or put right since, it is none.
  expect(verdict([said({ 学历: '专科' }, { departmentId: ours, asOf: '2026-06-30', validTo: '2023-12-31' })], delivered('本科', { validFrom: '2024-01-01' }))).toBe('record');
  expect(verdict([held, said({ 学历: '本科' }, { departmentId: ours, asOf: '2026-06-30', corrects: held.statementId })], delivered('本科'))).toBe('unchanged');
});

test('values of times that do not meet do not contradict each other', () => {
  const before = said({ 学历: '专科' }, { validFrom: '2020-01-01', validTo: '2023-12-31' });
  expect(verdict([before], delivered('本科', { validFrom: '2024-01-01' }))).toBe('record');
  expect(verdict([before], delivered('本科', { validFrom: '2023-12-31' }))).toBe('disagrees');
  expect(verdict([before], delivered('本科', { validTo: '2019-12-31' }))).toBe('record');
  expect(verdict([before], delivered('本科'))).toBe('disagrees');
});

test('what was corrected contradicts nothing any more; the correction does', () => {
  const wrong = said({ 学历: '硕士研究生', 全日制: true });
  const right = said({ 学历: '本科' }, { corrects: wrong.statementId });
  expect(verdict([wrong, right], delivered('本科'))).toBe('record');
  expect(verdict([wrong, right], delivered('硕士研究生'))).toBe('disagrees');
  // Only the fact that was corrected.
  expect(verdict([wrong, right], delivered(false, { fact: '全日制' }))).toBe('disagrees');
  const takenBack = said({ 学历: null }, { corrects: right.statementId });
  expect(verdict([wrong, right, takenBack], delivered('专科'))).toBe('record');
});

test('a university counts by its recognised name, a set in any order', () => {
  expect(verdict([said({ 毕业院校: '吉大' }, { recognised: { 毕业院校: '吉林大学' } })], delivered('吉林大学', { fact: '毕业院校' }))).toBe('record');
  expect(verdict([said({ 亲属常驻地: ['220202', '220203'] })], delivered(['220203', '220202'], { fact: '亲属常驻地' }))).toBe('record');
  expect(verdict([said({ 亲属常驻地: ['220202'] })], delivered(['220203'], { fact: '亲属常驻地' }))).toBe('disagrees');
});

test('whatever is held, recording what may be recorded never changes what another source of class A says for the day', () => {
  const value = fc.constantFrom('专科', '本科', '硕士研究生');
  const day = fc.constantFrom('2024-01-01', '2025-06-30', '2026-06-30');
  const bound = fc.option(day);
  const statement = fc.record({ value, asOf: day, validFrom: bound, validTo: bound, departmentId: fc.constantFrom(ours, theirs), trustClass: fc.constantFrom('A', 'B', 'D') });
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 5 }), value, day, (held, given, asOf) => {
      const statements = held
        .filter(({ validFrom, validTo }) => validFrom === null || validTo === null || validFrom <= validTo)
        .map(({ value: heldValue, ...more }) => said({ 学历: heldValue }, more));
      const now = new Date(10 ** 9);
      const before = knownFacts(statements, { on: asOf, knownAt: now }).get('学历');
      const result = compareDelivered(statements, delivered(given, { asOf }));
      const after = result.kind === 'record' ? [...statements, said({ 学历: given }, { departmentId: ours, asOf })] : statements;
      const served = knownFacts(after, { on: asOf, knownAt: now }).get('学历');
      const isOthers = before?.statement.trustClass === 'A' && before.statement.departmentId === theirs;
      expect(isOthers ? served?.value : 'free').toEqual(isOthers ? before.value : 'free');
    }),
    { numRuns: 2000 },
  );
});
