// The only HTTP of access: ways in, one's own account, agents and family, and the administration of staff.
import type { Route } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { agentRoutes } from './agent-routes.ts';
import { enterRoutes } from './enter-routes.ts';
import { ownRoutes } from './own-routes.ts';
import { staffRoutes } from './staff-routes.ts';

/** Every route of access. */
export function accessRoutes(parts: AccessParts): readonly Route[] {
  return [...enterRoutes(parts), ...ownRoutes(parts), ...agentRoutes(parts), ...staffRoutes(parts)];
}
