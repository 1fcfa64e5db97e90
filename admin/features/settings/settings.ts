import { useLive } from '../../live/live.ts';

const wanted = <List extends { want(): void }>(list: List): List => {
  list.want();
  return list;
};

/**
 * The settings of the organization. Each is loaded when a page uses it for the first time, and follows
 * everybody's changes from then on.
 */
export function useSettings() {
  const { lists } = useLive();
  return {
    get departments() {
      return wanted(lists.departments);
    },
    get members() {
      return wanted(lists.members);
    },
    get labels() {
      return wanted(lists.labels);
    },
    get canned() {
      return wanted(lists.canned_responses);
    },
    get schedules() {
      return wanted(lists.schedules);
    },
    get invitations() {
      return wanted(lists.invitations);
    },
    get secrets() {
      return wanted(lists.identity_secrets);
    },
    get team() {
      return wanted(lists.team);
    },
    get settings() {
      return wanted(lists.settings);
    },
  };
}
