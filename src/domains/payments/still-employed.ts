// With whom somebody is, by what several sources say of it: what the employer or the payee says alone may cast doubt, and never dispels it. Pure.

/** What one source says of a period of work. Dates are `YYYY-MM-DD`, the end is the last day. */
export interface SaidOfWork {
  /** The organisation as it stands now: the one that it was merged into, if it was. */
  readonly organisationId: string;
  readonly startedOn: string;
  readonly endedOn: string | null;
  /** A from the issuer, B checked at a counter, C uploaded, D told by those who profit from it. */
  readonly trustClass: 'A' | 'B' | 'C' | 'D';
  readonly recordedAt: Date;
  readonly supersededAt: Date | null;
}

/**
 * The organisations that somebody is with on a day; undefined where nothing is on record.
 *
 * What is proved (A to C) counts unless a better source, or as good a one later, says that this very employment is over: one that began
 * before it ended is the same, whatever day it is said to have begun on. Nor does it count once the employer or the payee, later than that,
 * says that it ended. What is told (D) counts where nobody better has spoken of that organisation, none has the person elsewhere, and nobody
 * has told that it ended.
 */
export function employersOn(said: readonly SaidOfWork[], on: string): readonly string[] | undefined {
  const standing = said.filter(({ supersededAt }) => supersededAt === null);
  if (standing.length === 0) return undefined;
  const isOver = ({ endedOn }: SaidOfWork): boolean => endedOn !== null && endedOn < on;
  const isRunning = (one: SaidOfWork): boolean => one.startedOn <= on && !isOver(one);
  const ends = (other: SaidOfWork, one: SaidOfWork): boolean => other.organisationId === one.organisationId && isOver(other) && one.startedOn <= (other.endedOn ?? '');
  // Of two at the same moment the one that casts doubt counts.
  const isLater = (other: SaidOfWork, one: SaidOfWork): boolean => other.recordedAt.getTime() >= one.recordedAt.getTime();
  const proved = standing.filter(({ trustClass }) => trustClass !== 'D');
  // Told, and taken back by those who told it: told all the same, until a better source says otherwise.
  const told = said.filter(({ trustClass }) => trustClass === 'D');
  const believed = proved.filter((one) => {
    const isEnded = proved.some((other) => ends(other, one) && (other.trustClass < one.trustClass || (other.trustClass === one.trustClass && isLater(other, one))));
    return isRunning(one) && !isEnded && !told.some((other) => ends(other, one) && isLater(other, one));
  });
  if (believed.length > 0) return [...new Set(believed.map(({ organisationId }) => organisationId))];
  const spokenOf = new Set([...proved, ...told.filter(isOver)].map(({ organisationId }) => organisationId));
  const taken = standing.filter((one) => one.trustClass === 'D' && isRunning(one) && !spokenOf.has(one.organisationId));
  return [...new Set(taken.map(({ organisationId }) => organisationId))];
}
