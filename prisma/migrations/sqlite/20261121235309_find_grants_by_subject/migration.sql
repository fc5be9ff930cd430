-- CreateIndex
CREATE INDEX "grants_subject_idx" ON "grants"("subject");
