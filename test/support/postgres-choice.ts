// The PostgreSQL servers that tests can have.

/** own: DATABASE_URL or the PostgreSQL that comes with Wutong · debian-15: the oldest version that Wutong promises to run on. */
export type PostgresChoice = (typeof postgresChoices)[number];

/** For tests that hold on every PostgreSQL. */
export const postgresChoices = ['own', 'debian-15'] as const;
