// The modules that the build makes of the cities' packs (tools/build-web.ts); data.ts says what is in them.
// The first page imports the headings; the data are many times as large and come by import(), in the language that is read.
declare module 'wutong:portal-cities' {
  export const portalCities: readonly import('./data.ts').CityHeading[];
}
declare module 'wutong:portal-data-zh' {
  export const portalData: import('./data.ts').PortalData;
}
declare module 'wutong:portal-data-en' {
  export const portalData: import('./data.ts').PortalData;
}
