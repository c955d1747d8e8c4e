// The menu of each language, as the build makes it (tools/build-manual.ts), and the documents around it for the server.
declare module 'wutong:menu-index-zh' {
  export const menuIndex: import('../../src/manual/index.ts').MenuIndex;
}
declare module 'wutong:menu-index-en' {
  export const menuIndex: import('../../src/manual/index.ts').MenuIndex;
}
declare module 'wutong:menu-shells' {
  /** The document of the menu before and after what stands in #app. */
  export const menuShells: Readonly<Record<'zh' | 'en', readonly [before: string, after: string]>>;
}
