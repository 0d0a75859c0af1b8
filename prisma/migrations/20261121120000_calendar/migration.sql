-- AlterTable
ALTER TABLE "Body" ADD COLUMN "cadence" TEXT;

-- CreateTable
CREATE TABLE "Feed" (
    "communityId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "bodyId" TEXT,
    "openedAt" TEXT NOT NULL,
    "revokedAt" TEXT,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("communityId", "id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Feed_tokenHash_key" ON "Feed"("tokenHash");

-- CreateIndex
CREATE INDEX "Feed_communityId_personId_idx" ON "Feed"("communityId", "personId");
