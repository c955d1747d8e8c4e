// The modules that the build makes of the cities' packs (tools/build-web.ts); data.ts says what is in them.
// The first page imports the headings; the data are many times as large and come by import() when the questions begin.
declare module 'wutong:portal-cities' {
  export const portalCities: readonly import('./data.ts').CityHeading[];
}
declare module 'wutong:portal-data' {
  export const portalData: import('./data.ts').PortalData;
}
