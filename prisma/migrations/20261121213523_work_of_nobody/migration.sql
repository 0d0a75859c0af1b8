-- AlterTable
ALTER TABLE "Project" ADD COLUMN "unheldAt" TEXT;

-- AlterTable
ALTER TABLE "Task" ADD COLUMN "unheldAt" TEXT;
