/**
 * Who of an organization is there.
 *
 * 1. An agent without an open tab is offline, and in neither list.
 * 2. An agent who chose to be away is away on all of their devices, until they choose to be online.
 * 3. Any other agent is online while one of their tabs is in use, and away while all of them are idle. A tab
 *    that never said whether it is idle is in use: dashboards of earlier versions do not say it.
 */

export type Person = { id: string; name: string };

/** Everybody who is not offline, by their ids, so that the same people are always the same lists. */
export type Presence = { online: Person[]; away: Person[] };

export type Tab = Person & { idle?: boolean | undefined };

/**
 * @param tabs the open tabs of all agents
 * @param hasChosenAway whether the agent with this id chose to be away
 */
export function presenceOf(tabs: Iterable<Tab>, hasChosenAway: (id: string) => boolean): Presence {
  const people = new Map<string, { name: string; isInUse: boolean }>();
  for (const { id, name, idle } of tabs) {
    const person = people.get(id) ?? { name, isInUse: false };
    people.set(id, { ...person, isInUse: person.isInUse || !idle });
  }
  const presence: Presence = { online: [], away: [] };
  for (const [id, { name, isInUse }] of [...people].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const list = isInUse && !hasChosenAway(id) ? presence.online : presence.away;
    list.push({ id, name });
  }
  return presence;
}
