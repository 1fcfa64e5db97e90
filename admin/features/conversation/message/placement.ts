import type { Message } from '../../../../protocol/conversation/message.ts';
import { daysApart } from '../../../lib/relative-time.ts';

/** Milliseconds of silence after which the same sender's next message starts a new group. */
const GROUP = 5 * 60_000;

type Placed = Pick<Message, 'kind' | 'sender' | 'sent_at'>;

/** The place of a message among its neighbours. */
export type Placement = {
  /** The first of its day: the date is shown above it. */
  startsDay: boolean;
  /** The first of its group: the sender's name is shown above it. */
  startsGroup: boolean;
  /** The last of its group: the time is shown below it. */
  endsGroup: boolean;
};

function together(earlier: Placed | undefined, later: Placed | undefined): boolean {
  if (!earlier || !later || earlier.kind === 'event' || earlier.kind !== later.kind) return false;
  if (earlier.sender.kind !== later.sender.kind || earlier.sender.id !== later.sender.id) {
    return false;
  }
  const [from, to] = [new Date(earlier.sent_at), new Date(later.sent_at)];
  return to.getTime() - from.getTime() < GROUP && daysApart(from, to) === 0;
}

/** The placement of `message` between the previous and the next one, if any. */
export function placementOf(
  previous: Placed | undefined,
  message: Placed,
  next: Placed | undefined,
): Placement {
  const startsDay =
    !previous || daysApart(new Date(previous.sent_at), new Date(message.sent_at)) !== 0;
  return {
    startsDay,
    startsGroup: !together(previous, message),
    endsGroup: !together(message, next),
  };
}
