import type { Feature } from '../../feature.ts';
import { registerMessageTemplateRoutes } from './routes.ts';

declare module '../audit/actions.ts' {
  interface AuditActions {
    message_template_added: 'message_template';
    message_template_changed: 'message_template';
    message_template_deleted: 'message_template';
  }
}

/** The clinic's own words for messages that people send by WhatsApp. */
export const messageTemplates: Feature = {
  name: 'message-templates',
  tables: ['message_templates'],
  routes: registerMessageTemplateRoutes,
};
