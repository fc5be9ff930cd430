-- AlterTable
ALTER TABLE "clients" ADD COLUMN "client_id_issued_at" REAL;
ALTER TABLE "clients" ADD COLUMN "jwks_uri" TEXT;
ALTER TABLE "clients" ADD COLUMN "registration_access_token_hash" TEXT;
