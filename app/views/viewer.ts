// Who looks, and with what. A view is a query and plain props; it never changes anything.
import type { Db } from "../data/dialect.server";
import type { Community } from "../data/organisation.server";
import { type Actor, can, type Subject } from "../domain/permission";

export type Viewer = { actor: Actor; community: Community; now: string };
export type View<Params, Props> = (db: Db, viewer: Viewer, params: Params) => Promise<Props>;

export const mayDo = (viewer: Viewer, action: Parameters<typeof can>[1], subject: Subject): boolean => can(viewer.actor, action, subject);

export { fullName } from "../domain/body";
