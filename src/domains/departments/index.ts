// What other domains may use of departments and jurisdictions.
export { departmentRoutes } from './departments-routes.ts';
export { type Department, listCodesOf, listDepartments, listJurisdictions } from './departments-store.ts';
export { type CityPlan, type FoundedCity, foundCity } from './found-city.ts';
