// Which days are worked, as the build takes it from cities/reference/calendar.json (tools/build-web.ts).
declare module 'wutong:working-calendar' {
  export const workingCalendar: import('../../../src/policy/index.ts').WorkingCalendar;
}
