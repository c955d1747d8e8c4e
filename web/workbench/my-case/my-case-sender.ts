// How the parts of a case's page send what somebody does.

/** Sends a command at the version that was seen, and tells that it was done. */
export type CaseSender = (told: string, send: (etag: string) => Promise<{ readonly etag: string | null }>) => void;
