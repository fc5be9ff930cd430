-- AlterTable
ALTER TABLE "clients" ADD COLUMN "security_profile" TEXT;
