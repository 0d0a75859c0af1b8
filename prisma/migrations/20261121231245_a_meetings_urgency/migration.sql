-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN "urgency" TEXT;
