// Reads an iCalendar object from standard input with a parser that is nobody's of this project (ical.js, for tests only) and prints what a calendar would make of it, as JSON.
import ICAL from "ical.js";

let text = "";
for await (const piece of process.stdin) text += piece;
const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((one) => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid,
    sequence: event.sequence,
    status: one.getFirstPropertyValue("status"),
    summary: event.summary,
    location: event.location,
    description: event.description,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    recurrence: event.recurrenceId ? event.recurrenceId.toJSDate().toISOString() : null,
    attendees: event.attendees.length,
  };
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
