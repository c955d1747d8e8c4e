// How facts and their values are called in English, as the vocabulary has it (tools/build-web.ts).
declare module 'wutong:fact-words' {
  export const factWords: Readonly<Record<string, { readonly en: string; readonly values: Readonly<Record<string, string>> }>>;
}
