// What other domains may use of permissions: callers, scopes, routes.
export { type Actor, anyone, type Caller, type Capacity } from './caller.ts';
export { cookieName } from './cookie-name.ts';
export { type AuditNote, type Bytes, type Call, type Cookie, isReplyOf, reply, type Route, route, type WriteAudit } from './route.ts';
export { jobScope, jobScopeFor, type Reach, refuseForRelative, type Scope, scopeAlso, scopeFor } from './scope.ts';
export { etagOf, versionOf } from './etag.ts';
