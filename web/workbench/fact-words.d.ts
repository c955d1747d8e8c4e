// How facts and their values are called in English, as the vocabulary has it (tools/build-web.ts).
declare module 'wutong:fact-words' {
  export const factWords: Readonly<Record<string, { readonly en: string; readonly values: Readonly<Record<string, string>> }>>;
}

// In what figures are counted, as vocabulary and questions have it; what is a plain number is not among them.
declare module 'wutong:fact-units' {
  export const factUnits: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
}
