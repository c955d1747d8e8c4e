// The modules that the build makes of the cities' packs (tools/build-web.ts); data.ts says what is in them.
// The first page imports the headings; the data are many times as large and come by import(), in the language that is read:
// what all jurisdictions share, and one module for each jurisdiction, which the loaders name.
declare module 'wutong:portal-cities' {
  export const portalCities: readonly import('./data.ts').CityHeading[];
  export const cityLoaders: Readonly<Record<'zh' | 'en', Readonly<Record<string, () => Promise<{ readonly portalCity: import('./data.ts').PortalCity }>>>>>;
}
declare module 'wutong:remarks-zh' {
  export const remarks: Readonly<Record<string, string>>;
}
declare module 'wutong:remarks-en' {
  export const remarks: Readonly<Record<string, string>>;
}
declare module 'wutong:portal-data-zh' {
  export const portalData: import('./data.ts').PortalCore;
}
declare module 'wutong:portal-data-en' {
  export const portalData: import('./data.ts').PortalCore;
}
