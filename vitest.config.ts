// Which tests there are and how they run.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-setup.ts'],
    // A test that is left focused would silently switch off all others.
    allowOnly: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
