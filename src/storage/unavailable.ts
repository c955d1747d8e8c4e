// Why there is no database to work with, in words for the person at the terminal.

/** The message is complete, in both languages, and names no password. */
export class DatabaseUnavailable extends Error {
  /** @param zh what happened and what to do. @param en the same in English. */
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options);
  }
}
