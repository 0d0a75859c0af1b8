-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN "handouts" TEXT NOT NULL DEFAULT '[]';
