import { z } from "zod";
import { loadInvitation } from "../../data/organisation.server";
import { setCredentials } from "../../data/sessions.server";
import { checkInvitation } from "../../domain/body";
import type { DomainEvent } from "../../domain/event";
import { id } from "../../domain/input";
import { accept, type Outcome, refuse } from "../../domain/refusal";
import { command } from "../command";

/** Join by a slip: set one's password and, if wanted, a phone to sign in with. */
export const useInvitation = command({
  action: "invitation.use",
  input: z.object({
    invitationId: id,
    passwordHash: z.string().startsWith("$argon2id$"),
    phone: z
      .string()
      .regex(/^\+?\d{5,15}$/, { error: "phone.malformed" })
      .nullable(),
    version: z.undefined().optional(),
  }),
  async load(tx, { invitationId }, { actor }) {
    const invitation = await loadInvitation(tx, actor.communityId, invitationId);
    return invitation ? accept({ invitation }) : refuse("invitation.unknown", {});
  },
  subject: ({ invitation }) => ({ communityId: invitation.communityId, bodies: {}, people: { self: [invitation.personId] } }),
  decide({ invitation }, _input, { now }): Outcome<DomainEvent[]> {
    const open = checkInvitation(invitation, now);
    if (!open.ok) return open;
    return accept([
      { type: "invitation.used", id: invitation.id, personId: invitation.personId },
      { type: "person.joined", id: invitation.personId },
    ]);
  },
  async beside(tx, { invitation }, { passwordHash, phone }) {
    const free = await setCredentials(tx, invitation.communityId, invitation.personId, { passwordHash, phone });
    return free ? undefined : refuse("person.phoneTaken", {}, "phone");
  },
});
