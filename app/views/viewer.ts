// Who looks, and with what. A view is a query and plain props; it never changes anything.
import type { Db } from "../data/dialect.server";
import type { Community } from "../data/organisation.server";
import type { Body } from "../domain/body";
import { type Actor, can, type Subject } from "../domain/permission";
import { isLevel } from "../domain/vocabulary";

export type Viewer = { actor: Actor; community: Community; now: string };
export type View<Params, Props> = (db: Db, viewer: Viewer, params: Params) => Promise<Props>;

export const mayDo = (viewer: Viewer, action: Parameters<typeof can>[1], subject: Subject): boolean => can(viewer.actor, action, subject);

/** A body's name with its estate where two of the same name could be meant. */
export const fullName = (body: Pick<Body, "name" | "estate" | "kind">): string =>
  body.estate && isLevel(body.kind) && body.kind !== "building" ? `${body.estate}${/[a-z]$/i.test(body.estate) ? " " : ""}${body.name}` : body.name;

export const postsIn = (viewer: Viewer, bodyId: string) => viewer.actor.posts.filter((post) => post.bodyId === bodyId);
