-- AlterTable
ALTER TABLE "clients" ADD COLUMN "access_token_format" TEXT;

-- CreateTable
CREATE TABLE "opaque_tokens" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "claims" JSONB NOT NULL,
    "expires_at" REAL NOT NULL
);

-- CreateIndex
CREATE INDEX "opaque_tokens_expires_at_idx" ON "opaque_tokens"("expires_at");
