// For how long a paper may be promised: at filing, at acceptance, and on the pages.

/** The last day on which a promised paper may be due, counted from today. */
export const MOST_PROMISED_DAYS = 90;
