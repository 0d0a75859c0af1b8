import type { ColumnType } from "kysely";
export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export type Acknowledgement = {
    communityId: string;
    id: string;
    issueId: string;
    bodyId: string;
    fromId: string;
    /**
     * answer, decision, passedOn, overdue
     */
    cause: string;
    /**
     * The event it comes from.
     */
    causeSeq: number;
    owedAt: string;
    dueAt: string;
    text: string;
    givenBy: string | null;
    givenAt: string | null;
    /**
     * The answer it is about was refused.
     */
    withdrawnAt: string | null;
    version: number;
};
export type AgendaItem = {
    communityId: string;
    meetingId: string;
    id: string;
    position: number;
    issueId: string;
    minutes: number;
    addedAt: Generated<string>;
    /**
     * How many meetings put it off before this one.
     */
    carried: Generated<number>;
    /**
     * JSON array of person ids.
     */
    recused: Generated<string>;
    unfinished: Generated<number>;
};
export type Attachment = {
    communityId: string;
    id: string;
    /**
     * draft, issue, task, minutes, project (a report of one)
     */
    ownerKind: string;
    ownerId: string;
    position: number;
    width: number;
    height: number;
    bytes: number;
    digest: string;
    uploadedBy: string;
    uploadedAt: string;
};
export type Attendance = {
    communityId: string;
    meetingId: string;
    personId: string;
    position: number;
    party: string;
    role: string;
    votes: number;
    reply: string;
    presence: string;
    proxyTo: string | null;
    arrivedAt: string | null;
    leftAt: string | null;
};
export type AuditEvent = {
    seq: Generated<number>;
    communityId: string;
    subject: string;
    subjectId: string;
    version: number;
    type: string;
    actorId: string;
    at: string;
    data: string;
    issueId: string | null;
    meetingId: string | null;
    requestId: string | null;
    previous: string;
    hash: string;
};
export type AuditWords = {
    communityId: string;
    seq: number;
    field: string;
    salt: string;
    /**
     * Null once erased: the digest in the chain stays.
     */
    text: string | null;
};
export type Body = {
    communityId: string;
    id: string;
    kind: string;
    party: string | null;
    name: string;
    estate: string | null;
    escalatesToId: string | null;
    stairwells: number;
    households: number;
    /**
     * The quorum rule: present ≥ numerator/denominator of those who vote, and each listed party has somebody there.
     */
    quorumNumerator: number;
    quorumDenominator: number;
    /**
     * JSON array of party codes.
     */
    quorumParties: string;
    /**
     * JSON: when it meets as a rule (app/domain/cadence.ts). Null: as needed.
     */
    cadence: string | null;
    endedAt: string | null;
    version: number;
};
export type CalendarDay = {
    communityId: string;
    day: string;
    working: number;
};
export type Channel = {
    communityId: string;
    id: string;
    kind: string;
    personId: string | null;
    bodyId: string | null;
    /**
     * JSON, a secret: never in the log, never shown again. Empty once closed.
     */
    address: string;
    openedBy: string;
    openedAt: string;
    confirmedAt: string | null;
    closedAt: string | null;
    version: number;
};
export type ClockLimits = {
    communityId: string;
    extensions: number;
    extensionDays: number;
    extensionHours: number;
    meetingDays: number;
    acknowledgeDays: number;
    taskExtensions: Generated<number>;
    taskMendDays: Generated<number>;
    orderDays: Generated<number>;
};
export type ClockRule = {
    communityId: string;
    bodyKind: string;
    track: string;
    /**
     * Empty: every category without a rule of its own.
     */
    category: Generated<string>;
    respondAmount: number;
    respondUnit: string;
    settleAmount: number;
    settleUnit: string;
};
export type Community = {
    id: string;
    name: string;
    locale: string;
    timeZone: string;
    /**
     * Local time at which a working day ends: deadlines in working days fall on it.
     */
    dayEndsAt: string;
    createdAt: string;
    version: number;
};
export type CommunityKey = {
    communityId: string;
    publicKey: string;
    privateKey: string;
    createdAt: string;
};
export type Counter = {
    communityId: string;
    name: string;
    value: number;
};
export type Course = {
    communityId: string;
    id: string;
    issueId: string;
    /**
     * JSON: the whole procedure as it was when the way began.
     */
    procedure: string;
    status: string;
    /**
     * JSON array: stages passed, when, by which decision.
     */
    passed: string;
    /**
     * JSON: what is posted now, from when until when; or null.
     */
    posted: string;
    begunBy: string;
    begunAt: string;
    endedAt: string | null;
    reason: string;
    version: number;
};
export type Decision = {
    communityId: string;
    id: string;
    meetingId: string;
    itemId: string;
    issueId: string;
    bodyId: string;
    text: string;
    method: string;
    outcome: string;
    /**
     * JSON: party → [for, against, abstained]
     */
    counts: string;
    voteId: string | null;
    ratifyBy: string | null;
    ratifiedById: string | null;
    overturned: Generated<number>;
    recordedBy: string;
    recordedAt: string;
    version: number;
};
export type Draft = {
    communityId: string;
    personId: string;
    kind: string;
    /**
     * JSON of the form's fields.
     */
    fields: string;
    updatedAt: string;
};
export type Feed = {
    communityId: string;
    id: string;
    tokenHash: string;
    personId: string;
    bodyId: string | null;
    openedAt: string;
    revokedAt: string | null;
    version: number;
};
export type FollowUpRule = {
    communityId: string;
    askDays: number;
    changeDays: number;
    version: number;
};
export type Invitation = {
    communityId: string;
    id: string;
    tokenHash: string;
    bodyId: string;
    personId: string;
    createdBy: string;
    createdAt: string;
    expiresAt: string;
    usedAt: string | null;
    revokedAt: string | null;
    version: number;
};
export type Issue = {
    communityId: string;
    id: string;
    number: string;
    title: string;
    what: string;
    category: string;
    track: string;
    visibility: string;
    buildingId: string | null;
    stairwell: number | null;
    place: string;
    raisedBy: string;
    raisedAt: string;
    raisedInId: string;
    status: string;
    holderId: string;
    question: string | null;
    pausedAt: string | null;
    doingSince: string | null;
    answerKind: string | null;
    answerText: string | null;
    answeredById: string | null;
    answeredAt: string | null;
    solved: number | null;
    content: string | null;
    remark: string | null;
    whyNot: string | null;
    mergedIntoId: string | null;
    closedAt: string | null;
    /**
     * Derived from the running stay, so that lists can be sorted by urgency.
     */
    dueAt: string | null;
    households: number;
    version: number;
};
export type Letter = {
    communityId: string;
    id: string;
    channelId: string;
    status: string;
    tries: number;
    nextAt: string;
    firstAt: string | null;
    lastAt: string | null;
    fault: string;
    detail: string;
    sentAt: string | null;
    createdAt: string;
};
export type Meeting = {
    communityId: string;
    id: string;
    bodyId: string;
    position: number;
    startsAt: string;
    endsAt: string;
    place: string;
    status: string;
    calledBy: string;
    openedAt: string | null;
    closedAt: string | null;
    closedBy: string | null;
    reason: string;
    /**
     * JSON: the procedure's rules as they were when it was called.
     */
    terms: Generated<string>;
    /**
     * JSON: what the body itself asked for when it was called.
     */
    quorum: Generated<string>;
    /**
     * What came on the agenda before this instant was noticed in time.
     */
    noticeBy: Generated<string>;
    /**
     * Why what is not urgent in itself could not wait for a regular meeting, a line each time it was said.
     */
    urgency: string | null;
    /**
     * JSON: the item it is at, the speaker, the hands, the turns.
     */
    floor: Generated<string>;
    /**
     * JSON array: papers and photos handed in, whose files lie under DATA_DIR/files.
     */
    handouts: Generated<string>;
    version: number;
};
export type Membership = {
    communityId: string;
    id: string;
    bodyId: string;
    personId: string;
    role: string;
    party: string;
    startsOn: string;
    endsOn: string | null;
    endedAt: string | null;
    version: number;
};
export type Paper = {
    communityId: string;
    id: string;
    meetingId: string;
    bodyId: string;
    kind: string;
    /**
     * The minutes an addendum or a summary belongs to.
     */
    toId: string | null;
    /**
     * Of a summary: which of the body's in its year.
     */
    year: number | null;
    number: number | null;
    /**
     * How often it was frozen.
     */
    round: number;
    status: string;
    fingerprint: string;
    /**
     * JSON array of person ids.
     */
    signers: string;
    /**
     * JSON array of person ids.
     */
    signed: string;
    frozenBy: string;
    frozenAt: string;
    adoptedAt: string | null;
    reason: string;
    version: number;
};
export type PaperFile = {
    communityId: string;
    paperId: string;
    round: number;
    file: string;
};
export type PaperSignature = {
    communityId: string;
    paperId: string;
    round: number;
    position: number;
    personId: string;
    at: string;
    statement: string;
    signature: string;
    /**
     * JSON: the name as it was typed or drawn.
     */
    mark: string;
};
export type Person = {
    communityId: string;
    id: string;
    name: string;
    phone: string | null;
    passwordHash: string | null;
    createdAt: string;
    removedAt: string | null;
    version: number;
};
export type Procedure = {
    communityId: string;
    code: string;
    version: number;
    data: string;
};
export type Project = {
    communityId: string;
    id: string;
    decisionId: string;
    issueId: string;
    bodyId: string;
    name: string;
    responsibleId: string;
    personId: string | null;
    /**
     * JSON: days, budget, sources and milestones, as they are planned now and as they were first promised.
     */
    plan: string;
    baseline: string;
    /**
     * JSON: every change of the plan with its reason.
     */
    changes: string;
    /**
     * JSON: fen by source.
     */
    received: string;
    /**
     * JSON: milestone → percent, begun on, finished on.
     */
    progress: string;
    percent: number;
    spent: number;
    status: string;
    openedBy: string;
    openedAt: string;
    openedOn: string;
    endedOn: string | null;
    endedBy: string | null;
    said: string;
    verifiedBy: string | null;
    verifiedAt: string | null;
    returnedFor: string;
    /**
     * Since when nobody works in the body that carries it out, once that was found.
     */
    unheldAt: string | null;
    version: number;
};
export type ProjectReport = {
    communityId: string;
    id: string;
    projectId: string;
    position: number;
    day: string;
    share: number;
    spent: number;
    /**
     * JSON: milestone → percent
     */
    percents: string;
    photos: number;
    text: string;
    by: string;
    at: string;
};
export type Rating = {
    communityId: string;
    issueId: string;
    /**
     * Of the stay that ended with the answer.
     */
    position: number;
    personId: string;
    bodyId: string;
    raiser: number;
    solved: number;
    content: string | null;
    why: string | null;
    remark: string;
    at: string;
};
export type ServerSecret = {
    name: string;
    value: string;
    createdAt: string;
};
export type Session = {
    tokenHash: string;
    communityId: string;
    personId: string;
    /**
     * What the person may recognise it by: browser and system, nothing finer.
     */
    device: string;
    createdAt: string;
    seenAt: string;
    revokedAt: string | null;
};
export type SignInFailure = {
    key: string;
    failures: number;
    lastAt: string;
};
export type Stay = {
    communityId: string;
    issueId: string;
    position: number;
    bodyId: string;
    came: string;
    receivedAt: string;
    /**
     * What came with it: what was tried below, or the instruction from above.
     */
    brief: string;
    acceptedBy: string | null;
    acceptedAt: string | null;
    respondBy: string;
    settleBy: string;
    ending: string | null;
    endedAt: string | null;
    endedBy: string | null;
    /**
     * How it ended here, in words.
     */
    said: string;
    /**
     * How often its deadline was put off.
     */
    extensions: Generated<number>;
};
export type SupervisionOrder = {
    communityId: string;
    id: string;
    issueId: string;
    bodyId: string;
    fromId: string;
    text: string;
    orderedBy: string;
    orderedAt: string;
    dueOn: string;
    dueAt: string;
    answer: string;
    answeredBy: string | null;
    answeredAt: string | null;
    withdrawnFor: Generated<string>;
    withdrawnBy: string | null;
    withdrawnAt: string | null;
    version: number;
};
export type Support = {
    communityId: string;
    issueId: string;
    personId: string;
    households: number;
    at: string;
};
export type TableCode = {
    communityId: string;
    meetingId: string;
    code: string;
};
export type Task = {
    communityId: string;
    id: string;
    decisionId: string;
    issueId: string;
    bodyId: string;
    title: string;
    assigneeKind: string;
    assigneeId: string;
    dueOn: string;
    dueAt: string;
    proof: string;
    status: string;
    assignedBy: string;
    assignedAt: string;
    acceptedBy: string | null;
    acceptedAt: string | null;
    progress: string;
    evidence: string;
    handedInBy: string | null;
    handedInAt: string | null;
    verifiedBy: string | null;
    verifiedAt: string | null;
    returnedFor: string;
    /**
     * The body that stands behind the lead.
     */
    deskId: Generated<string>;
    /**
     * JSON arrays: who helps, the steps, the documents, rules insisted against, who confirmed it.
     */
    supporting: Generated<string>;
    steps: Generated<string>;
    percent: Generated<number>;
    documents: Generated<string>;
    insisted: Generated<string>;
    confirmed: Generated<string>;
    /**
     * JSON or null: a return and a request for more time that wait; the series it is one of.
     */
    sentBack: string | null;
    extension: string | null;
    series: string | null;
    extensions: Generated<number>;
    plannedDueOn: Generated<string>;
    reopened: Generated<number>;
    /**
     * When the next of its series is to be made.
     */
    repeatAt: string | null;
    nextId: string | null;
    /**
     * Since when nobody works in the body that leads it, once that was found.
     */
    unheldAt: string | null;
    version: number;
};
export type Vote = {
    communityId: string;
    id: string;
    meetingId: string;
    itemId: string;
    issueId: string;
    bodyId: string;
    question: string;
    method: string;
    /**
     * JSON: the procedure's pass rule when it was opened.
     */
    share: string;
    base: string;
    status: string;
    /**
     * JSON array of ballots: person, choice, who put it down.
     */
    ballots: string;
    /**
     * JSON: party → counts
     */
    counts: string;
    whole: number;
    openedBy: string;
    openedAt: string;
    closedAt: string | null;
    /**
     * For what it was called off.
     */
    ground: string | null;
    reason: string;
    version: number;
    /**
     * JSON: who held a vote and who could give it when it was counted. Null until then.
     */
    turnout: string | null;
};
export type Word = {
    communityId: string;
    id: string;
    personId: string;
    channelId: string;
    /**
     * What it follows: an event ("e" and its number in the log) or a reminder ("r", day, matter). Told once a channel.
     */
    cause: string;
    seq: number | null;
    type: string;
    why: string;
    kind: string;
    urgency: string;
    subjectId: string;
    at: string;
    /**
     * Not before this instant.
     */
    dueAt: string;
    letterId: string | null;
    readAt: string | null;
};
export type WordCursor = {
    name: string;
    seq: number;
    /**
     * Of reminders: the local day and the last matter looked at.
     */
    day: Generated<string>;
    after: Generated<string>;
};
export type WordPreference = {
    communityId: string;
    id: string;
    locale: string | null;
    quietFrom: string;
    quietUntil: string;
    digestAt: string;
    /**
     * JSON: channel → kind → now, digest or never.
     */
    modes: string;
    version: number;
};
export type DB = {
    Acknowledgement: Acknowledgement;
    AgendaItem: AgendaItem;
    Attachment: Attachment;
    Attendance: Attendance;
    AuditEvent: AuditEvent;
    AuditWords: AuditWords;
    Body: Body;
    CalendarDay: CalendarDay;
    Channel: Channel;
    ClockLimits: ClockLimits;
    ClockRule: ClockRule;
    Community: Community;
    CommunityKey: CommunityKey;
    Counter: Counter;
    Course: Course;
    Decision: Decision;
    Draft: Draft;
    Feed: Feed;
    FollowUpRule: FollowUpRule;
    Invitation: Invitation;
    Issue: Issue;
    Letter: Letter;
    Meeting: Meeting;
    Membership: Membership;
    Paper: Paper;
    PaperFile: PaperFile;
    PaperSignature: PaperSignature;
    Person: Person;
    Procedure: Procedure;
    Project: Project;
    ProjectReport: ProjectReport;
    Rating: Rating;
    ServerSecret: ServerSecret;
    Session: Session;
    SignInFailure: SignInFailure;
    Stay: Stay;
    SupervisionOrder: SupervisionOrder;
    Support: Support;
    TableCode: TableCode;
    Task: Task;
    Vote: Vote;
    Word: Word;
    WordCursor: WordCursor;
    WordPreference: WordPreference;
};
