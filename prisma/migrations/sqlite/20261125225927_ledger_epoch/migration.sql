-- AlterTable
ALTER TABLE "ledger_sweep" ADD COLUMN "epoch" TEXT;
ALTER TABLE "ledger_sweep" ADD COLUMN "epoch_since" REAL NOT NULL DEFAULT 0;
