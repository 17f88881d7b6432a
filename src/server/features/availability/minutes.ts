const minutesOfDay = 1440;

const timesOfDay = Array.from({ length: minutesOfDay }, (_, minute) => {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60];
  return `T${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:00.000Z`;
});

const dates = new Map<number, string>();

/** A minute since 1970 as RFC 3339. A list of free times has thousands; Date would take most of the time of its answer. */
export function writeMinute(minute: number): string {
  const day = Math.floor(minute / minutesOfDay);
  let date = dates.get(day);
  if (date === undefined) {
    if (dates.size > 1000) dates.clear();
    date = new Date(day * minutesOfDay * 60_000).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  return `${date}${timesOfDay[minute - day * minutesOfDay] ?? ''}`;
}
