-- AlterTable
ALTER TABLE "Task" ADD COLUMN "deskId" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Task" ADD COLUMN "supporting" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Task" ADD COLUMN "steps" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Task" ADD COLUMN "percent" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Task" ADD COLUMN "documents" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Task" ADD COLUMN "insisted" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Task" ADD COLUMN "confirmed" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Task" ADD COLUMN "sentBack" TEXT;
ALTER TABLE "Task" ADD COLUMN "extension" TEXT;
ALTER TABLE "Task" ADD COLUMN "series" TEXT;
ALTER TABLE "Task" ADD COLUMN "extensions" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Task" ADD COLUMN "plannedDueOn" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Task" ADD COLUMN "reopened" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Task" ADD COLUMN "repeatAt" TEXT;
ALTER TABLE "Task" ADD COLUMN "nextId" TEXT;
-- What was handed out before stands as the log says: behind a body that body itself, behind a person the body that decided.
UPDATE "Task" SET "deskId" = CASE "assigneeKind" WHEN 'body' THEN "assigneeId" ELSE "bodyId" END, "plannedDueOn" = "dueOn";

-- CreateIndex
CREATE INDEX "Task_communityId_repeatAt_idx" ON "Task"("communityId", "repeatAt");
