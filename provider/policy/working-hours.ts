import { DAYS, type WorkingHours } from "./policy";

/** The day of the week and the time of day at a moment, in a time zone. */
function localTime(now: number, timeZone: string): { readonly day: string; readonly time: string } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return { day: part("weekday").toLowerCase(), time: `${part("hour")}:${part("minute")}` };
}

/**
 * Returns why a moment is outside of working hours. Undefined if the moment is within the working hours. The moment
 * `to` is outside.
 */
export function outsideHours({ days, from, to, timeZone }: WorkingHours, now: number): string | undefined {
  const { day, time } = localTime(now, timeZone);
  if (days.some((one) => one === day) && time >= from && time < to) return undefined;
  const names = DAYS.filter((one) => days.includes(one));
  return `it is ${day} ${time} in ${timeZone}, and changes are allowed on ${names.join(", ")} from ${from} to ${to}`;
}

/** Whether a text is the name of a time zone in the IANA database. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
