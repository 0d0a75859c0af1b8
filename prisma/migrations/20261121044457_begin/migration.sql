-- CreateTable
CREATE TABLE "Community" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "dayEndsAt" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "version" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Body" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "party" TEXT,
    "name" TEXT NOT NULL,
    "estate" TEXT,
    "escalatesToId" TEXT,
    "stairwells" INTEGER NOT NULL,
    "households" INTEGER NOT NULL,
    "quorumNumerator" INTEGER NOT NULL,
    "quorumDenominator" INTEGER NOT NULL,
    "quorumParties" TEXT NOT NULL,
    "endedAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Person" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "passwordHash" TEXT,
    "createdAt" TEXT NOT NULL,
    "removedAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "startsOn" TEXT NOT NULL,
    "endsOn" TEXT,
    "endedAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    "usedAt" TEXT,
    "revokedAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Session" (
    "tokenHash" TEXT NOT NULL PRIMARY KEY,
    "communityId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "seenAt" TEXT NOT NULL,
    "revokedAt" TEXT
);

-- CreateTable
CREATE TABLE "SignInFailure" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "failures" INTEGER NOT NULL,
    "lastAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "ClockRule" (
    "communityId" TEXT NOT NULL,
    "bodyKind" TEXT NOT NULL,
    "track" TEXT NOT NULL,
    "respondAmount" INTEGER NOT NULL,
    "respondUnit" TEXT NOT NULL,
    "settleAmount" INTEGER NOT NULL,
    "settleUnit" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "bodyKind", "track")
);

-- CreateTable
CREATE TABLE "CalendarDay" (
    "communityId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "working" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "day")
);

-- CreateTable
CREATE TABLE "Counter" (
    "communityId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "name")
);

-- CreateTable
CREATE TABLE "Issue" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "track" TEXT NOT NULL,
    "visibility" TEXT NOT NULL,
    "buildingId" TEXT,
    "stairwell" INTEGER,
    "place" TEXT NOT NULL,
    "raisedBy" TEXT NOT NULL,
    "raisedAt" TEXT NOT NULL,
    "raisedInId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "holderId" TEXT NOT NULL,
    "question" TEXT,
    "pausedAt" TEXT,
    "answerKind" TEXT,
    "answerText" TEXT,
    "answeredById" TEXT,
    "answeredAt" TEXT,
    "solved" INTEGER,
    "content" TEXT,
    "remark" TEXT,
    "mergedIntoId" TEXT,
    "closedAt" TEXT,
    "dueAt" TEXT,
    "households" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Stay" (
    "communityId" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "bodyId" TEXT NOT NULL,
    "came" TEXT NOT NULL,
    "receivedAt" TEXT NOT NULL,
    "brief" TEXT NOT NULL,
    "acceptedBy" TEXT,
    "acceptedAt" TEXT,
    "respondBy" TEXT NOT NULL,
    "settleBy" TEXT NOT NULL,
    "ending" TEXT,
    "endedAt" TEXT,
    "endedBy" TEXT,
    "said" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "issueId", "position")
);

-- CreateTable
CREATE TABLE "Support" (
    "communityId" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "households" INTEGER NOT NULL,
    "at" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "issueId", "personId")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "ownerKind" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "uploadedBy" TEXT NOT NULL,
    "uploadedAt" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Draft" (
    "communityId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fields" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "personId", "kind")
);

-- CreateTable
CREATE TABLE "Meeting" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "startsAt" TEXT NOT NULL,
    "endsAt" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "calledBy" TEXT NOT NULL,
    "openedAt" TEXT,
    "closedAt" TEXT,
    "closedBy" TEXT,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "AgendaItem" (
    "communityId" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "issueId" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "meetingId", "id")
);

-- CreateTable
CREATE TABLE "Attendance" (
    "communityId" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "party" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "votes" INTEGER NOT NULL,
    "reply" TEXT NOT NULL,
    "presence" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "meetingId", "personId")
);

-- CreateTable
CREATE TABLE "Decision" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "counts" TEXT NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Task" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "decisionId" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "assigneeKind" TEXT NOT NULL,
    "assigneeId" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "dueAt" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "assignedBy" TEXT NOT NULL,
    "assignedAt" TEXT NOT NULL,
    "acceptedBy" TEXT,
    "acceptedAt" TEXT,
    "progress" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "handedInBy" TEXT,
    "handedInAt" TEXT,
    "verifiedBy" TEXT,
    "verifiedAt" TEXT,
    "returnedFor" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "communityId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "issueId" TEXT,
    "meetingId" TEXT,
    "requestId" TEXT,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "AuditWords" (
    "communityId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "text" TEXT,

    PRIMARY KEY ("communityId", "seq", "field")
);

-- CreateIndex
CREATE INDEX "Body_communityId_escalatesToId_idx" ON "Body"("communityId", "escalatesToId");

-- CreateIndex
CREATE INDEX "Person_name_idx" ON "Person"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Person_phone_key" ON "Person"("phone");

-- CreateIndex
CREATE INDEX "Membership_communityId_bodyId_idx" ON "Membership"("communityId", "bodyId");

-- CreateIndex
CREATE INDEX "Membership_communityId_personId_idx" ON "Membership"("communityId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_communityId_bodyId_idx" ON "Invitation"("communityId", "bodyId");

-- CreateIndex
CREATE INDEX "Session_communityId_personId_idx" ON "Session"("communityId", "personId");

-- CreateIndex
CREATE INDEX "Issue_communityId_holderId_status_dueAt_idx" ON "Issue"("communityId", "holderId", "status", "dueAt");

-- CreateIndex
CREATE INDEX "Issue_communityId_raisedBy_status_idx" ON "Issue"("communityId", "raisedBy", "status");

-- CreateIndex
CREATE INDEX "Issue_communityId_raisedAt_idx" ON "Issue"("communityId", "raisedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Issue_communityId_number_key" ON "Issue"("communityId", "number");

-- CreateIndex
CREATE INDEX "Stay_communityId_bodyId_idx" ON "Stay"("communityId", "bodyId");

-- CreateIndex
CREATE INDEX "Support_communityId_personId_idx" ON "Support"("communityId", "personId");

-- CreateIndex
CREATE INDEX "Attachment_communityId_ownerKind_ownerId_idx" ON "Attachment"("communityId", "ownerKind", "ownerId");

-- CreateIndex
CREATE INDEX "Meeting_communityId_bodyId_startsAt_idx" ON "Meeting"("communityId", "bodyId", "startsAt");

-- CreateIndex
CREATE INDEX "Meeting_communityId_status_startsAt_idx" ON "Meeting"("communityId", "status", "startsAt");

-- CreateIndex
CREATE UNIQUE INDEX "Meeting_communityId_bodyId_position_key" ON "Meeting"("communityId", "bodyId", "position");

-- CreateIndex
CREATE INDEX "AgendaItem_communityId_issueId_idx" ON "AgendaItem"("communityId", "issueId");

-- CreateIndex
CREATE INDEX "Attendance_communityId_personId_idx" ON "Attendance"("communityId", "personId");

-- CreateIndex
CREATE INDEX "Decision_communityId_meetingId_idx" ON "Decision"("communityId", "meetingId");

-- CreateIndex
CREATE INDEX "Decision_communityId_issueId_idx" ON "Decision"("communityId", "issueId");

-- CreateIndex
CREATE INDEX "Task_communityId_decisionId_idx" ON "Task"("communityId", "decisionId");

-- CreateIndex
CREATE INDEX "Task_communityId_issueId_idx" ON "Task"("communityId", "issueId");

-- CreateIndex
CREATE INDEX "Task_communityId_assigneeKind_assigneeId_status_idx" ON "Task"("communityId", "assigneeKind", "assigneeId", "status");

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_seq_idx" ON "AuditEvent"("communityId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_subject_subjectId_version_idx" ON "AuditEvent"("communityId", "subject", "subjectId", "version");

-- CreateIndex
CREATE INDEX "AuditEvent_communityId_issueId_seq_idx" ON "AuditEvent"("communityId", "issueId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_communityId_requestId_key" ON "AuditEvent"("communityId", "requestId");
