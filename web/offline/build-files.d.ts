// The list of files that the build puts into the service worker (tools/build-web.ts).
declare module 'wutong:build-files' {
  /** A name for exactly this build; it changes with any byte of any file. */
  export const version: string;
  /** Addresses of all files of the build, from the root of the site. */
  export const files: readonly string[];
  /** Address of the page that says that there is no such page. */
  export const missing: string;
  /** Address of the page that says that there is no network. */
  export const offline: string;
}
