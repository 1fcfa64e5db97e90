import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { Actions } from '../actions.ts';
import { PropertyRows } from './PropertyRows.tsx';
import { createProperties } from './properties.ts';

/** The properties of the open conversation, in the customer's panel. */
export function PanelProperties(props: { head: ConversationSummary; actions: Actions }) {
  const properties = createProperties(() => props.head, props.actions);
  return <PropertyRows properties={properties} />;
}
