// What a slip says to whoever holds it, before anybody is signed in.
import type { Db } from "../data/dialect.server";
import { invitationByToken, loadBody, loadCommunity, loadPerson, membershipsOf } from "../data/organisation.server";
import { tokenHash } from "../data/sessions.server";
import { checkInvitation } from "../domain/body";
import type { Refusal } from "../domain/refusal";
import type { Role } from "../domain/vocabulary";
import { fullName } from "./viewer";

export type SlipPage =
  | { open: true; communityId: string; invitationId: string; personId: string; name: string; community: string; body: string; role: Role }
  | { open: false; refusal: Refusal };

const unknown: SlipPage = { open: false, refusal: { code: "invitation.unknown", params: {} } };

export async function slipPage(db: Db, token: string, now: string): Promise<SlipPage> {
  const invitation = token.length === 43 ? await invitationByToken(db, tokenHash(token)) : null;
  if (!invitation) return unknown;
  const checked = checkInvitation(invitation, now);
  if (!checked.ok) return { open: false, refusal: checked.refusal };
  const { communityId, personId, bodyId, id: invitationId } = invitation;
  const person = await loadPerson(db, communityId, personId);
  const body = await loadBody(db, communityId, bodyId);
  const community = await loadCommunity(db, communityId);
  if (!person || !body || !community) return unknown;
  const role = (await membershipsOf(db, communityId, { personId })).find((m) => m.bodyId === bodyId && m.endedAt === null)?.role ?? "resident";
  return { open: true, communityId, invitationId, personId, name: person.name, community: community.name, body: fullName(body), role };
}
