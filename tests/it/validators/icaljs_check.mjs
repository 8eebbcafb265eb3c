// Reads calendars with ical.js: "OK" or a fault for each file, then its events with their times as seconds since 1970,
// read through the file's own VTIMEZONE. The first argument is the file of the library.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, ...paths] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(library).href);

// Times on a date alone, and times in UTC, need no zone.
const seconds = (time) => (time.isDate ? Date.UTC(time.year, time.month - 1, time.day) / 1000 : time.toUnixTime());

for (const path of paths) {
  ICAL.TimezoneService.reset();
  try {
    const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
    const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
    zones.forEach((zone) => ICAL.TimezoneService.register(zone));
    const events = calendar.getAllSubcomponents("vevent").map((component) => {
      for (const name of ["uid", "dtstamp", "dtstart", "sequence", "status"]) {
        const found = component.getAllProperties(name);
        if (found.length !== 1) {
          throw new Error(`${found.length} ${name}`);
        }
        const zone = found[0].getParameter("tzid");
        if (zone && !ICAL.TimezoneService.has(zone)) {
          throw new Error(`no VTIMEZONE for ${zone}`);
        }
      }
      const event = new ICAL.Event(component);
      return `EVENT ${event.uid} ${seconds(event.startDate)} ${seconds(event.endDate)}`;
    });
    console.log(["OK", ...events].join("\n"));
  } catch (error) {
    console.log(`FAULT ${String(error).replaceAll("\n", " ")}`);
  }
}
