import type { Db } from "../../data/dialect.server";
import { holdsOpenIssues, loadBodies } from "../../data/organisation.server";
import { communitySubject } from "../../data/subjects.server";
import type { Body } from "../../domain/body";
import type { Subject } from "../../domain/permission";

export type HouseState = { bodies: Map<string, Body>; holdsOpen: boolean; subject: Subject };

/** The tree of bodies, and whether the one concerned still holds issues. */
export async function loadHouse(tx: Db, communityId: string, bodyId: string | null): Promise<HouseState> {
  return {
    bodies: await loadBodies(tx, communityId),
    holdsOpen: bodyId !== null && (await holdsOpenIssues(tx, communityId, bodyId)),
    subject: await communitySubject(tx, communityId),
  };
}
