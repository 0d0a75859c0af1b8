// Every page there is, with somebody who may see it full: for screenshots, sizes and accessibility.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

export type Listed = {
  name: string;
  path: string;
  /** Whose eyes: a person's name in the cast, or a stranger. */
  as: string | null;
  /** The one page that loads the editor. */
  editor?: boolean;
  /** What the server answers with when it is not 200. */
  status?: number;
};

type Cast = { people: { locale: string; name: string; personId: string; communityId: string }[] };
export const castOf = (dir: string): Cast => JSON.parse(readFileSync(join(dir, "sign-ins.json"), "utf8")) as Cast;

export const roles = {
  "zh-CN": {
    head: "7号楼楼栋长",
    resident: "7栋301住户",
    chair: "党支部书记",
    recorder: "居委会委员",
    director: "居委会主任",
    leader: "挂钩领导",
    engineer: "水务局工程师",
    officer: "住建局科员",
    manager: "物业经理",
    head3: "3号楼楼栋长",
    secretary: "社区秘书",
    declined: "9栋202住户",
    quiet: "7号楼1单元梯代表",
    neighbour: "7栋602住户",
  },
  en: {
    head: "Building 7 head",
    resident: "Resident of 7-301",
    chair: "Party branch secretary",
    recorder: "Residents’ committee member",
    director: "Residents’ committee director",
    leader: "Linked city leader",
    engineer: "Water bureau engineer",
    officer: "Housing bureau officer",
    manager: "Property manager",
    head3: "Building 3 head",
    secretary: "Community secretary",
    declined: "Resident of 9-202",
    quiet: "Building 7 stairwell 1 rep",
    neighbour: "Resident of 7-602",
  },
} as const;

/** The pages of one language's story, found in its database. */
export function pagesOf(dir: string, locale: "zh-CN" | "en"): Listed[] {
  const who = roles[locale];
  const communityId = castOf(dir).people.find((p) => p.locale === locale && p.name === who.head)?.communityId ?? "";
  const db = new Database(join(dir, "yishi.db"), { readonly: true });
  const some = (sql: string): string | null => {
    const found: unknown = db
      .prepare(sql.replaceAll("$c", `'${communityId}'`))
      .pluck()
      .get();
    return found === undefined || found === null ? null : String(found);
  };
  // A page that is not there would be looked at as one that was not found, and pass.
  const one = (sql: string): string => {
    const found = some(sql);
    if (found === null) throw new Error(`The ${locale} story has none of these: ${sql}`);
    return found;
  };
  const body = (kind: string) => one(`SELECT id FROM Body WHERE communityId = $c AND kind = '${kind}' LIMIT 1`);
  const council = body("council");
  const [year, lastMonth] = [new Date().getFullYear(), new Date(Date.now() - 32 * 86_400_000).toISOString().slice(0, 7)];
  const joint = body("jointMeeting");
  const building = one(`SELECT id FROM Body WHERE communityId = $c AND name IN ('7号楼', 'Building 7')`);
  const coming = one("SELECT id FROM Meeting WHERE communityId = $c AND status IN ('called', 'inSession')");
  const closed = one(`SELECT id FROM Meeting WHERE communityId = $c AND status = 'closed' AND bodyId = '${joint}' ORDER BY startsAt DESC`);
  const sitting = some("SELECT id FROM Meeting WHERE communityId = $c AND status = 'inSession'");
  const item = some(`SELECT id FROM AgendaItem WHERE communityId = $c AND meetingId = '${sitting}' LIMIT 1`);
  const decision = one(`SELECT id FROM Decision WHERE communityId = $c AND meetingId = '${closed}' LIMIT 1`);
  // A task, and somebody of the cast who works where it lies.
  const names = Object.values(who).map((name) => `'${name.replaceAll("'", "''")}'`);
  const work = `Task t JOIN Membership m ON m.communityId = t.communityId AND m.endedAt IS NULL AND m.role IN ('head', 'chair', 'member', 'staff', 'recorder')
    AND (t.assigneeKind = 'body' AND m.bodyId = t.assigneeId OR t.assigneeKind = 'person' AND m.personId = t.assigneeId)
    JOIN Person p ON p.communityId = m.communityId AND p.id = m.personId AND p.name IN (${names.join(", ")})`;
  const accepted = one(`SELECT t.id FROM ${work} WHERE t.communityId = $c AND t.status = 'accepted' ORDER BY t.assignedAt DESC LIMIT 1`);
  const worker = one(`SELECT p.name FROM ${work} WHERE t.communityId = $c AND t.id = '${accepted}' LIMIT 1`);
  const issue = (where: string) => one(`SELECT number FROM Issue WHERE communityId = $c AND ${where} ORDER BY raisedAt DESC LIMIT 1`);
  const membership = (joined: boolean) =>
    one(
      `SELECT m.id FROM Membership m JOIN Person p ON p.communityId = m.communityId AND p.id = m.personId WHERE m.communityId = $c AND p.passwordHash IS ${joined ? "NOT" : ""} NULL LIMIT 1 OFFSET ${joined ? 5 : 0}`,
    );
  const water = issue("number LIKE '%-0147'");
  const inBuilding7 = issue(`status = 'open' AND holderId = '${building}' AND dueAt < strftime('%Y-%m-%dT%H:%M:%SZ', 'now')`);
  const remittable = one(
    `SELECT number FROM Issue i WHERE communityId = $c AND status = 'open' AND holderId = '${council}' AND raisedInId <> '${council}' AND NOT EXISTS (SELECT 1 FROM AgendaItem a JOIN Meeting m ON m.id = a.meetingId WHERE a.issueId = i.id AND m.status IN ('called', 'inSession')) LIMIT 1`,
  );
  const fresh = one(
    `SELECT i.number FROM Issue i JOIN Stay s ON s.communityId = i.communityId AND s.issueId = i.id WHERE i.communityId = $c AND i.holderId = '${building}' AND i.status = 'open' AND s.acceptedAt IS NULL LIMIT 1`,
  );
  const waiting = issue(`status = 'waiting' AND holderId = '${building}'`);
  const answered = issue(`status = 'answered' AND answerKind = 'settled' AND holderId = '${building}'`);
  const declined = issue("status = 'answered' AND answerKind = 'declined'");
  const merged = issue("status = 'merged'");
  const shared = one(
    `SELECT i.number FROM Issue i JOIN Support s ON s.communityId = i.communityId AND s.issueId = i.id JOIN Person p ON p.communityId = s.communityId AND p.id = s.personId WHERE i.communityId = $c AND i.status = 'answered' AND p.name = '${who.neighbour}' LIMIT 1`,
  );
  const given = (status: string) =>
    one(`SELECT id FROM Task WHERE communityId = $c AND status = '${status}' AND bodyId = '${joint}' ORDER BY assignedAt DESC LIMIT 1`);
  const [handedIn, verified] = [given("handedIn"), given("verified")];
  const worked = (where: string) => one(`SELECT id FROM Task WHERE communityId = $c AND ${where} ORDER BY assignedAt LIMIT 1`);
  const [stepped, returning, asking, series, confirmed] = [
    worked("steps <> '[]' AND extension IS NULL"),
    worked("sentBack IS NOT NULL"),
    worked("extension IS NOT NULL"),
    worked("repeatAt IS NOT NULL"),
    worked("confirmed <> '[]'"),
  ];
  const leaving = one(
    "SELECT m.id FROM Membership m JOIN Task t ON t.assigneeKind = 'person' AND t.assigneeId = m.personId AND t.deskId = m.bodyId WHERE m.communityId = $c LIMIT 1",
  );
  const [joined, invited] = [membership(true), membership(false)];
  const paper = (where: string) => one(`SELECT id FROM Paper WHERE communityId = $c AND ${where} ORDER BY frozenAt LIMIT 1`);
  const [unsigned, adopted, issued] = [
    paper("kind = 'minutes' AND status = 'frozen'"),
    paper("kind = 'minutes' AND status = 'adopted'"),
    paper("kind = 'summary' AND status = 'adopted'"),
  ];
  const owed = one(`SELECT id FROM Acknowledgement WHERE communityId = $c AND bodyId = '${council}' AND givenAt IS NULL LIMIT 1`);
  const ordered = one("SELECT id FROM SupervisionOrder WHERE communityId = $c AND answeredAt IS NULL AND withdrawnAt IS NULL LIMIT 1");
  const climbed = one(
    "SELECT i.number FROM Stay s JOIN Issue i ON i.communityId = s.communityId AND i.id = s.issueId WHERE s.communityId = $c AND s.ending = 'overdue' LIMIT 1",
  );
  const project = (where: string) => one(`SELECT id FROM Project WHERE communityId = $c AND ${where} ORDER BY spent DESC LIMIT 1`);
  const [ahead, changed, stopped] = [
    project(`issueId IN (SELECT id FROM Issue WHERE number = '${water}')`),
    project("changes <> '[]'"),
    project("status = 'stopped'"),
  ];
  db.close();
  const pages: Listed[] = [
    { name: "home", path: "/", as: who.head },
    { name: "home-empty", path: "/", as: who.quiet },
    { name: "home-chair", path: "/", as: who.chair },
    { name: "sign-in", path: "/sign-in", as: null },
    { name: "demo", path: `/demo?story=${locale}`, as: null },
    { name: "join-closed", path: "/join/nothing", as: null, status: 410 },
    { name: "account", path: "/account", as: who.head },
    { name: "account-word", path: "/account/word", as: who.chair },
    { name: "account-word-few", path: "/account/word?few", as: who.resident },
    { name: "word", path: "/word", as: who.head },
    { name: "letter-broken", path: "/letter/nothing", as: null, status: 404 },
    { name: "account-calendar", path: "/account/calendar", as: who.chair },
    { name: "raise-1", path: "/raise", as: who.resident },
    { name: "issues", path: "/issues", as: who.head },
    { name: "issues-closed", path: "/issues?show=closed", as: who.head },
    { name: "issues-none", path: "/issues?q=%E7%94%B5%E6%A2%AF", as: who.head },
    { name: "issue-water", path: `/issues/${water}`, as: who.head },
    { name: "issue-late", path: `/issues/${inBuilding7}`, as: who.head },
    { name: "issue-fresh", path: `/issues/${fresh}`, as: who.head },
    { name: "issue-declined", path: `/issues/${declined}`, as: who.declined },
    { name: "issue-merged", path: `/issues/${merged}`, as: who.head },
    { name: "issue-answered", path: `/issues/${answered}`, as: who.resident },
    ...["note", "question", "settlement", "declining", "escalation", "merger", "classification"].map((verb) => ({
      name: `issue-${verb}`,
      path: `/issues/${inBuilding7}/${verb}`,
      as: who.head as string,
    })),
    { name: "issue-acceptance", path: `/issues/${fresh}/acceptance`, as: who.head },
    { name: "issue-support", path: `/issues/${inBuilding7}/support`, as: who.chair },
    { name: "issue-reply", path: `/issues/${waiting}/reply`, as: who.resident },
    { name: "issue-feedback", path: `/issues/${answered}/feedback`, as: who.resident },
    { name: "issue-rating", path: `/issues/${shared}/rating`, as: who.neighbour },
    { name: "issue-appeal", path: `/issues/${declined}/appeal`, as: who.declined },
    { name: "issue-remission", path: `/issues/${remittable}/remission`, as: who.chair },
    { name: "act-not-now", path: `/issues/${water}/settlement`, as: who.resident, status: 403 },
    { name: "issue-climbed", path: `/issues/${climbed}`, as: who.chair },
    { name: "issue-extension", path: `/issues/${climbed}/extension`, as: who.chair },
    { name: "issue-order", path: `/issues/${water}/order`, as: who.leader },
    { name: "order-answer", path: `/orders/${ordered}`, as: who.chair },
    { name: "order-withdrawal", path: `/orders/${ordered}/withdrawal`, as: who.leader },
    { name: "acknowledgement", path: `/acknowledgements/${owed}`, as: who.chair },
    { name: "acknowledgement-not-mine", path: `/acknowledgements/${owed}`, as: who.quiet, status: 403 },
    { name: "clocks", path: "/setup/clocks", as: who.secretary },
    { name: "days", path: "/setup/days", as: who.secretary },
    { name: "dashboard", path: "/dashboard", as: who.chair },
    { name: "dashboard-year", path: `/dashboard?period=${year}`, as: who.leader },
    { name: "dashboard-own", path: "/dashboard", as: who.head },
    { name: "dashboard-unread", path: "/dashboard?period=yesterday", as: who.chair },
    { name: "dashboard-none", path: "/dashboard", as: who.resident, status: 404 },
    { name: "figures", path: `/dashboard/list?of=response&side=yes&period=${year}`, as: who.chair },
    { name: "figures-red", path: "/dashboard/list?of=red", as: who.director },
    { name: "figures-unread", path: "/dashboard/list?of=everything", as: who.chair },
    { name: "report", path: `/reports/${lastMonth}`, as: who.chair },
    { name: "report-own", path: `/reports/${lastMonth}?body=${building}`, as: who.head },
    { name: "bodies", path: "/bodies", as: who.head },
    { name: "docket", path: `/bodies/${council}`, as: who.chair },
    { name: "building", path: `/bodies/${building}`, as: who.head },
    { name: "robots", path: `/bodies/${council}/robots`, as: who.chair },
    { name: "cadence", path: `/bodies/${council}/cadence`, as: who.chair },
    { name: "cadence-not-mine", path: `/bodies/${council}/cadence`, as: who.head, status: 403 },
    { name: "meeting-call-joint", path: `/bodies/${joint}/meeting`, as: who.director },
    { name: "meeting-call", path: `/bodies/${council}/meeting`, as: who.chair },
    { name: "meetings", path: "/meetings", as: who.head },
    { name: "procedures", path: "/procedures", as: who.head },
    { name: "meeting-terms", path: `/meetings/${coming}/terms`, as: who.chair },
    { name: "issue-course", path: `/issues/${remittable}/course`, as: who.chair },
    { name: "meeting-coming", path: `/meetings/${coming}`, as: who.chair },
    { name: "meeting-closed", path: `/meetings/${closed}`, as: who.head },
    { name: "room-closed", path: `/meetings/${closed}/room`, as: who.head },
    { name: "screen-closed", path: `/meetings/${closed}/screen`, as: who.head },
    { name: "minutes-closed", path: `/meetings/${closed}/minutes`, as: who.head },
    { name: "paper-unsigned", path: `/papers/${unsigned}`, as: who.recorder },
    { name: "paper-signature", path: `/papers/${unsigned}/signature`, as: who.recorder },
    { name: "paper-return", path: `/papers/${unsigned}/return`, as: who.recorder },
    { name: "paper-adopted", path: `/papers/${adopted}`, as: who.recorder },
    { name: "paper-addendum", path: `/papers/${adopted}/addendum`, as: who.recorder },
    { name: "paper-summary-form", path: `/papers/${adopted}/summary`, as: who.recorder },
    { name: "paper-issued", path: `/papers/${issued}`, as: who.head },
    { name: "minutes-history", path: `/meetings/${closed}/minutes/history`, as: who.leader },
    { name: "minutes-moment", path: `/meetings/${closed}/minutes/history?at=${Date.now()}`, as: who.leader },
    { name: "minutes-compared", path: `/meetings/${closed}/minutes/history?from=0&to=now`, as: who.leader },
    { name: "handouts", path: `/meetings/${coming}/handouts`, as: who.chair },
    { name: "handouts-closed", path: `/meetings/${closed}/handouts`, as: who.head },
    { name: "tasks", path: "/tasks", as: who.officer },
    { name: "tasks-given", path: "/tasks?show=given", as: who.director },
    { name: "task-open", path: `/tasks/${accepted}`, as: worker },
    { name: "task-handed-in", path: `/tasks/${handedIn}`, as: who.head },
    { name: "task-verified", path: `/tasks/${verified}`, as: who.leader },
    { name: "task-verification", path: `/tasks/${handedIn}/verification`, as: who.head },
    { name: "task-return", path: `/tasks/${handedIn}/return`, as: who.head },
    { name: "task-progress", path: `/tasks/${accepted}/progress`, as: worker },
    { name: "task-evidence", path: `/tasks/${accepted}/evidence`, as: worker },
    { name: "tasks-body", path: "/tasks?show=body", as: who.manager },
    { name: "tasks-board", path: "/tasks?show=given&view=board", as: who.director },
    { name: "tasks-calendar", path: "/tasks?show=given&view=calendar", as: who.director },
    { name: "tasks-narrowed", path: "/tasks?show=given&light=soon", as: who.director },
    { name: "task-steps-ticked", path: `/tasks/${stepped}`, as: who.manager },
    ...["steps", "photos", "documents", "sending-back", "handover", "extension", "evidence", "progress"].map((verb) => ({
      name: `task-work-${verb}`,
      path: `/tasks/${stepped}/${verb}`,
      as: who.manager as string,
    })),
    { name: "task-support", path: `/tasks/${stepped}/support`, as: who.chair },
    { name: "task-reassignment", path: `/tasks/${stepped}/reassignment`, as: who.chair },
    { name: "task-returning", path: `/tasks/${returning}`, as: who.chair },
    { name: "task-ruling", path: `/tasks/${returning}/ruling`, as: who.chair },
    { name: "task-asking", path: `/tasks/${asking}`, as: who.leader },
    { name: "task-extension-ruling", path: `/tasks/${asking}/extension-ruling`, as: who.leader },
    { name: "task-series", path: `/tasks/${series}`, as: who.manager },
    { name: "task-repeat-end", path: `/tasks/${series}/repeat-end`, as: who.leader },
    { name: "task-confirmed", path: `/tasks/${confirmed}`, as: who.head3 },
    { name: "task-reopening", path: `/tasks/${confirmed}/reopening`, as: who.head3 },
    { name: "task-confirmation", path: `/tasks/${confirmed}/confirmation`, as: who.head3, status: 403 },
    { name: "setup-member-end-tasks", path: `/setup/members/${leaving}/end`, as: who.secretary },
    { name: "decision-task", path: `/decisions/${decision}/task`, as: who.leader },
    { name: "projects", path: "/projects", as: who.leader },
    { name: "projects-ended", path: "/projects?ended", as: who.leader },
    { name: "project-ahead", path: `/projects/${ahead}`, as: who.head },
    { name: "project-changed", path: `/projects/${changed}`, as: who.leader },
    { name: "project-stopped", path: `/projects/${stopped}`, as: who.leader },
    { name: "project-open", path: `/decisions/${decision}/project`, as: who.leader },
    { name: "project-plan", path: `/projects/${changed}/plan`, as: who.leader },
    { name: "project-money", path: `/projects/${ahead}/money`, as: who.engineer },
    { name: "project-report", path: `/projects/${ahead}/report`, as: who.engineer },
    { name: "project-stop", path: `/projects/${ahead}/stop`, as: who.leader },
    { name: "project-finish-not-now", path: `/projects/${ahead}/finish`, as: who.engineer, status: 403 },
    { name: "wall", path: "/wall", as: who.leader },
    { name: "wall-year", path: "/wall?range=year", as: who.leader },
    { name: "wall-table", path: "/wall?as=table", as: who.leader },
    { name: "wall-none", path: "/wall?from=1999-01", as: who.leader },
    { name: "setup", path: `/setup?body=${council}`, as: who.secretary },
    { name: "setup-body", path: `/setup/bodies/${council}`, as: who.secretary },
    { name: "setup-body-new", path: "/setup/bodies/new", as: who.secretary },
    { name: "setup-body-end", path: `/setup/bodies/${building}/end`, as: who.secretary },
    { name: "setup-member-new", path: `/setup/bodies/${building}/members/new`, as: who.secretary },
    { name: "setup-member", path: `/setup/members/${joined}`, as: who.secretary },
    { name: "setup-member-end", path: `/setup/members/${joined}/end`, as: who.secretary },
    { name: "setup-slip", path: `/setup/members/${invited}/slip`, as: who.secretary },
    { name: "setup-word", path: "/setup/word", as: who.secretary },
    { name: "setup-follow-up", path: "/setup/follow-up", as: who.secretary },
    { name: "setup-procedure", path: "/setup/procedures/threeLevel", as: who.secretary },
    { name: "setup-procedure-copy", path: "/setup/procedures/threeLevel?copy", as: who.secretary },
    { name: "not-found", path: "/nowhere", as: who.head, status: 404 },
    { name: "forbidden", path: "/setup", as: who.head, status: 403 },
    { name: "refused", path: "/refused?code=crossSite", as: who.head, status: 403 },
  ];
  const inSession: Listed[] = [
    { name: "meeting-sitting", path: `/meetings/${sitting}`, as: who.head },
    { name: "room-chair", path: `/meetings/${sitting}/room`, as: who.chair },
    { name: "room-seat", path: `/meetings/${sitting}/room`, as: who.head },
    { name: "screen", path: `/meetings/${sitting}/screen`, as: who.head },
    { name: "table", path: `/meetings/${sitting}/table`, as: who.chair },
    { name: "check-in", path: `/meetings/${sitting}/check-in?code=0`, as: who.director },
    { name: "minutes-live", path: `/meetings/${sitting}/minutes`, as: who.recorder, editor: true },
    { name: "attendance", path: `/meetings/${sitting}/attendance`, as: who.chair },
    { name: "closing", path: `/meetings/${sitting}/closing`, as: who.chair },
    { name: "decision-new", path: `/meetings/${sitting}/items/${item}/decision`, as: who.recorder },
  ];
  const all = sitting === null ? pages : [...pages, ...inSession];
  // Whoever cannot come in would be shown the door, and the door looked at instead.
  const cast = new Set(
    castOf(dir)
      .people.filter((p) => p.locale === locale)
      .map((p) => p.name),
  );
  const outsider = all.find(({ as }) => as !== null && !cast.has(as));
  if (outsider) throw new Error(`Nobody in the ${locale} cast is called ${outsider.as}, for the page ${outsider.name}.`);
  return all;
}

/** Opens the council's coming meeting through its pages, so that there are live minutes to look at. */
export async function openComing(url: string, dir: string, locale: "zh-CN" | "en"): Promise<void> {
  const chair = castOf(dir).people.find((p) => p.locale === locale && p.name === roles[locale].chair);
  const post = async (path: string, fields: Record<string, string>, cookie = "") =>
    fetch(`${url}${path}`, { method: "POST", redirect: "manual", headers: { Origin: url, Cookie: cookie }, body: new URLSearchParams(fields) });
  const entered = await post("/demo", { person: chair?.personId ?? "" });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  const db = new Database(join(dir, "yishi.db"));
  const meeting = String(db.prepare("SELECT id FROM Meeting WHERE communityId = ? AND status = 'called'").pluck().get(chair?.communityId));
  const seats = db.prepare("SELECT personId FROM Attendance WHERE communityId = ? AND meetingId = ?").pluck().all(chair?.communityId, meeting) as string[];
  // Its hour has come: a meeting people were given notice of opens no earlier.
  db.prepare("UPDATE Meeting SET startsAt = ? WHERE communityId = ? AND id = ?").run(new Date().toISOString(), chair?.communityId, meeting);
  db.close();
  for (const [n, personId] of seats.entries()) await post(`/meetings/${meeting}/attendance`, { personId, presence: n < 10 ? "present" : "excused" }, cookie);
  const opened = await post(`/meetings/${meeting}/opening`, {}, cookie);
  if (opened.status !== 303) throw new Error(`The coming meeting did not open: ${opened.status}`);
}
