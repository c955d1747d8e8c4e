// The six benefits written by hand over typed arrays, two-valued: what a careful programmer would do for a whole population.
import { addYears, dateNumber } from '../calendar.ts'
import {
  BACHELOR, bindSix, CITY, COMPOUND, DEPUTY_SENIOR, FOUNDER_OR_INNOVATOR, KEY_UNIVERSITY, LEADER, MASTER, sixFactNames, TOP_TWO, type SixFacts,
} from '../facts.ts'
import { HIGH_END_FEN, HIGH_PAY_FEN, HOME_FEN, LIVING_FEN, micro, PROGRAMME_START, TAX_CAP_FEN, timesMicro } from '../rules.ts'
import { batch, NO, prepared, YES, type Engine, type SixAnswer } from './engine.ts'

type Column = Int8Array | Int32Array | Float64Array
type FactColumns = { [Name in keyof SixFacts]: Column }

interface Columns {
  count: number
  education: Int8Array
  fullTime: Int8Array
  classes: Int8Array
  graduated: Int32Array
  firstJob: Int8Array
  contractStart: Int32Array
  contractYears: Float64Array
  insured: Int8Array
  inApartment: Int8Array
  boughtOwn: Int8Array
  boughtAt: Int32Array
  homes: Int32Array
  takesSubsidy: Int8Array
  meetsApartmentRules: Int8Array
  title: Int8Array
  licence: Int8Array
  targets: Int8Array
  keyPost: Int8Array
  fieldYears: Float64Array
  hasAward: Int8Array
  payFen: Float64Array
  taxFen: Float64Array
  isEnterprise: Int8Array
  isPrivate: Int8Array
  employerPlace: Int32Array
  aboveSize: Int8Array
  /** Bits of the benefits that are yes. */
  yes: Uint8Array
  livingFen: Int32Array
  homeFen: Int32Array
  highEndFen: Int32Array
  taxPaidFen: Int32Array
  planFen: Int32Array
}

const LIVING = 1
const HOME = 2
const APARTMENT = 4
const HIGH_END = 8
const TAX = 16

function makeColumns(count: number): Columns {
  const bytes = (): Int8Array => new Int8Array(count)
  const ints = (): Int32Array => new Int32Array(count)
  const doubles = (): Float64Array => new Float64Array(count)
  return {
    count, education: bytes(), fullTime: bytes(), classes: bytes(), graduated: ints(), firstJob: bytes(), contractStart: ints(),
    contractYears: doubles(), insured: bytes(), inApartment: bytes(), boughtOwn: bytes(), boughtAt: ints(), homes: ints(),
    takesSubsidy: bytes(), meetsApartmentRules: bytes(), title: bytes(), licence: bytes(), targets: bytes(), keyPost: bytes(),
    fieldYears: doubles(), hasAward: bytes(), payFen: doubles(), taxFen: doubles(), isEnterprise: bytes(), isPrivate: bytes(),
    employerPlace: ints(), aboveSize: bytes(), yes: new Uint8Array(count),
    livingFen: ints(), homeFen: ints(), highEndFen: ints(), taxPaidFen: ints(), planFen: ints(),
  }
}

/** Tier 0 to 4 by education (6 levels) and classes (4 bits), so that the loop looks it up. */
const tierTable = Uint8Array.from({ length: 6 * 16 }, (_, at) => {
  const education = at >> 4
  const classes = at & 15
  if (education >= MASTER) return (classes & KEY_UNIVERSITY) !== 0 ? 0 : 1
  if (education !== BACHELOR) return 4
  if ((classes & TOP_TWO) !== 0) return 1
  return (classes & KEY_UNIVERSITY) !== 0 ? 2 : 3
})
const livingTable = Int32Array.from([...LIVING_FEN, 0])
const homeTable = Int32Array.from([...HOME_FEN, 0])

function evaluateFrom(c: Columns, from: number, to: number, day: number, shareMicro: number): void {
  // Out of the object once, not once a person.
  const {
    education, fullTime, classes, graduated, firstJob, contractStart, contractYears, insured, inApartment, boughtOwn, boughtAt, homes, takesSubsidy,
    meetsApartmentRules, title, licence, targets, keyPost, fieldYears, hasAward, payFen, taxFen, isEnterprise, isPrivate, employerPlace, aboveSize,
    yes, livingFen, homeFen, highEndFen, taxPaidFen, planFen,
  } = c
  for (let i = from; i < to; i++) {
    let mask = 0
    let living = 0
    let home = 0
    let highEnd = 0
    let taxPaid = 0
    // Both halves ask for a long contract with an employer in the city.
    if (contractYears[i]! >= 5 && ((employerPlace[i]! / 100) | 0) === CITY) {
      const degree = education[i]!
      const start = contractStart[i]!
      if ((fullTime[i]! & firstJob[i]! & insured[i]! & isEnterprise[i]! & isPrivate[i]! & aboveSize[i]!) === 1
        && degree >= BACHELOR && start >= PROGRAMME_START && start <= addYears(graduated[i]!, 5)) {
        const tier = tierTable[(degree << 4) | classes[i]!]!
        if (inApartment[i] === 0) {
          mask |= LIVING
          living = livingTable[tier]!
        }
        if (boughtOwn[i] === 1 && ((boughtAt[i]! / 100) | 0) === CITY && addYears(start, 5) <= day) {
          mask |= HOME
          home = homeTable[tier]!
        }
        if (tier === 0 && meetsApartmentRules[i] === 1 && homes[i] === 0 && takesSubsidy[i] === 0) mask |= APARTMENT
      }
      const target = targets[i]!
      if (target !== 0 && (title[i]! >= DEPUTY_SENIOR || licence[i] === 1)
        && ((target & LEADER) !== 0
          || ((target & FOUNDER_OR_INNOVATOR) !== 0 && degree >= MASTER && keyPost[i] === 1)
          || ((target & COMPOUND) !== 0 && fieldYears[i]! >= 3))) {
        if (hasAward[i] === 0) {
          mask |= HIGH_END
          highEnd = HIGH_END_FEN
        }
        if (isEnterprise[i] === 1 && payFen[i]! >= HIGH_PAY_FEN) {
          mask |= TAX
          taxPaid = Math.min(timesMicro(taxFen[i]!, shareMicro), TAX_CAP_FEN)
        }
      }
    }
    yes[i] = mask
    livingFen[i] = living
    homeFen[i] = home
    highEndFen[i] = highEnd
    taxPaidFen[i] = taxPaid
    planFen[i] = Math.max(living, highEnd) + home + taxPaid
  }
}

function write(columns: Columns, index: number, facts: SixFacts): void {
  const into: FactColumns = columns
  for (const name of sixFactNames) into[name][index] = facts[name]
}

function read(c: Columns, i: number, out: SixAnswer): void {
  const yes = c.yes[i]!
  out.living = (yes & LIVING) !== 0 ? YES : NO
  out.livingLo = out.livingHi = c.livingFen[i]!
  out.home = (yes & HOME) !== 0 ? YES : NO
  out.homeLo = out.homeHi = c.homeFen[i]!
  out.apartment = (yes & APARTMENT) !== 0 ? YES : NO
  out.highEnd = (yes & HIGH_END) !== 0 ? YES : NO
  out.highEndLo = out.highEndHi = c.highEndFen[i]!
  out.tax = (yes & TAX) !== 0 ? YES : NO
  out.taxLo = out.taxHi = c.taxPaidFen[i]!
  out.planFen = c.planFen[i]!
}

export const handColumns: Engine = {
  id: 'hand-columns',
  title: 'hand-written JS, columns',
  agreementPeople: Infinity,
  prepare({ date, retainedShare }) {
    const day = dateNumber(date)
    const shareMicro = micro(retainedShare)
    const one = makeColumns(1)
    return prepared<SixFacts>({
      bind: bindSix,
      evaluate(person, out) {
        write(one, 0, person)
        evaluateFrom(one, 0, 1, day, shareMicro)
        read(one, 0, out)
      },
      batch: batch<Columns>({
        bind(people) {
          const columns = makeColumns(people.length)
          people.forEach((person, index) => write(columns, index, bindSix(person)))
          return columns
        },
        evaluate: (columns) => evaluateFrom(columns, 0, columns.count, day, shareMicro),
        read,
      }),
    })
  },
}
