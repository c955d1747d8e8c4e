// A mistake in how the program was called: told in one message, exit status 2, never a stack trace.

/** Carries the words for the person; they are already in the language asked for. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
