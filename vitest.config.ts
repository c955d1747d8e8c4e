// Which tests there are and how they run.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/postgres-setup.ts'],
    setupFiles: ['test/support/repeatable-chance.ts'],
    // A test that is left focused would silently switch off all others.
    allowOnly: false,
    // Enough for a browser on a busy machine; nothing is judged by its time.
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
});
