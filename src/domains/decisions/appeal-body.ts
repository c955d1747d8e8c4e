// To whom an appeal against a department goes: the people's government of its own level (行政复议法第二十四条); a zone has none of its own.

/** Zones are parts of a city with an administration, and no government that hears appeals. */
const zoneName = /(开发|高新|经开|新|示范|园|合作|保税)区$/;
/** Codes of statistics for zones: the last two digits from 71 to 79, which no county has. */
const zoneCode = /7[1-9]$/;

/** @param jurisdiction where the department belongs; @param city where an appeal against a zone's department goes */
export function appealBody({ code, name }: { readonly code: string; readonly name: string }, city: string): string {
  const isZone = zoneCode.test(code) || zoneName.test(name);
  return `${/[市区县旗]$/.test(name) && !isZone ? name : city}人民政府`;
}
