// A community's bodies and people, called by the names the stories use.
import { addBody } from "../../app/commands/body/add";
import type { Command } from "../../app/commands/command";
import { foundCommunity } from "../../app/commands/community/found.server";
import { issueInvitation } from "../../app/commands/invitation/issue";
import { useInvitation } from "../../app/commands/invitation/use";
import { beginMembership } from "../../app/commands/membership/begin";
import { secretToken, tokenHash } from "../../app/data/sessions.server";
import { standardClocks } from "../../app/domain/clock";
import type { DomainEvent } from "../../app/domain/event";
import { holidays } from "../../app/domain/holidays";
import type { Actor } from "../../app/domain/permission";
import { type BodyKind, levelKinds, type Party, type Role, tracks } from "../../app/domain/vocabulary";
import { dayEndsAt, type Teller, the, timeZone } from "./teller";

type Post = readonly [body: string, role: Role, party: Party];

export class House {
  readonly bodies = new Map<string, string>();
  readonly people = new Map<string, { id: string; name: string }>();
  communityId = "";
  private secretary: Actor | null = null;

  constructor(
    readonly teller: Teller,
    readonly name: string,
    private readonly passwordHash: string,
  ) {}

  async found(firstNumber: number): Promise<void> {
    const { teller } = this;
    const clocks = levelKinds.flatMap((kind) => tracks.map((track) => standardClocks(kind, track)));
    const founded = await foundCommunity(
      teller.store,
      {
        name: this.name,
        secretary: teller.say("社区秘书", "Community secretary"),
        locale: teller.locale,
        timeZone,
        dayEndsAt,
        clocks,
        days: holidays,
        firstNumber,
      },
      teller.now,
      teller.newId,
    );
    this.communityId = founded.communityId;
    this.bodies.set("house", founded.bodyId);
    this.people.set("secretary", { id: founded.personId, name: teller.say("社区秘书", "Community secretary") });
    await this.letIn(founded.personId, founded.invitationId, teller.say("社区秘书", "Community secretary"));
    this.secretary = await teller.actor(this.communityId, founded.personId);
  }

  async body(key: string, name: string, kind: BodyKind, upper: string | null, more: object = {}): Promise<void> {
    const events = await this.teller.do(addBody, await this.chief(), { name, kind, escalatesToId: upper === null ? null : this.bodyId(upper), ...more });
    this.bodies.set(key, the(events, "body.added").id);
  }

  /** Somebody with their offices; `joins` false leaves them with a slip nobody has used yet. */
  async person(key: string, name: string, posts: readonly Post[], options: { joins?: boolean; endsOn?: string } = {}): Promise<void> {
    let personId: string | null = null;
    let membershipId = "";
    for (const [body, role, party] of posts) {
      const input = { bodyId: this.bodyId(body), personId, name: personId ? null : name, role, party, startsOn: null, endsOn: options.endsOn ?? null };
      const begun: Extract<DomainEvent, { type: "membership.begun" }> = the(
        await this.teller.do(beginMembership, await this.chief(), input),
        "membership.begun",
      );
      personId = begun.personId;
      membershipId = begun.id;
    }
    const id = personId ?? "";
    this.people.set(key, { id, name });
    const issued = the(await this.teller.do(issueInvitation, await this.chief(), { membershipId, tokenHash: tokenHash(secretToken()) }), "invitation.issued");
    if (options.joins !== false) await this.letIn(id, issued.id, name);
  }

  private async letIn(personId: string, invitationId: string, name: string): Promise<void> {
    await this.teller.do(
      useInvitation,
      { communityId: this.communityId, personId, name, posts: [] },
      { invitationId, passwordHash: this.passwordHash, phone: null },
    );
  }

  private async chief(): Promise<Actor> {
    if (!this.secretary) throw new Error("The community has no secretary yet.");
    return this.secretary;
  }

  bodyId(key: string): string {
    const id = this.bodies.get(key);
    if (!id) throw new Error(`There is no body called ${key}.`);
    return id;
  }
  personId(key: string): string {
    const person = this.people.get(key);
    if (!person) throw new Error(`There is nobody called ${key}.`);
    return person.id;
  }
  nameOf(key: string): string {
    return this.people.get(key)?.name ?? key;
  }

  /** What the person called `who` does. */
  async does<I extends { version?: number | undefined }, S>(who: string, command: Command<I, S>, input: object): Promise<readonly DomainEvent[]> {
    return this.teller.do(command, await this.teller.actor(this.communityId, this.personId(who)), input);
  }
}
