-- CreateTable
CREATE TABLE "WordPreference" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "locale" TEXT,
    "quietFrom" TEXT NOT NULL,
    "quietUntil" TEXT NOT NULL,
    "digestAt" TEXT NOT NULL,
    "modes" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Channel" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" TEXT,
    "bodyId" TEXT,
    "address" TEXT NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TEXT NOT NULL,
    "confirmedAt" TEXT,
    "closedAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Word" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "seq" INTEGER,
    "type" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "dueAt" TEXT NOT NULL,
    "letterId" TEXT,
    "readAt" TEXT,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "Letter" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "nextAt" TEXT NOT NULL,
    "firstAt" TEXT,
    "lastAt" TEXT,
    "fault" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "sentAt" TEXT,
    "createdAt" TEXT NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateTable
CREATE TABLE "WordCursor" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "seq" INTEGER NOT NULL,
    "day" TEXT NOT NULL DEFAULT '',
    "after" TEXT NOT NULL DEFAULT ''
);

-- CreateTable
CREATE TABLE "ServerSecret" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Channel_communityId_personId_idx" ON "Channel"("communityId", "personId");

-- CreateIndex
CREATE INDEX "Channel_communityId_bodyId_idx" ON "Channel"("communityId", "bodyId");

-- CreateIndex
CREATE INDEX "Word_communityId_personId_channelId_at_idx" ON "Word"("communityId", "personId", "channelId", "at");

-- CreateIndex
CREATE INDEX "Word_communityId_channelId_letterId_dueAt_idx" ON "Word"("communityId", "channelId", "letterId", "dueAt");

-- CreateIndex
CREATE INDEX "Word_communityId_letterId_idx" ON "Word"("communityId", "letterId");

-- CreateIndex
CREATE UNIQUE INDEX "Word_communityId_cause_personId_channelId_key" ON "Word"("communityId", "cause", "personId", "channelId");

-- CreateIndex
CREATE INDEX "Letter_status_nextAt_idx" ON "Letter"("status", "nextAt");

-- CreateIndex
CREATE INDEX "Letter_communityId_channelId_lastAt_idx" ON "Letter"("communityId", "channelId", "lastAt");

-- What happened before anybody could be told is not told now.
INSERT INTO "WordCursor" ("name", "seq") SELECT 'log', coalesce(max("seq"), 0) FROM "AuditEvent";
