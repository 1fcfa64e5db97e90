import { z } from 'zod';
import { visitorConversationItem } from '../conversation/visitor-conversation.ts';
import { widgetCustomer } from '../resources/customer.ts';
import { openDepartment } from '../resources/department.ts';
import { widgetSettings } from './widget-settings.ts';

export const widgetSession = z.object({
  sessionToken: z.string(),
  visitorToken: z.string(),
  visitor_id: z.string(),
  departments: z.array(openDepartment),
  /** Where every department is hidden while it is closed: when the first opens, in the visitor's language. */
  closed: z.string().nullable(),
  settings: widgetSettings,
  /** What the visitor has said of themselves; null before their first conversation. */
  customer: widgetCustomer.pick({ full_name: true, email: true, phone: true }).nullable(),
  open_conversation: visitorConversationItem.nullable(),
  /** What became of the identity that the page gave; null when it gave none. */
  identity: z.enum(['verified', 'expired', 'invalid']).nullable(),
});
export type WidgetSession = z.infer<typeof widgetSession>;
