-- AlterTable
ALTER TABLE "Attendance" ADD COLUMN "arrivedAt" TEXT;
ALTER TABLE "Attendance" ADD COLUMN "leftAt" TEXT;
ALTER TABLE "Attendance" ADD COLUMN "proxyTo" TEXT;

-- CreateTable
CREATE TABLE "Vote" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "share" TEXT NOT NULL,
    "base" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "ballots" TEXT NOT NULL,
    "counts" TEXT NOT NULL,
    "whole" INTEGER NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TEXT NOT NULL,
    "closedAt" TEXT,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Procedure" (
    "communityId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "data" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "code", "version")
);

-- CreateTable
CREATE TABLE "TableCode" (
    "communityId" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "code" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "meetingId")
);

-- CreateTable
CREATE TABLE "Paper" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "toId" TEXT,
    "year" INTEGER,
    "number" INTEGER,
    "round" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "signers" TEXT NOT NULL,
    "signed" TEXT NOT NULL,
    "frozenBy" TEXT NOT NULL,
    "frozenAt" TEXT NOT NULL,
    "adoptedAt" TEXT,
    "reason" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "PaperFile" (
    "communityId" TEXT NOT NULL,
    "paperId" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "file" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "paperId", "round")
);

-- CreateTable
CREATE TABLE "PaperSignature" (
    "communityId" TEXT NOT NULL,
    "paperId" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "mark" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "paperId", "round", "position")
);

-- CreateTable
CREATE TABLE "CommunityKey" (
    "communityId" TEXT NOT NULL PRIMARY KEY,
    "publicKey" TEXT NOT NULL,
    "privateKey" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_AgendaItem" (
    "communityId" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "issueId" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "addedAt" TEXT NOT NULL DEFAULT '',
    "carried" INTEGER NOT NULL DEFAULT 0,
    "recused" TEXT NOT NULL DEFAULT '[]',
    "unfinished" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("communityId", "meetingId", "id")
);
INSERT INTO "new_AgendaItem" ("communityId", "id", "issueId", "meetingId", "minutes", "position") SELECT "communityId", "id", "issueId", "meetingId", "minutes", "position" FROM "AgendaItem";
DROP TABLE "AgendaItem";
ALTER TABLE "new_AgendaItem" RENAME TO "AgendaItem";
CREATE INDEX "AgendaItem_communityId_issueId_idx" ON "AgendaItem"("communityId", "issueId");
CREATE TABLE "new_Decision" (
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
    "voteId" TEXT,
    "ratifyBy" TEXT,
    "ratifiedById" TEXT,
    "overturned" INTEGER NOT NULL DEFAULT 0,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);
INSERT INTO "new_Decision" ("bodyId", "communityId", "counts", "id", "issueId", "itemId", "meetingId", "method", "outcome", "recordedAt", "recordedBy", "text", "version") SELECT "bodyId", "communityId", "counts", "id", "issueId", "itemId", "meetingId", "method", "outcome", "recordedAt", "recordedBy", "text", "version" FROM "Decision";
DROP TABLE "Decision";
ALTER TABLE "new_Decision" RENAME TO "Decision";
CREATE INDEX "Decision_communityId_meetingId_idx" ON "Decision"("communityId", "meetingId");
CREATE INDEX "Decision_communityId_issueId_idx" ON "Decision"("communityId", "issueId");
CREATE TABLE "new_Meeting" (
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
    "terms" TEXT NOT NULL DEFAULT '{"procedure":"","version":0,"stage":"","course":false,"title":{"zh":"","en":""},"rules":[]}',
    "noticeBy" TEXT NOT NULL DEFAULT '9999',
    "floor" TEXT NOT NULL DEFAULT '{"itemId":null,"since":null,"speaker":null,"hands":[],"turns":{},"spent":{}}',
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);
INSERT INTO "new_Meeting" ("bodyId", "calledBy", "closedAt", "closedBy", "communityId", "endsAt", "id", "openedAt", "place", "position", "reason", "startsAt", "status", "version") SELECT "bodyId", "calledBy", "closedAt", "closedBy", "communityId", "endsAt", "id", "openedAt", "place", "position", "reason", "startsAt", "status", "version" FROM "Meeting";
DROP TABLE "Meeting";
ALTER TABLE "new_Meeting" RENAME TO "Meeting";
CREATE INDEX "Meeting_communityId_bodyId_startsAt_idx" ON "Meeting"("communityId", "bodyId", "startsAt");
CREATE INDEX "Meeting_communityId_status_startsAt_idx" ON "Meeting"("communityId", "status", "startsAt");
CREATE UNIQUE INDEX "Meeting_communityId_bodyId_position_key" ON "Meeting"("communityId", "bodyId", "position");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Vote_communityId_meetingId_idx" ON "Vote"("communityId", "meetingId");

-- CreateIndex
CREATE UNIQUE INDEX "Paper_communityId_bodyId_year_number_key" ON "Paper"("communityId", "bodyId", "year", "number");

-- CreateIndex
CREATE INDEX "Paper_communityId_meetingId_idx" ON "Paper"("communityId", "meetingId");

-- CreateIndex
CREATE INDEX "Paper_communityId_status_idx" ON "Paper"("communityId", "status");

-- What was frozen and what was signed is never changed, by whatever code: only a later paper says otherwise.
CREATE TRIGGER "PaperFile_stays" BEFORE UPDATE ON "PaperFile" BEGIN SELECT RAISE(ABORT, 'What was frozen is never changed.'); END;
CREATE TRIGGER "PaperFile_remains" BEFORE DELETE ON "PaperFile" BEGIN SELECT RAISE(ABORT, 'What was frozen is never removed.'); END;
CREATE TRIGGER "PaperSignature_stays" BEFORE UPDATE ON "PaperSignature" BEGIN SELECT RAISE(ABORT, 'What was signed is never changed.'); END;
CREATE TRIGGER "PaperSignature_remains" BEFORE DELETE ON "PaperSignature" BEGIN SELECT RAISE(ABORT, 'What was signed is never removed.'); END;
