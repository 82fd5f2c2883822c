/** A place where tickets are scanned: the conference's door, or a workshop's. */
export interface Place {
  ref: string;
  title: string;
  room: string | null;
  times: string | null;
}

export interface Holder {
  personId: string;
  name: string;
  agency: string | null;
  /** The ticket's code, without the lines between. */
  ticket: string;
  /** References of their workshops, in the order of time. */
  workshops: string[];
}

/** Who may come through a door, as the server gives it (GET /api/v1/registers/{ref}/door). */
export interface DoorList {
  session: string;
  title: string;
  places: Place[];
  people: Holder[];
}

/** A ticket's code, however it was scanned or typed; null for what is none. */
export function codeOf(text: string): string | null {
  const bare = text.replace(/[^0-9a-z]/gi, "").toUpperCase();
  return /^[0-9A-F]{32}$/.test(bare) ? bare : null;
}

export const holderOf = (list: DoorList, code: string): Holder | null => list.people.find(person => person.ticket === code) ?? null;

export const placesOf = (list: DoorList, person: Holder): Place[] => person.workshops.flatMap(ref => list.places.find(place => place.ref === ref) ?? []);

/** Where somebody belongs at the time of this door: in a sentence for who stands there. */
export function whereTo(list: DoorList, person: Holder): string {
  const times = list.places.find(place => place.ref === list.session)?.times ?? null;
  const place = placesOf(list, person).find(one => one.times === times);
  return place ? `Their workshop then is ${place.title}${place.room ? `, ${place.room}` : ""}.` : "They have no workshop then.";
}
